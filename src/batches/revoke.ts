import { revokeAssertions } from '../assertions/revoke-many.ts'
import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { type Batch, lockBatch, updateBatch } from './queries.ts'
import { revokeIssued } from './row-queries.ts'
import { assertStatus } from './transitions.ts'

/**
 * Revokes every assertion that the batch issued, for good and with one reason; those that were revoked before
 * keep theirs.
 * @throws NotFound; Conflict while it runs
 */
export async function revokeBatch(ctx: Context, actor: Actor, id: string, reason: string): Promise<Batch> {
  return inTransaction(ctx.db, async (tx) => {
    const batch = await lockBatch(tx, actor, id)
    assertStatus(batch, ['checked', 'scheduled', 'paused', 'done', 'cancelled'])
    const rows = await revokeIssued(tx, id)
    await revokeAssertions(
      inside(ctx, tx),
      rows.map(({ assertionId }) => assertionId),
      reason,
    )
    const listed = rows.filter(({ list }) => list === batch.list).length
    return updateBatch(tx, batch, { issued: batch.issued - listed, revoked: batch.revoked + listed })
  })
}
