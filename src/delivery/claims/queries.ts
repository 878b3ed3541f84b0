import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import type { Db } from '../../db/db.ts'
import { isOneOf } from '../../db/one-of.ts'
import { ownedBy } from '../../db/owned.ts'
import { textColumn } from '../../db/text-column.ts'
import { MAX_PIN_ATTEMPTS } from './pin.ts'
import { claimCollections, claims } from './table.ts'

export type ClaimRow = typeof claims.$inferSelect
export type CollectionRow = typeof claimCollections.$inferSelect

/** Several of them go by one statement. */
export async function insertClaims(tx: Db, rows: readonly ClaimRow[]): Promise<void> {
  if (rows.length > 0) await tx.insert(claims).values([...rows])
}

/** A claim of the actor's own. */
export async function findOwnClaim(db: Db, actor: Actor, id: string): Promise<ClaimRow | undefined> {
  const [row] = await db
    .select()
    .from(claims)
    .where(and(eq(claims.id, id), ownedBy(actor, claims.issuerId)))
  return row
}

/** The claims of an assertion, the newest last, each with what was collected by it. */
export async function listClaims(db: Db, assertionId: string): Promise<WithCollections[]> {
  const rows = await db
    .select({ claim: claims, collection: claimCollections })
    .from(claims)
    .leftJoin(claimCollections, eq(claimCollections.claimId, claims.id))
    .where(eq(claims.assertionId, assertionId))
    .orderBy(asc(claims.createdAt), asc(claims.id), asc(claimCollections.at), asc(claimCollections.id))
  return joined(rows)
}

/** Claims and what was collected by each, the oldest first, in one statement. */
export async function findClaimsWithCollections(db: Db, ids: readonly string[]): Promise<WithCollections[]> {
  return joined(
    await db
      .select({ claim: claims, collection: claimCollections })
      .from(claims)
      .leftJoin(claimCollections, eq(claimCollections.claimId, claims.id))
      .where(isOneOf(claims.id, ids))
      .orderBy(asc(claimCollections.at), asc(claimCollections.id)),
  )
}

interface WithCollections {
  readonly claim: ClaimRow
  readonly collections: CollectionRow[]
}

function joined(rows: readonly { claim: ClaimRow; collection: CollectionRow | null }[]): WithCollections[] {
  return [...Map.groupBy(rows, ({ claim }) => claim.id).values()].map((ofOne) => ({
    claim: ofOne[0]!.claim,
    collections: ofOne.flatMap(({ collection }) => collection ?? []),
  }))
}

/**
 * Records that wallets collected, at one moment.
 * @param usedChallenge the claims to which a wallet presented itself: once for each presentation
 */
export async function recordCollections(
  tx: Db,
  rows: readonly CollectionRow[],
  { usedChallenge, now }: { usedChallenge: readonly string[]; now: Date },
): Promise<void> {
  if (rows.length === 0 && usedChallenge.length === 0) return
  const list = (read: (row: CollectionRow) => string) => textColumn(rows.map(read))
  const used = Map.groupBy(usedChallenge, (id) => id)
  const ids = [...new Set([...rows.map(({ claimId }) => claimId), ...usedChallenge])]
  const steps = ids.map((id) => used.get(id)?.length ?? 0)
  const at = now.toISOString()
  await tx.execute(sql`
    with collected as (
      insert into claim_collections (id, claim_id, subject, protocol, format, at)
      select given.*, ${at}::timestamptz from unnest(${list((row) => row.id)}::uuid[],
        ${list((row) => row.claimId)}::uuid[], ${list((row) => row.subject)}::text[],
        ${list((row) => row.protocol)}::text[], ${list((row) => row.format)}::text[]) as given
    )
    update claims set sequence = sequence + step, begun_at = coalesce(begun_at, ${at}::timestamptz)
    from unnest(${textColumn(ids)}::uuid[], ${textColumn(steps)}::integer[]) as used (id, step)
    where claims.id = used.id`)
}

/** Notes when a wallet first began. */
export async function markBegun(db: Db, id: string, now: Date): Promise<void> {
  await db
    .update(claims)
    .set({ begunAt: now })
    .where(and(eq(claims.id, id), isNull(claims.begunAt)))
}

/** @returns false when it was withdrawn before */
export async function markWithdrawn(
  tx: Db,
  id: string,
  { withdrawal, at }: { withdrawal: NonNullable<ClaimRow['withdrawal']>; at: Date },
): Promise<boolean> {
  const rows = await tx
    .update(claims)
    .set({ withdrawnAt: at, withdrawal })
    .where(and(eq(claims.id, id), isNull(claims.withdrawnAt)))
    .returning({ id: claims.id })
  return rows.length > 0
}

/** @returns false when a new link was sent for it before */
export async function markRenewed(tx: Db, id: string, at: Date): Promise<boolean> {
  const rows = await tx
    .update(claims)
    .set({ renewedAt: at })
    .where(and(eq(claims.id, id), isNull(claims.renewedAt)))
    .returning({ id: claims.id })
  return rows.length > 0
}

/**
 * Counts a try at the code before it is looked at, so that tries at once are no more than tries in a row.
 * @returns the number of this try; undefined when there were as many as are allowed
 */
export async function countPinAttempt(db: Db, id: string): Promise<number | undefined> {
  const [row] = await db
    .update(claims)
    .set({ pinAttempts: sql`${claims.pinAttempts} + 1` })
    .where(and(eq(claims.id, id), lt(claims.pinAttempts, MAX_PIN_ATTEMPTS)))
    .returning({ attempts: claims.pinAttempts })
  return row?.attempts
}

/** A try with the right code was none: the wrong ones count for the life of the claim. */
export async function uncountPinAttempt(db: Db, id: string): Promise<void> {
  await db
    .update(claims)
    .set({ pinAttempts: sql`${claims.pinAttempts} - 1` })
    .where(eq(claims.id, id))
}
