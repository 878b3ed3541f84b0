import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { daysAfter } from './days-after.ts'
import { getForm } from './form.ts'
import { createLink } from './links.ts'
import { lockRequest } from './queries.ts'
import { record, whoOf, wrongState } from './record.ts'
import type { ReviewerInvitation } from './schema.ts'

/**
 * Lets somebody without an account review one request: by a link that ends with the decision, or after some days.
 * It is mailed where there is an address.
 * @returns the link, which is shown this once
 * @throws NotFound; Conflict at another state
 */
export async function inviteReviewer(
  ctx: Context,
  actor: Actor,
  id: string,
  { name, email, language, days = 14 }: ReviewerInvitation,
): Promise<{ link: string; expiresAt: Date }> {
  return inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const row = await lockRequest(tx, actor, id)
    if (row.state !== 'submitted' && row.state !== 'returned') throw wrongState(row.state)
    const now = ctx.clock()
    const expiresAt = daysAfter(now, days)
    const token = await createLink(tx, { requestId: id, kind: 'reviewer', holder: name, expiresAt, now })
    const link = `${ctx.config.publicUrl}/reviews/${token}`
    await record(here, row, 'reviewer-invited', { who: whoOf(actor, name) })
    if (email !== undefined) {
      const { content } = await getForm(tx, row)
      await queueMail(here, {
        issuerId: row.issuerId,
        about: id,
        to: email,
        language: language ?? row.language,
        template: 'review-invitation',
        values: { badge: content.name, link, expires: expiresAt.toISOString() },
      })
    }
    return { link, expiresAt }
  })
}
