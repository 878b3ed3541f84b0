import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { type Batch, lockBatch } from './queries.ts'
import { currentList, resetFailed } from './row-queries.ts'
import { startIssuing } from './start-issuing.ts'
import { assertStatus } from './transitions.ts'

/**
 * Tries the failed rows once more, and nothing else.
 * @throws NotFound; Conflict unless the batch is done
 */
export async function retryBatch(ctx: Context, actor: Actor, id: string): Promise<Batch> {
  return inTransaction(ctx.db, async (tx) => {
    const batch = await lockBatch(tx, actor, id)
    assertStatus(batch, ['done'])
    const count = await resetFailed(tx, currentList(batch))
    const change = { ready: batch.ready + count, failed: batch.failed - count }
    return startIssuing(inside(ctx, tx), batch, change)
  })
}
