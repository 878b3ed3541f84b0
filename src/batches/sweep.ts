import type { Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { takeDueBatches } from './queries.ts'
import { enqueue, startIssuing } from './start-issuing.ts'

/** A running batch without a sign of life for so long has lost its workers; a pause is tried again after so long. */
const SILENCE_MS = 15_000
const PAUSE_MS = 30_000

/**
 * Takes up batches that nobody works on: scheduled ones whose time has come, those whose process died, and
 * paused ones whose reason may have been mended.
 * @param fresh at the start of a process: whatever runs has just lost its workers, or gets one more
 */
export async function sweepBatches(ctx: Context, { fresh = false } = {}): Promise<void> {
  const now = ctx.clock()
  const before = (ms: number) => new Date(now.getTime() - ms)
  const due = {
    scheduled: now,
    running: before(fresh ? 0 : SILENCE_MS),
    paused: before(fresh ? 0 : PAUSE_MS),
  }
  await inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    for (const batch of await takeDueBatches(tx, due, now)) {
      if (batch.status === 'running') await enqueue(here, batch.id, 1)
      else await startIssuing(here, batch)
    }
  })
}
