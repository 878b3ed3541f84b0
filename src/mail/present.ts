import type { Context } from '../context.ts'
import { type Language, say, type Text } from '../messages.ts'
import type { MailRow } from './queries.ts'
import type { Mail } from './schema.ts'
import type { TemplateName } from './templates/letter.ts'

/** Why mails wait. */
export const NO_MAIL_SERVER: Text = {
  en: 'no mail server is configured',
  fr: 'aucun serveur de messagerie n’est configuré',
}

/** A mail as its issuer sees it; what fills the template stays sealed. */
export function presentMail(row: MailRow, ctx: Context, language: Language): Mail {
  const { lastError, nextAttemptAt, sentAt, about } = row
  const isQueued = row.state === 'queued'
  return {
    id: row.id,
    template: row.template as TemplateName,
    to: row.template === 'resume-link' ? masked(row.recipient) : row.recipient,
    language: row.language,
    state: row.state,
    attempts: row.attempts,
    ...(lastError === null ? {} : { lastError }),
    ...(isQueued && ctx.mailer && nextAttemptAt ? { nextAttemptAt: nextAttemptAt.toISOString() } : {}),
    ...(sentAt ? { sentAt: sentAt.toISOString() } : {}),
    ...(isQueued && !ctx.mailer ? { note: say(NO_MAIL_SERVER, language) } : {}),
    ...(about === null ? {} : { about }),
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
  }
}

/** Whoever writes a draft is known to nobody yet: `l…@example.org` tells enough to help with a mail that is lost. */
function masked(address: string): string {
  return address.replace(/^(.)[^@]*/su, '$1…')
}
