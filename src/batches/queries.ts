import { and, eq, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../context.ts'
import type { Db } from '../db/db.ts'
import { ownedBy } from '../db/owned.ts'
import { after, newestFirst, type PageRequest } from '../db/page.ts'
import { NotFound } from '../errors.ts'
import { batches } from './table.ts'

export type Batch = typeof batches.$inferSelect
export type PauseReason = NonNullable<Batch['pauseReason']>

/** @throws NotFound when there is none, or it is not the actor's */
export async function getBatch(db: Db, actor: Actor, id: string): Promise<Batch> {
  const [row] = await db
    .select()
    .from(batches)
    .where(and(eq(batches.id, id), ownedBy(actor, batches.issuerId)))
  if (!row) throw new NotFound()
  return row
}

/** The same, its row locked until the transaction ends. */
export async function lockBatch(tx: Db, actor: Actor, id: string): Promise<Batch> {
  const [row] = await tx
    .select()
    .from(batches)
    .where(and(eq(batches.id, id), ownedBy(actor, batches.issuerId)))
    .for('update')
  if (!row) throw new NotFound()
  return row
}

/** A batch that a job names; undefined when it is gone. */
export async function findBatch(db: Db, id: string): Promise<Batch | undefined> {
  const [row] = await db.select().from(batches).where(eq(batches.id, id))
  return row
}

export async function listBatches(
  db: Db,
  issuerId: string,
  { badgeClass, status }: { badgeClass?: string; status?: Batch['status'] },
  page: PageRequest,
): Promise<Batch[]> {
  return db
    .select()
    .from(batches)
    .where(
      and(
        eq(batches.issuerId, issuerId),
        badgeClass ? eq(batches.badgeClassId, badgeClass) : undefined,
        status ? eq(batches.status, status) : undefined,
        after(batches, page.after),
      ),
    )
    .orderBy(...newestFirst(batches))
    .limit(page.limit + 1)
}

export async function insertBatch(db: Db, row: typeof batches.$inferInsert): Promise<Batch> {
  const [inserted] = await db.insert(batches).values(row).returning()
  return inserted!
}

/** Changes a batch whose row is locked. */
export async function updateBatch(tx: Db, row: Batch, change: Partial<Batch>): Promise<Batch> {
  const [updated] = await tx
    .update(batches)
    .set({ ...change, revision: row.revision + 1 })
    .where(eq(batches.id, row.id))
    .returning()
  return updated!
}

/** What a chunk came to. */
export interface Progress {
  readonly issued: number
  readonly alreadyAwarded: number
  readonly failed: number
}

/**
 * Counts a chunk. The last statement of its transaction, for it holds the row of the batch.
 * @returns false when the batch does not run any more: the chunk must not be committed
 */
export async function countProgress(
  tx: Db,
  { id, list }: Batch,
  { issued, alreadyAwarded, failed }: Progress,
  now: Date,
): Promise<boolean> {
  const rows = await tx
    .update(batches)
    .set({
      ready: sql`${batches.ready} - ${issued + alreadyAwarded + failed}`,
      issued: sql`${batches.issued} + ${issued}`,
      alreadyAwarded: sql`${batches.alreadyAwarded} + ${alreadyAwarded}`,
      failed: sql`${batches.failed} + ${failed}`,
      progressedAt: now,
      revision: sql`${batches.revision} + 1`,
    })
    .where(and(eq(batches.id, id), eq(batches.list, list), eq(batches.status, 'running')))
    .returning({ id: batches.id })
  return rows.length > 0
}

/** Ends a running batch that has no ready row left. @returns whether it did */
export async function finishIfEmpty(db: Db, id: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(batches)
    .set({ status: 'done', finishedAt: now, revision: sql`${batches.revision} + 1` })
    .where(and(eq(batches.id, id), eq(batches.status, 'running'), eq(batches.ready, 0)))
    .returning({ id: batches.id })
  return rows.length > 0
}

/** Pauses a running batch; harmless when it does not run. */
export async function pauseBatch(db: Db, id: string, reason: PauseReason, now: Date): Promise<void> {
  await db
    .update(batches)
    .set({
      status: 'paused',
      pauseReason: reason,
      progressedAt: now,
      revision: sql`${batches.revision} + 1`,
    })
    .where(and(eq(batches.id, id), eq(batches.status, 'running')))
}

/** Times before which a batch in each status is taken up. */
export interface Due {
  readonly scheduled: Date
  readonly running: Date
  readonly paused: Date
}

/** Batches that nobody works on, or whose time has come, and pauses that may have had their reason mended. */
export async function takeDueBatches(db: Db, due: Due, now: Date): Promise<Batch[]> {
  const silent = (status: Batch['status'], before: Date): SQL =>
    and(eq(batches.status, status), lte(batches.progressedAt, before))!
  const mayBeMended = sql`${batches.pauseReason} in ('signing-key', 'storage', 'internal')`
  return db
    .update(batches)
    .set({ progressedAt: now })
    .where(
      or(
        and(eq(batches.status, 'scheduled'), lte(batches.commitAt, due.scheduled)),
        silent('running', due.running),
        and(silent('paused', due.paused), mayBeMended),
      ),
    )
    .returning()
}
