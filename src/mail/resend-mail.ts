import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { Conflict } from '../errors.ts'
import { changeMail, lockMail, type MailRow } from './queries.ts'

/**
 * Queues a mail again that was sent or has failed. It keeps its Message-ID: a mailbox that has it already may
 * show it once.
 * @throws NotFound; Conflict while it is queued
 */
export async function resendMail(ctx: Context, actor: Actor, id: string): Promise<MailRow> {
  return inTransaction(ctx.db, async (tx) => {
    const mail = await lockMail(tx, actor, id)
    if (mail.state === 'queued')
      throw new Conflict('mail-state', { state: mail.state }, { state: mail.state })
    const nextAttemptAt = ctx.clock()
    const change = { state: 'queued', attempts: 0, lastError: null, sentAt: null, nextAttemptAt } as const
    const queued = await changeMail(tx, mail, change)
    if (ctx.mailer) await ctx.queue.send(tx, 'send-mail', { mailId: id })
    return queued!
  })
}
