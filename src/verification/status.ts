import type { Context } from '../context.ts'
import { UUID_PATTERN } from '../fields.ts'
import { findIssuerByDid } from '../issuers/queries.ts'
import { findStatusList, isSet } from '../status-lists/queries.ts'
import { statusListUrl } from '../status-lists/signed-list.ts'
import type { Json } from '../vc/credential.ts'
import { isObject, listOf } from '../vc/members.ts'
import { type CheckStep, type Finding, failed, issuerIdOf, passed } from './check.ts'
import { checkForeignEntry } from './foreign-status.ts'

const LIST_ID = new RegExp(`/status-lists/(${UUID_PATTERN})$`)

/** One for each purpose is plenty. */
const MAX_ENTRIES = 5

/**
 * Was it revoked or suspended? Every entry is looked up, and the worst that is found is told.
 * Source: Bitstring Status List 1.0, section 3.2 (Validate Algorithm); VCDM 2.0, section 4.10 (Status).
 */
export const checkStatus: CheckStep = async (ctx, { credential }) => {
  const entries = listOf(credential.credentialStatus)
  if (entries.length === 0) return passed('status-none')
  if (entries.length > MAX_ENTRIES) return failed('status-entry-malformed')
  const issuer = await findIssuerByDid(ctx.db, issuerIdOf(credential) ?? '')
  const findings: Finding[] = []
  for (const entry of entries) {
    if (!isObject(entry)) return failed('status-entry-malformed')
    findings.push(
      (await isOurs(ctx, entry, issuer?.id))
        ? await checkOwnEntry(ctx, entry, issuer?.id)
        : await checkForeignEntry(ctx, entry, credential),
    )
  }
  return worstOf(findings)
}

/** An issuer of ours has its lists here, also those that were named under an earlier address of the service. */
async function isOurs(
  ctx: Context,
  { statusListCredential: url }: Json,
  issuerId: string | undefined,
): Promise<boolean> {
  if (typeof url !== 'string') return issuerId !== undefined
  if (url.startsWith(statusListUrl(ctx.config.publicUrl, ''))) return true
  const listId = LIST_ID.exec(url)?.[1]
  if (issuerId === undefined || listId === undefined) return false
  return (await findStatusList(ctx.db, listId))?.list.issuerId === issuerId
}

/**
 * Asked of the database, so that a revocation counts at once and not when a cached list ends. JSON-LD writes one value
 * in many ways under the same proof: the list and the index alone count, and an entry that is not in our form never
 * passes.
 */
async function checkOwnEntry(ctx: Context, entry: Json, issuerId: string | undefined): Promise<Finding> {
  const { statusListCredential: url, statusListIndex, statusPurpose } = entry
  const listId = typeof url === 'string' ? LIST_ID.exec(url)?.[1] : undefined
  const found = listId === undefined ? undefined : await findStatusList(ctx.db, listId)
  if (!found || found.list.issuerId !== issuerId) return failed('status-unknown-list')
  const { id, size, purpose } = found.list
  if (typeof statusListIndex !== 'string' || !/^\d+$/.test(statusListIndex))
    return failed('status-entry-malformed')
  const index = Number(statusListIndex)
  if (index >= size) return failed('status-out-of-range')
  if (await isSet(ctx.db, id, index))
    return failed(purpose === 'suspension' ? 'status-suspended' : 'status-revoked')
  return statusPurpose === purpose ? passed('status-ok') : failed('status-entry-malformed')
}

function worstOf(findings: readonly Finding[]): Finding {
  const order = ['failed', 'warning', 'skipped'] as const
  const worst = order.map((outcome) => findings.find((one) => one.outcome === outcome)).find(Boolean)
  // A message says more than that nothing is wrong.
  return worst ?? findings.find(({ code }) => code !== 'status-ok') ?? findings[0]!
}
