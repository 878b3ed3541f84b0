import { and, eq, gt, lt, sql } from 'drizzle-orm'
import type { Db } from '../../db/db.ts'
import { oid4vciGrants, oid4vciNotifications, oid4vciUsedNonces } from './table.ts'

export type GrantRow = typeof oid4vciGrants.$inferSelect

/** How many codes of an offer were redeemed. */
export async function countGrants(db: Db, claimId: string, configuration: string): Promise<number> {
  return db.$count(
    oid4vciGrants,
    and(eq(oid4vciGrants.claimId, claimId), eq(oid4vciGrants.configuration, configuration)),
  )
}

/** Redeems a code. @returns false when it was redeemed before: of several at once, one gets true */
export async function insertGrant(db: Db, row: GrantRow): Promise<boolean> {
  const rows = await db
    .insert(oid4vciGrants)
    .values(row)
    .onConflictDoNothing({
      target: [oid4vciGrants.claimId, oid4vciGrants.configuration, oid4vciGrants.generation],
    })
    .returning({ id: oid4vciGrants.id })
  return rows.length > 0
}

/** The grant of an access token that has not expired. */
export async function findGrant(db: Db, tokenHash: Uint8Array, now: Date): Promise<GrantRow | undefined> {
  const [row] = await db
    .select()
    .from(oid4vciGrants)
    .where(and(eq(oid4vciGrants.tokenHash, tokenHash), gt(oid4vciGrants.tokenExpiresAt, now)))
  return row
}

/** Uses a nonce up. @returns false when it was used before: of several at once, one gets true */
export async function useNonce(db: Db, nonce: { hash: Uint8Array; expiresAt: Date }): Promise<boolean> {
  const rows = await db
    .insert(oid4vciUsedNonces)
    .values(nonce)
    .onConflictDoNothing()
    .returning({ hash: oid4vciUsedNonces.hash })
  return rows.length > 0
}

export async function deleteNoncesBefore(db: Db, now: Date): Promise<void> {
  await db.delete(oid4vciUsedNonces).where(lt(oid4vciUsedNonces.expiresAt, now))
}

/** A credential of this grant, of which the wallet may tell what became. */
export async function insertNotification(db: Db, id: string, grantId: string): Promise<void> {
  await db.insert(oid4vciNotifications).values({ id, grantId })
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
