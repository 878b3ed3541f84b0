import { UUID_PATTERN } from '../fields.ts'
import { findIssuerByDid } from '../issuers/queries.ts'
import { findStatusList, isRevoked } from '../status-lists/queries.ts'
import { statusListUrl } from '../status-lists/signed-list.ts'
import { type CheckStep, failed, isObject, issuerIdOf, passed, warning } from './check.ts'

/**
 * Bitstring Status List 1.0, section 3.2, for our own lists: asked of the database, so that a revocation
 * counts at once and not when a cached list ends.
 */
export const checkStatus: CheckStep = async (ctx, { credential }) => {
  const status = credential.credentialStatus
  if (status === undefined) return passed('status-none')
  if (!isObject(status)) return failed('status-unknown-list')
  const { statusListCredential, statusListIndex } = status
  const prefix = statusListUrl(ctx.config.publicUrl, '')
  // JSON-LD writes one value in many ways under the same proof: an entry of one of our lists counts by the list
  // and the index alone, and one that is not in our form never passes.
  if (statusListCredential !== undefined && typeof statusListCredential !== 'string')
    return failed('status-unknown-list')
  if (!statusListCredential?.startsWith(prefix)) return warning('status-not-checked')
  const listId = statusListCredential.slice(prefix.length)
  const index =
    typeof statusListIndex === 'string' && /^\d{1,9}$/.test(statusListIndex) ? Number(statusListIndex) : -1
  const found = new RegExp(`^${UUID_PATTERN}$`).test(listId)
    ? await findStatusList(ctx.db, listId)
    : undefined
  const issuer = await findIssuerByDid(ctx.db, issuerIdOf(credential) ?? '')
  if (!found || found.list.issuerId !== issuer?.id || index < 0 || index >= found.list.size) {
    return failed('status-unknown-list')
  }
  return (await isRevoked(ctx.db, listId, index)) ? failed('status-revoked') : passed('status-ok')
}
