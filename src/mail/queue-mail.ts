import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import type { Language } from '../messages.ts'
import { countMailsTo, insertMail } from './queries.ts'
import type { TemplateName, TemplateValues } from './templates/letter.ts'

/** Mails that anybody can have sent to an address by typing it, and how many of them it gets in a day. */
const UNASKED: readonly TemplateName[] = ['resume-link', 'request-received', 'referent-question']
const A_DAY = 100

interface Addressed {
  readonly issuerId: string
  /** The request or the assertion it is about; see eraseMailsAbout. */
  readonly about?: string
  readonly to: string
  readonly language: Language
}

/** A mail that is to be sent: the template, and what fills it. */
export type NewMail = {
  [T in TemplateName]: Addressed & { readonly template: T; readonly values: TemplateValues[T] }
}[TemplateName]

/**
 * Puts a mail into the outbox, in the transaction that makes it necessary: no commit, no mail. Without a mail server
 * it waits there; see sweepMails.
 * @param ctx inside a transaction
 * @returns the id of the mail; undefined where its reader gets no more of its kind today
 */
export async function queueMail(ctx: Context, mail: NewMail): Promise<string | undefined> {
  const { issuerId, about, to, language, template, values } = mail
  const now = ctx.clock()
  if (
    UNASKED.includes(template) &&
    (await countMailsTo(ctx.db, { issuerId, to, since: dayBefore(now) })) >= A_DAY
  ) {
    ctx.log.warn(
      { issuer: issuerId, template },
      'a mail was not written: its reader had too many of this issuer today',
    )
    return
  }
  const id = randomUUID()
  await insertMail(ctx.db, {
    id,
    issuerId,
    about: about ?? null,
    template,
    recipient: to,
    language,
    sealedValues: await ctx.sealer.seal(JSON.stringify(values)),
    state: 'queued',
    nextAttemptAt: now,
    createdAt: now,
  })
  if (ctx.mailer) await ctx.queue.send(ctx.db, 'send-mail', { mailId: id })
  return id
}

function dayBefore(now: Date): Date {
  return new Date(now.getTime() - 24 * 3600 * 1000)
}
