import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { lockRequest, type RequestRow, updateRequest } from './queries.ts'
import { record, whoOf, wrongState } from './record.ts'
import { assertNotAssigned } from './reviewer.ts'
import type { Assignment } from './schema.ts'

/**
 * Puts a submitted request into a reviewer's hands for some time; the same reviewer can have more of it.
 * @throws NotFound; Conflict at another state, or while it is in the hands of another reviewer
 */
export async function assignRequest(
  ctx: Context,
  actor: Actor,
  id: string,
  { reviewer, minutes = 60 }: Assignment,
): Promise<RequestRow> {
  return inTransaction(ctx.db, async (tx) => {
    const row = await lockRequest(tx, actor, id)
    if (row.state !== 'submitted') throw wrongState(row.state)
    assertNotAssigned(ctx, row, reviewer)
    const now = ctx.clock()
    const leaseUntil = new Date(now.getTime() + minutes * 60_000)
    if (row.assignedTo !== reviewer)
      await record(inside(ctx, tx), row, 'assigned', { who: whoOf(actor, reviewer) })
    return updateRequest(tx, row, { assignedTo: reviewer, leaseUntil }, now)
  })
}

/** Takes a request out of its reviewer's hands, whoever that is. @throws NotFound */
export async function releaseRequest(ctx: Context, actor: Actor, id: string): Promise<RequestRow> {
  return inTransaction(ctx.db, async (tx) => {
    const row = await lockRequest(tx, actor, id)
    if (row.assignedTo === null) return row
    await record(inside(ctx, tx), row, 'released', { who: whoOf(actor, row.assignedTo) })
    return updateRequest(tx, row, { assignedTo: null, leaseUntil: null }, ctx.clock())
  })
}
