import { getBadgeClassById } from '../badge-classes/queries.ts'
import type { Context } from '../context.ts'
import { type Batch, updateBatch } from './queries.ts'

/** Jobs for one batch: so many workers, of one process or of several, share it. */
const JOBS = 4

/**
 * Sets a batch to work: its ready rows, at the newest version of the badge class unless one was set before.
 * @param change what else becomes of it, stored together with its start
 */
export async function startIssuing(
  ctx: Context,
  batch: Batch,
  change: Pick<Partial<Batch>, 'ready' | 'failed'> = {},
): Promise<Batch> {
  const now = ctx.clock()
  const nothingToDo = (change.ready ?? batch.ready) === 0
  const running = await updateBatch(ctx.db, batch, {
    ...change,
    status: nothingToDo ? 'done' : 'running',
    pauseReason: null,
    badgeClassVersion:
      batch.badgeClassVersion ?? (await getBadgeClassById(ctx.db, batch.badgeClassId)).version,
    committedAt: batch.committedAt ?? now,
    progressedAt: now,
    finishedAt: nothingToDo ? now : null,
  })
  if (!nothingToDo) await enqueue(ctx, batch.id, JOBS)
  return running
}

/** In the transaction that makes the jobs necessary. */
export async function enqueue(ctx: Context, batchId: string, jobs: number): Promise<void> {
  for (let i = 0; i < jobs; i++) await ctx.queue.send(ctx.db, 'issue-batch', { batchId })
}
