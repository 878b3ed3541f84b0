import { notPublished } from '../badge-classes/not-published.ts'
import { getBadgeClass } from '../badge-classes/queries.ts'
import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { Conflict, Invalid } from '../errors.ts'
import { parseDateTime } from '../fields.ts'
import { beginsAfter } from './event.ts'
import { type Batch, lockBatch, updateBatch } from './queries.ts'
import type { CommitRequest } from './schema.ts'
import { startIssuing } from './start-issuing.ts'
import { assertStatus } from './transitions.ts'

/**
 * Issues the ready rows of a batch in the background, now or at `commitAt`. A paused batch goes on.
 * @throws NotFound; Invalid for a commitAt in the past; Conflict when it runs, is done or was cancelled, when the
 * badge class is not published, or its event has not begun by then
 */
export async function commitBatch(
  ctx: Context,
  actor: Actor,
  id: string,
  { commitAt }: CommitRequest,
): Promise<Batch> {
  return inTransaction(ctx.db, async (tx) => {
    const batch = await lockBatch(tx, actor, id)
    assertStatus(batch, ['checked', 'scheduled', 'paused'])
    const { badgeClass } = await getBadgeClass(tx, actor, batch.badgeClassId)
    if (badgeClass.status !== 'published') throw notPublished(badgeClass.status)
    const now = ctx.clock()
    const when = commitAt === undefined ? now : parseDateTime(commitAt)!
    if (when < now) throw new Invalid({ path: '/commitAt', code: 'in-the-past' })
    if (batch.event && beginsAfter(batch.event, when)) throw new Conflict('event-not-begun')
    if (when > now) return updateBatch(tx, batch, { status: 'scheduled', commitAt: when, pauseReason: null })
    return startIssuing(inside(ctx, tx), batch)
  })
}
