import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { Conflict, Invalid, NotFound } from '../errors.ts'
import { UUID_PATTERN } from '../fields.ts'
import { getIssuerRow } from '../issuers/queries.ts'
import { clearEntryBits, findStatusLists, type StatusPurpose, setEntryBits } from '../status-lists/queries.ts'
import { statusListUrl } from '../status-lists/signed-list.ts'
import { findEntriesAt, findEntriesOfCredential, type IssuedEntry } from './queries.ts'
import type { ChangedStatus, StatusChange } from './schema.ts'

/**
 * Revokes or suspends a credential that was signed as given, or lifts a suspension. Without a purpose every entry of
 * the credential is changed. What is so already stays so.
 * Source: VC API, section "Update Status"; Bitstring Status List 1.0, section 2.2 (a revocation is not reversible).
 * @throws NotFound, Invalid, Conflict for a revocation that should be lifted
 */
export async function setStatus(
  ctx: Context,
  actor: Actor,
  slug: string,
  change: StatusChange,
): Promise<ChangedStatus> {
  const issuer = await getIssuerRow(ctx.db, actor, slug)
  const { status = true, credentialStatus: wanted = {} } = change
  const entries = await findEntries(ctx, issuer.id, change)
  const lists = await findStatusLists(
    ctx.db,
    entries.map(({ listId }) => listId),
  )
  const purposes = new Map(lists.map(({ id, purpose }) => [id, purpose]))
  const purposeOf = ({ listId }: IssuedEntry): StatusPurpose => purposes.get(listId)!
  const chosen = entries.filter((entry) => [undefined, purposeOf(entry)].includes(wanted.statusPurpose))
  if (chosen.length === 0) throw new NotFound()
  if (!status && chosen.some((entry) => purposeOf(entry) === 'revocation'))
    throw new Conflict('revoked-for-good')
  await inTransaction(ctx.db, (tx) => (status ? setEntryBits : clearEntryBits)(tx, chosen))
  return {
    ...(change.credentialId === undefined ? {} : { credentialId: change.credentialId }),
    status,
    entries: chosen.map((entry) => ({
      statusPurpose: purposeOf(entry),
      statusListCredential: statusListUrl(ctx.config.publicUrl, entry.listId),
      statusListIndex: String(entry.index),
    })),
  }
}

/** By the place where it is given, else by the credential's id; both must agree. */
async function findEntries(
  ctx: Context,
  issuerId: string,
  { credentialId, credentialStatus = {} }: StatusChange,
): Promise<IssuedEntry[]> {
  const { statusListCredential: list, statusListIndex: index } = credentialStatus
  if ((list === undefined) !== (index === undefined)) {
    throw new Invalid({ path: '/credentialStatus', code: 'list-and-index' })
  }
  if (list !== undefined) {
    const prefix = statusListUrl(ctx.config.publicUrl, '')
    const listId = list.startsWith(prefix) ? list.slice(prefix.length) : ''
    if (!new RegExp(`^${UUID_PATTERN}$`).test(listId)) return []
    const found = await findEntriesAt(ctx.db, issuerId, listId, Number(index))
    return found.filter((entry) => credentialId === undefined || entry.credentialId === credentialId)
  }
  if (credentialId === undefined) throw new Invalid({ path: '/credentialId', code: 'credential-not-named' })
  return findEntriesOfCredential(ctx.db, issuerId, credentialId)
}
