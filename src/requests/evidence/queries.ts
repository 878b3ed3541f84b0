import { and, asc, eq, gt, inArray, lte, type SQL } from 'drizzle-orm'
import type { Db } from '../../db/db.ts'
import { discardedFiles, evidenceFiles } from './table.ts'

export type EvidenceRow = typeof evidenceFiles.$inferSelect

/** Which files of a request; all of them by default. */
export interface EvidenceFilter {
  readonly id?: string
  readonly slot?: string
  readonly state?: EvidenceRow['state']
}

export async function listEvidence(
  db: Db,
  requestId: string,
  filter: EvidenceFilter = {},
): Promise<EvidenceRow[]> {
  return db
    .select()
    .from(evidenceFiles)
    .where(matching(requestId, filter))
    .orderBy(asc(evidenceFiles.createdAt), asc(evidenceFiles.id))
}

/** The files of several requests. */
export async function evidenceOf(db: Db, requestIds: string[]): Promise<EvidenceRow[]> {
  if (requestIds.length === 0) return []
  return db
    .select()
    .from(evidenceFiles)
    .where(inArray(evidenceFiles.requestId, requestIds))
    .orderBy(asc(evidenceFiles.createdAt), asc(evidenceFiles.id))
}

export async function insertEvidence(db: Db, row: typeof evidenceFiles.$inferInsert): Promise<EvidenceRow> {
  const [inserted] = await db.insert(evidenceFiles).values(row).returning()
  return inserted!
}

export async function updateEvidence(db: Db, id: string, change: Partial<EvidenceRow>): Promise<EvidenceRow> {
  const [updated] = await db.update(evidenceFiles).set(change).where(eq(evidenceFiles.id, id)).returning()
  return updated!
}

export async function deleteEvidenceRows(
  db: Db,
  requestId: string,
  filter: EvidenceFilter,
): Promise<EvidenceRow[]> {
  return db.delete(evidenceFiles).where(matching(requestId, filter)).returning()
}

function matching(requestId: string, { id, slot, state }: EvidenceFilter): SQL | undefined {
  return and(
    eq(evidenceFiles.requestId, requestId),
    id === undefined ? undefined : eq(evidenceFiles.id, id),
    slot === undefined ? undefined : eq(evidenceFiles.slot, slot),
    state === undefined ? undefined : eq(evidenceFiles.state, state),
  )
}

/** Writes down that bytes are about to come under a new key, which nothing will refer to if all goes wrong. */
export async function announceKey(db: Db, key: string, removeAfter: Date): Promise<void> {
  await db.insert(discardedFiles).values({ key, removeAfter })
}

/**
 * Says that a row refers to an announced key from now on.
 * @returns false when its bytes are, or may be, removed already
 */
export async function claimKey(tx: Db, key: string, now: Date): Promise<boolean> {
  const claimed = await tx
    .delete(discardedFiles)
    .where(and(eq(discardedFiles.key, key), gt(discardedFiles.removeAfter, now)))
    .returning()
  return claimed.length > 0
}

/** Has the bytes of an announced key removed now. @returns false when it was claimed, or is gone */
export async function hastenDiscarded(tx: Db, key: string, now: Date): Promise<boolean> {
  const found = await tx
    .update(discardedFiles)
    .set({ removeAfter: now })
    .where(eq(discardedFiles.key, key))
    .returning()
  return found.length > 0
}

export async function insertDiscarded(db: Db, keys: string[], removeAfter: Date): Promise<void> {
  if (keys.length === 0) return
  await db
    .insert(discardedFiles)
    .values(keys.map((key) => ({ key, removeAfter })))
    .onConflictDoUpdate({ target: discardedFiles.key, set: { removeAfter } })
}

/** Keys whose bytes can go now, the oldest first. */
export async function dueKeys(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .select({ key: discardedFiles.key })
    .from(discardedFiles)
    .where(lte(discardedFiles.removeAfter, now))
    .orderBy(asc(discardedFiles.removeAfter))
    .limit(limit)
  return rows.map(({ key }) => key)
}

export async function forgetDiscarded(db: Db, key: string): Promise<void> {
  await db.delete(discardedFiles).where(eq(discardedFiles.key, key))
}

/** A file that cannot be removed does not stand in the way of the others. */
export async function postponeDiscarded(db: Db, key: string, removeAfter: Date): Promise<void> {
  await db.update(discardedFiles).set({ removeAfter }).where(eq(discardedFiles.key, key))
}
