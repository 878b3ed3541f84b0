import type { Context } from '../context.ts'
import { countMailsTo } from './queries.ts'
import { type NewMail, queueMails } from './queue-mails.ts'
import type { TemplateName } from './templates/letter.ts'

/** Mails that anybody can have sent to an address by typing it, and how many of them it gets in a day. */
const UNASKED: readonly TemplateName[] = [
  'resume-link',
  'request-received',
  'referent-question',
  'claim-link',
]
const A_DAY = 100

/**
 * Puts one mail into the outbox, as queueMails does, unless its reader gets no more of its kind today.
 * @param ctx inside a transaction
 * @returns the id of the mail; undefined where it was not written
 */
export async function queueMail(ctx: Context, mail: NewMail): Promise<string | undefined> {
  const { issuerId, to, template } = mail
  const since = dayBefore(ctx.clock())
  if (UNASKED.includes(template) && (await countMailsTo(ctx.db, { issuerId, to, since })) >= A_DAY) {
    ctx.log.warn(
      { issuer: issuerId, template },
      'a mail was not written: its reader had too many of this issuer today',
    )
    return
  }
  const [id] = await queueMails(ctx, [mail])
  return id
}

function dayBefore(now: Date): Date {
  return new Date(now.getTime() - 24 * 3600 * 1000)
}
