import { UUID_PATTERN } from '../fields.ts'
import { findIssuerByDid } from '../issuers/queries.ts'
import { findStatusList, isRevoked } from '../status-lists/queries.ts'
import { statusListUrl } from '../status-lists/signed-list.ts'
import { type CheckStep, failed, isObject, issuerIdOf, passed, warning } from './check.ts'

const LIST_ID = new RegExp(`/status-lists/(${UUID_PATTERN})$`)

/**
 * Bitstring Status List 1.0, section 3.2, for our own lists: asked of the database, so that a revocation
 * counts at once and not when a cached list ends.
 */
export const checkStatus: CheckStep = async (ctx, { credential }) => {
  const status = credential.credentialStatus
  if (status === undefined) return passed('status-none')
  if (!isObject(status)) return failed('status-unknown-list')
  const { statusListCredential: list, statusListIndex } = status
  if (list !== undefined && typeof list !== 'string') return failed('status-unknown-list')
  const issuer = await findIssuerByDid(ctx.db, issuerIdOf(credential) ?? '')
  // An issuer of ours has its lists here, also those that were named under an earlier address of the service.
  const isOurs = issuer !== undefined || list?.startsWith(statusListUrl(ctx.config.publicUrl, ''))
  if (!isOurs) return warning('status-not-checked')

  // JSON-LD writes one value in many ways under the same proof: the list and the index alone count, and an
  // entry that is not in our form never passes.
  const listId = LIST_ID.exec(list ?? '')?.[1]
  const found = listId === undefined ? undefined : await findStatusList(ctx.db, listId)
  const isIndex = typeof statusListIndex === 'string' && /^\d{1,9}$/.test(statusListIndex)
  const index = isIndex ? Number(statusListIndex) : Number.POSITIVE_INFINITY
  if (!found || found.list.issuerId !== issuer?.id || index >= found.list.size)
    return failed('status-unknown-list')
  return (await isRevoked(ctx.db, found.list.id, index)) ? failed('status-revoked') : passed('status-ok')
}
