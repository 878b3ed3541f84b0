import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import type { Language } from '../messages.ts'
import { insertMails } from './queries.ts'
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
 * Puts mails into the outbox, in the transaction that makes them necessary: no commit, no mail. Without a mail server
 * they wait there; see sweepMails. However many people they are for, it is two statements.
 * @param ctx inside a transaction
 * @returns the ids of the mails, in their order
 */
export async function queueMails(ctx: Context, mails: readonly NewMail[]): Promise<string[]> {
  if (mails.length === 0) return []
  const now = ctx.clock()
  const rows = await Promise.all(
    mails.map(async ({ issuerId, about, to, language, template, values }) => ({
      id: randomUUID(),
      issuerId,
      about: about ?? null,
      template,
      recipient: to,
      language,
      sealedValues: await ctx.sealer.seal(JSON.stringify(values)),
      state: 'queued' as const,
      nextAttemptAt: now,
      createdAt: now,
    })),
  )
  await insertMails(ctx.db, rows)
  const ids = rows.map(({ id }) => id)
  const jobs = ids.map((mailId) => ({ mailId }))
  if (ctx.mailer) await ctx.queue.sendMany(ctx.db, 'send-mail', jobs)
  return ids
}
