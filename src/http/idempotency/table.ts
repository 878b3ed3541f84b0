import { index, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** The first answer to each `Idempotency-Key`, kept for 24 hours. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** Who sent it: `operator` or the id of an API key. */
    caller: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of method, URL and body. */
    fingerprint: text().notNull(),
    /** Status, headers and body, sealed: an answer can hold a new API key or a person's address. */
    sealedAnswer: text('sealed_answer').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.caller, t.key] }), index('idempotency_keys_age').on(t.createdAt)],
)
