import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { type Batch, lockBatch, updateBatch } from './queries.ts'
import { assertStatus } from './transitions.ts'

/**
 * Stops what is not yet issued, for good. A chunk that is being issued is either there as a whole before this
 * returns, or not at all: its last statement needs the row that is locked here, and a running batch.
 * @throws NotFound; Conflict when it is done
 */
export async function cancelBatch(ctx: Context, actor: Actor, id: string): Promise<Batch> {
  return inTransaction(ctx.db, async (tx) => {
    const batch = await lockBatch(tx, actor, id)
    if (batch.status === 'cancelled') return batch
    assertStatus(batch, ['checked', 'scheduled', 'running', 'paused'])
    return updateBatch(tx, batch, { status: 'cancelled', pauseReason: null, finishedAt: ctx.clock() })
  })
}
