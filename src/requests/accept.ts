import type { Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { Conflict, Invalid } from '../errors.ts'
import { awardRequested } from './award.ts'
import { checkedList } from './checklist.ts'
import { getForm } from './form.ts'
import { countApprovals, insertApproval, type RequestRow, updateRequest } from './queries.ts'
import { assertCanBecome, record } from './record.ts'
import { lockForReview, type Reviewer, reviewerKeyOf, whoReviews } from './reviewer.ts'
import type { Acceptance } from './schema.ts'

/**
 * A reviewer accepts a request. The last one who has to issues the badge in the same transaction, so that a
 * request is accepted exactly when its badge is there.
 * @returns the request: accepted, or still submitted while more reviewers have to accept it
 * @throws NotFound; Conflict at another state, in the hands of another reviewer, or when the person holds the badge
 */
export async function acceptRequest(
  ctx: Context,
  reviewer: Reviewer,
  id: string,
  { comment, checklist, allowDuplicate }: Acceptance,
): Promise<RequestRow> {
  return inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const row = await lockForReview(here, reviewer, id)
    assertCanBecome(row, 'accepted')
    const form = await getForm(tx, row)
    // One key can be that of a system with many people at it: which of them it is, its call says.
    if (form.form.reviewersRequired > 1 && reviewer.name === undefined) {
      throw new Invalid({ path: '/reviewer', code: 'reviewer-needed' })
    }
    const now = ctx.clock()
    const who = whoReviews(reviewer)
    const change = checklist ? { checklist: checkedList(form, row, checklist) } : {}
    const approval = { requestId: id, round: row.round, reviewer: reviewerKeyOf(reviewer), at: now }
    if (!(await insertApproval(tx, approval))) throw new Conflict('already-approved')
    if ((await countApprovals(tx, row)) < form.form.reviewersRequired) {
      await record(here, row, 'approved', { who, reason: comment })
      return updateRequest(tx, row, { ...change, assignedTo: null, leaseUntil: null }, now)
    }
    const checked = checklist ? await updateRequest(tx, row, change, now) : row
    return awardRequested(here, reviewer.actor, checked, { form, who, reason: comment, allowDuplicate })
  })
}
