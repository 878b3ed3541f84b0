import type { Context, OutgoingMail } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { getIssuerById, type IssuerRow } from '../issuers/queries.ts'
import { changeMail, claimMail, findMail, type MailRow } from './queries.ts'
import type { TemplateName } from './templates/letter.ts'
import { renderMail } from './templates/render.ts'
import { MailNotSent } from './transport.ts'

const MINUTE_MS = 60_000

/** Longer than an attempt can take: after it the process that sent is taken for dead. */
const LEASE_MS = 10 * MINUTE_MS

/** How long to wait after each attempt that failed for the moment; after one more the mail has failed. */
const PAUSES_MS = [1, 5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60].map((minutes) => minutes * MINUTE_MS)

/** The clock of the process that queued a mail may be ahead; far less than any pause. */
const SKEW_MS = 15_000

/**
 * Sends one mail of the outbox, if it is due and nobody else is at it, and records what became of it. No transaction
 * is open meanwhile. Where the process dies between the mail server's answer and the record, the mail goes out a
 * second time, under the same Message-ID.
 */
export async function sendMail(ctx: Context, id: string): Promise<void> {
  if (!ctx.mailer) return
  const now = ctx.clock().getTime()
  const lease = { dueBy: new Date(now + SKEW_MS), leaseUntil: new Date(now + LEASE_MS) }
  const mail = await claimMail(ctx.db, id, lease)
  if (!mail) return lookAgain(ctx, id)
  const issuer = await getIssuerById(ctx.db, mail.issuerId)
  const failure = await attempt(ctx, ctx.mailer, mail, issuer)
  if (!failure) {
    await changeMail(ctx.db, mail, {
      state: 'sent',
      sentAt: ctx.clock(),
      nextAttemptAt: null,
      lastError: null,
    })
    return
  }
  await recordFailure(ctx, mail, failure)
}

/** Somebody has it in hand, or had when his process died: it is looked at again when his time is over. */
async function lookAgain(ctx: Context, id: string): Promise<void> {
  const mail = await findMail(ctx.db, id)
  if (mail?.state !== 'queued' || !mail.nextAttemptAt || mail.nextAttemptAt <= ctx.clock()) return
  await ctx.queue.send(ctx.db, 'send-mail', { mailId: id }, { startAfter: mail.nextAttemptAt })
}

async function attempt(
  ctx: Context,
  mailer: NonNullable<Context['mailer']>,
  mail: MailRow,
  issuer: IssuerRow,
): Promise<MailNotSent | undefined> {
  const { id, template, attempts } = mail
  try {
    await mailer.send(await compose(ctx, mail, issuer))
    return undefined
  } catch (error) {
    const failure =
      error instanceof MailNotSent
        ? error
        : new MailNotSent('the mail could not be written: a fault of the service', true, error)
    const { message } = (failure.cause ?? failure) as Error
    ctx.log.warn({ mail: id, template, attempts, message: message.slice(0, 500) }, 'a mail was not sent')
    return failure
  }
}

async function compose(ctx: Context, mail: MailRow, issuer: IssuerRow): Promise<OutgoingMail> {
  const values = JSON.parse(await ctx.sealer.unseal(mail.sealedValues))
  const letter = {
    template: mail.template as TemplateName,
    values,
    language: mail.language,
    sender: issuer.name,
  }
  return {
    messageId: `${mail.id}@${new URL(ctx.config.publicUrl).hostname}`,
    senderName: issuer.name,
    ...(issuer.email === null ? {} : { replyTo: issuer.email }),
    to: mail.recipient,
    language: mail.language,
    ...renderMail(letter),
  }
}

async function recordFailure(ctx: Context, mail: MailRow, failure: MailNotSent): Promise<void> {
  const lastError = failure.words
  const pause = failure.isPermanent ? undefined : PAUSES_MS[mail.attempts - 1]
  const now = ctx.clock()
  if (pause === undefined) {
    // The time stays: the purge counts from it.
    await changeMail(ctx.db, mail, { state: 'failed', lastError, nextAttemptAt: now })
    return
  }
  const nextAttemptAt = new Date(now.getTime() + pause)
  await inTransaction(ctx.db, async (tx) => {
    if (!(await changeMail(tx, mail, { lastError, nextAttemptAt }))) return
    await ctx.queue.send(tx, 'send-mail', { mailId: mail.id }, { startAfter: nextAttemptAt })
  })
}
