import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import type { StatusEntry } from '../status-lists/allocate.ts'
import { findIssuedBodies } from './credential-queries.ts'
import type { AssertionRow } from './queries.ts'
import { type CredentialFormat, loadRenderBasis, type Rendering, signRenderings } from './rendering.ts'
import { insertRenderings, serveRenderings } from './rendering-queries.ts'

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
  const rendered = new Map<string, Rendered>()
  const asIssued = wanted.filter(isAsIssued).map(({ assertion }) => assertion.credentialId)
  const bodies = await findIssuedBodies(ctx.db, asIssued)
  const different = Map.groupBy(
    wanted.filter((one) => !isAsIssued(one)),
    nameOf,
  )
  const asked = [...different.values()].map((same) => ({ ...holdingOf(same[0]!), times: same.length }))
  for (const row of await serveRenderings(ctx.db, asked)) {
    rendered.set(keyOf(row), { credentialId: row.id, body: row.body })
  }
  const missing = [...different].filter(([name]) => !rendered.has(name))
  const made = await makeRenderings(
    ctx,
    missing.map(([, same]) => ({ wanted: same[0]!, times: same.length })),
    takeEntry,
  )
  for (const [i, [name]] of missing.entries()) rendered.set(name, made[i]!)
  return wanted.map((one) =>
    isAsIssued(one)
      ? { credentialId: one.assertion.credentialId, body: bodies.get(one.assertion.credentialId)! }
      : rendered.get(nameOf(one))!,
  )
}

/** Those of one badge version are signed together. */
async function makeRenderings(
  ctx: Context,
  missing: readonly { wanted: Wanted; times: number }[],
  takeEntry: (issuerId: string) => Promise<StatusEntry>,
): Promise<Rendered[]> {
  const made = new Map<Wanted, Rendering>()
  const byVersion = Map.groupBy(
    missing.map((one) => one.wanted),
    ({ assertion }) => `${assertion.badgeClassId} ${assertion.badgeClassVersion}`,
  )
  for (const group of byVersion.values()) {
    const basis = await loadRenderBasis(ctx, group[0]!.assertion)
    const renderings: Rendering[] = []
    for (const { assertion, format, subject } of group) {
      const status = await takeEntry(assertion.issuerId)
      renderings.push({ assertion, format, subject, status, credentialId: randomUUID(), body: '' })
    }
    const signed = await signRenderings(ctx, basis, renderings)
    for (const [i, one] of group.entries()) made.set(one, signed[i]!)
  }
  const signedAt = ctx.clock()
  const rows = missing.map(({ wanted, times }) => {
    const { credentialId, status, body } = made.get(wanted)!
    const { listId: statusListId, index: statusIndex } = status
    return {
      id: credentialId,
      ...holdingOf(wanted),
      statusListId,
      statusIndex,
      body,
      served: times,
      signedAt,
    }
  })
  await insertRenderings(ctx.db, rows)
  return rows.map(({ id, body }) => ({ credentialId: id, body }))
}

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
