import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { issuers } from '../issuers/table.ts'

const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** The outbox: mails are written in the transaction that makes them necessary, and sent by a job. */
export const mails = pgTable(
  'mails',
  {
    id: uuid().primaryKey(),
    issuerId: uuid('issuer_id')
      .notNull()
      .references(() => issuers.id),
    /** The request or the assertion it is about; erasing that erases this. */
    about: uuid(),
    template: text().notNull(),
    recipient: text().notNull(),
    language: text({ enum: ['en', 'fr'] }).notNull(),
    /** What fills the template, sealed: it can hold links that open doors. */
    sealedValues: text('sealed_values').notNull(),
    state: text({ enum: ['queued', 'sent', 'failed'] }).notNull(),
    attempts: integer().notNull().default(0),
    /** The mail server's words at the last attempt. */
    lastError: text('last_error'),
    nextAttemptAt: time('next_attempt_at'),
    sentAt: time('sent_at'),
    revision: integer().notNull().default(1),
    createdAt: time('created_at').notNull(),
  },
  (t) => [
    index('mails_newest').on(t.issuerId, t.createdAt.desc(), t.id.desc()),
    index('mails_about').on(t.about),
    index('mails_recipient').on(t.issuerId, t.recipient, t.createdAt),
    index('mails_queued').on(t.createdAt).where(sql`${t.state} = 'queued'`),
    check('mails_sent', sql`(${t.state} = 'sent') = (${t.sentAt} is not null)`),
  ],
)
