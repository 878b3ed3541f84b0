import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { Db } from '../../db/db.ts'
import { isOneOf } from '../../db/one-of.ts'
import { textColumn } from '../../db/text-column.ts'
import { oid4vciGrants, oid4vciNotifications, oid4vciUsedNonces } from './table.ts'

export type GrantRow = typeof oid4vciGrants.$inferSelect

/** An offer of a claim: in one configuration. */
interface OfferOf {
  readonly claimId: string
  readonly configuration: string
}

/** How many codes of each offer were redeemed. */
export async function countGrants(db: Db, offers: readonly OfferOf[]): Promise<number[]> {
  const ids = offers.map(({ claimId }) => claimId)
  const rows = await db
    .select({
      claimId: oid4vciGrants.claimId,
      configuration: oid4vciGrants.configuration,
      count: sql<number>`count(*)::integer`,
    })
    .from(oid4vciGrants)
    .where(isOneOf(oid4vciGrants.claimId, ids))
    .groupBy(oid4vciGrants.claimId, oid4vciGrants.configuration)
  const counts = new Map(rows.map((row) => [`${row.claimId} ${row.configuration}`, row.count]))
  return offers.map(({ claimId, configuration }) => counts.get(`${claimId} ${configuration}`) ?? 0)
}

/** Redeems codes. @returns for each, false when it was redeemed before: of several at once, one gets true */
export async function insertGrants(db: Db, rows: readonly GrantRow[]): Promise<boolean[]> {
  const list = (read: (row: GrantRow) => string | number) => textColumn(rows.map(read))
  const result = await db.execute(sql`
    insert into oid4vci_grants (id, claim_id, configuration, generation, token_hash, token_expires_at, has_details,
      redeemed_at)
    select id, claim_id, configuration, generation, decode(token, 'hex'), expires, details, redeemed
    from unnest(${list((row) => row.id)}::uuid[], ${list((row) => row.claimId)}::uuid[],
      ${list((row) => row.configuration)}::text[], ${list((row) => row.generation)}::integer[],
      ${list((row) => hexOf(row.tokenHash))}::text[], ${list((row) => row.tokenExpiresAt.toISOString())}::timestamptz[],
      ${list((row) => String(row.hasDetails))}::boolean[], ${list((row) => row.redeemedAt.toISOString())}::timestamptz[])
      as given (id, claim_id, configuration, generation, token, expires, details, redeemed)
    on conflict (claim_id, configuration, generation) do nothing
    returning id`)
  const ids = new Set((result as unknown as { rows: { id: string }[] }).rows.map(({ id }) => id))
  return rows.map(({ id }) => ids.has(id))
}

/** The grants of access tokens that have not expired; undefined for any other token. */
export async function findGrants(
  db: Db,
  tokenHashes: readonly Buffer[],
  now: Date,
): Promise<(GrantRow | undefined)[]> {
  const rows = await db
    .select()
    .from(oid4vciGrants)
    .where(and(inArray(oid4vciGrants.tokenHash, [...tokenHashes]), gt(oid4vciGrants.tokenExpiresAt, now)))
  const byHash = new Map(rows.map((row) => [hexOf(row.tokenHash), row]))
  return tokenHashes.map((hash) => byHash.get(hexOf(hash)))
}

/** @returns for each, false when the nonce was used before; waits for whoever uses it at this moment */
export async function useNonces(
  db: Db,
  nonces: readonly { hash: Buffer; expiresAt: Date }[],
): Promise<boolean[]> {
  const hashes = textColumn(nonces.map(({ hash }) => hexOf(hash)))
  const ends = textColumn(nonces.map(({ expiresAt }) => expiresAt.toISOString()))
  const result = await db.execute(sql`
    insert into oid4vci_used_nonces (hash, expires_at)
    select decode(hash, 'hex'), ends from unnest(${hashes}::text[], ${ends}::timestamptz[]) as given (hash, ends)
    order by hash
    on conflict do nothing
    returning encode(hash, 'hex') as hash`)
  const unused = new Set((result as unknown as { rows: { hash: string }[] }).rows.map(({ hash }) => hash))
  // Of the same one twice, the first.
  return nonces.map(({ hash }) => unused.delete(hexOf(hash)))
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

export async function deleteNoncesBefore(db: Db, now: Date): Promise<void> {
  await db.delete(oid4vciUsedNonces).where(lt(oid4vciUsedNonces.expiresAt, now))
}

/** The credentials of these grants were fetched: their wallets may tell what became of them, by the id of the grant. */
export async function insertNotifications(db: Db, grantIds: readonly string[]): Promise<void> {
  await db.execute(sql`insert into oid4vci_notifications (id, grant_id)
    select id, id from unnest(${textColumn(grantIds)}::uuid[]) as given (id) on conflict do nothing`)
}

/** @returns false when the grant has no such credential */
export async function updateNotification(
  db: Db,
  { id, grantId }: { id: string; grantId: string },
  told: Required<Pick<typeof oid4vciNotifications.$inferInsert, 'event' | 'description' | 'at'>>,
): Promise<boolean> {
  const rows = await db
    .update(oid4vciNotifications)
    .set({
      ...told,
      // The same told again happened when it was told first.
      at: sql`case when ${oid4vciNotifications.event} = ${told.event} then ${oid4vciNotifications.at} else ${told.at?.toISOString()}::timestamptz end`,
    })
    .where(and(eq(oid4vciNotifications.id, id), eq(oid4vciNotifications.grantId, grantId)))
    .returning({ id: oid4vciNotifications.id })
  return rows.length > 0
}
