import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import type { Language } from '../messages.ts'
import { insertMail } from './queries.ts'
import type { TemplateName, TemplateValues } from './templates/letter.ts'

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
 * @returns the id of the mail
 */
export async function queueMail(ctx: Context, mail: NewMail): Promise<string> {
  const { issuerId, about, to, language, template, values } = mail
  const id = randomUUID()
  const now = ctx.clock()
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
