import { index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { issuers } from '../issuers/table.ts'
import { statusLists } from '../status-lists/table.ts'

/** The status entries of credentials that were signed as given. The credentials themselves are not kept. */
export const issuedEntries = pgTable(
  'issued_entries',
  {
    statusListId: uuid('status_list_id')
      .notNull()
      .references(() => statusLists.id),
    index: integer().notNull(),
    issuerId: uuid('issuer_id')
      .notNull()
      .references(() => issuers.id),
    /** The credential's own id, where it has one. */
    credentialId: text('credential_id'),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.statusListId, t.index] }),
    index('issued_entries_credential').on(t.issuerId, t.credentialId),
  ],
)
