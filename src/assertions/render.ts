import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import type { StatusEntry } from '../status-lists/allocate.ts'
import { findIssuedBodies } from './credential-queries.ts'
import type { AssertionRow } from './queries.ts'
import { insertRenderings, type RenderingRow, serveRenderings } from './rendering-queries.ts'
import type { CredentialFormat } from './schema.ts'
import { loadRenderBasis, type Rendering, signRenderings } from './sign-renderings.ts'

/** Which form of which assertion, and for whom: the DID of the holder; undefined for whom the award names. */
export interface Wanted {
  readonly assertion: AssertionRow
  readonly format: CredentialFormat
  readonly subject: string | undefined
}

/** A credential as a wallet gets it. */
export interface Rendered {
  /** The capability in its URL. */
  readonly credentialId: string
  /** JSON, or a compact JWS. */
  readonly body: string
}

/**
 * The credentials of assertions in the forms that wallets keep, for their holders. Each is signed once, stored,
 * counted, and revoked with its assertion by a status entry of its own. What is the very credential that was signed
 * at the award is served as it is.
 * @param ctx inside a transaction that has locked the assertions
 * @param takeEntry gives a status entry of an issuer
 * @returns them in the order of what is wanted
 */
export async function renderCredentials(
  ctx: Context,
  wanted: readonly Wanted[],
  takeEntry: (issuerId: string) => Promise<StatusEntry>,
): Promise<Rendered[]> {
  const asIssued = wanted.filter(isAsIssued).map(({ assertion }) => assertion.credentialId)
  const bodies = await findIssuedBodies(ctx.db, asIssued)
  const different = Map.groupBy(
    wanted.filter((one) => !isAsIssued(one)),
    nameOf,
  )
  const asked = [...different.values()].map((same) => ({ ...holdingOf(same[0]!), times: same.length }))
  const known = await serveRenderings(ctx.db, asked)
  const names = new Set(known.map(keyOf))
  const missing = [...different].flatMap(([name, same]) => (names.has(name) ? [] : [same]))
  const made = await makeRenderings(ctx, missing, takeEntry)
  const rendered = new Map([...known, ...made].map((row) => [keyOf(row), row]))
  return wanted.map((one) => {
    const { credentialId } = one.assertion
    if (isAsIssued(one)) return { credentialId, body: bodies.get(credentialId)! }
    const { id, body } = rendered.get(nameOf(one))!
    return { credentialId: id, body }
  })
}

/**
 * Signs what was not signed before, and stores it. Those of one badge version are signed together.
 * @param missing the wishes for each, which are the same
 */
async function makeRenderings(
  ctx: Context,
  missing: readonly (readonly Wanted[])[],
  takeEntry: (issuerId: string) => Promise<StatusEntry>,
): Promise<RenderingRow[]> {
  const signedAt = ctx.clock()
  const rows: RenderingRow[] = []
  for (const group of Map.groupBy(missing, ([one]) => versionOf(one!)).values()) {
    const renderings: Rendering[] = []
    for (const [one] of group) {
      const status = await takeEntry(one!.assertion.issuerId)
      renderings.push({ ...one!, status, credentialId: randomUUID() })
    }
    const bodies = await signRenderings(ctx, await loadRenderBasis(ctx, group[0]![0]!.assertion), renderings)
    for (const [i, rendering] of renderings.entries()) {
      const { credentialId: id, status } = rendering
      const entry = { statusListId: status.listId, statusIndex: status.index }
      const served = group[i]!.length
      rows.push({ id, ...holdingOf(rendering), ...entry, body: bodies[i]!, served, signedAt })
    }
  }
  await insertRenderings(ctx.db, rows)
  return rows
}

const versionOf = ({ assertion }: Wanted) => `${assertion.badgeClassId} ${assertion.badgeClassVersion}`

/** Is it the very credential of the award: nobody else is named, or whom the award itself names by DID? */
function isAsIssued({ assertion, format, subject }: Wanted): boolean {
  const isNamed = assertion.recipientType === 'did' && assertion.recipientIdentity === subject
  return format === 'ldp_vc' && (subject === undefined || isNamed)
}

const holdingOf = ({ assertion, format, subject }: Wanted) => ({
  assertionId: assertion.id,
  format,
  subject: subject ?? '',
})

const keyOf = ({ assertionId, format, subject }: ReturnType<typeof holdingOf>) =>
  `${assertionId} ${format} ${subject}`

const nameOf = (wanted: Wanted) => keyOf(holdingOf(wanted))
