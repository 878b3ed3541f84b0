import type { Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { checkedList } from './checklist.ts'
import { daysAfter } from './days-after.ts'
import { currentForm, type FormOfRequest, getForm } from './form.ts'
import type { RequestRow } from './queries.ts'
import { moveRequest } from './record.ts'
import { resumeUrl } from './resume-link.ts'
import { lockForReview, type Reviewer, whoReviews } from './reviewer.ts'
import type { Refusal } from './schema.ts'

/**
 * Gives a request back to the person, who reads what is missing and goes on with the same token.
 * @throws NotFound; Conflict at another state or in the hands of another reviewer
 */
export async function returnRequest(
  ctx: Context,
  reviewer: Reviewer,
  id: string,
  refusal: Refusal,
): Promise<RequestRow> {
  return refuse(ctx, reviewer, id, { to: 'returned', refusal })
}

/** Rejects a request for good. The person is always told why. @throws as `returnRequest` */
export async function rejectRequest(
  ctx: Context,
  reviewer: Reviewer,
  id: string,
  refusal: Refusal,
): Promise<RequestRow> {
  return refuse(ctx, reviewer, id, { to: 'rejected', refusal })
}

async function refuse(
  ctx: Context,
  reviewer: Reviewer,
  id: string,
  { to, refusal: { reason, checklist } }: { to: 'returned' | 'rejected'; refusal: Refusal },
): Promise<RequestRow> {
  return inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const row = await lockForReview(here, reviewer, id)
    const form = await getForm(tx, row)
    const now = ctx.clock()
    const { draftDays, retentionDays } = form.form
    const refused = await moveRequest(here, row, to, {
      who: whoReviews(reviewer),
      reason,
      change: {
        reason,
        ...(checklist ? { checklist: checkedList(form, row, checklist) } : {}),
        ...(to === 'returned'
          ? { expiresAt: daysAfter(now, draftDays) }
          : { decidedAt: now, evidenceUntil: daysAfter(now, retentionDays) }),
        assignedTo: null,
        leaseUntil: null,
      },
    })
    await (to === 'returned' ? tellReturned(here, refused, form) : tellRejected(here, refused, form))
    return refused
  })
}

async function tellReturned(ctx: Context, row: RequestRow, form: FormOfRequest): Promise<void> {
  const link = await resumeUrl(ctx, row)
  await queueMail(ctx, {
    ...toApplicant(row),
    template: 'request-returned',
    values: { badge: form.content.name, reason: row.reason!, ...(link ? { link } : {}) },
  })
}

async function tellRejected(ctx: Context, row: RequestRow, { content }: FormOfRequest): Promise<void> {
  const form = await currentForm(ctx.db, row)
  const contact = form?.contact ?? (await getIssuerById(ctx.db, row.issuerId)).email
  await queueMail(ctx, {
    ...toApplicant(row),
    template: 'request-rejected',
    values: { badge: content.name, reason: row.reason!, ...(contact ? { contact } : {}) },
  })
}

function toApplicant({ id, issuerId, email, language }: RequestRow) {
  return { issuerId, about: id, to: email!, language }
}
