import { sql } from 'drizzle-orm'
import { check, integer, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea } from '../db/bytea.ts'
import { issuers } from '../issuers/table.ts'

export const statusLists = pgTable(
  'status_lists',
  {
    id: uuid().primaryKey(),
    issuerId: uuid('issuer_id')
      .notNull()
      .references(() => issuers.id),
    /** What a set bit means (Bitstring Status List 1.0, section 2.2: `statusPurpose`). */
    purpose: text({ enum: ['revocation', 'suspension'] })
      .notNull()
      .default('revocation'),
    /** 1 for an issuer's first list of a purpose, 2 for the next one. */
    ordinal: integer().notNull(),
    size: integer().notNull(),
    /** How many indexes were given; the permutation makes an index of each count. */
    allocated: integer().notNull().default(0),
    /** Key of the permutation: without it nobody can tell which index came after which. */
    permutationKey: bytea('permutation_key').notNull(),
    /** Counts the changes of bits, so that a signed list knows whether it is still true. */
    changes: integer().notNull().default(0),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [
    uniqueIndex('status_lists_ordinal').on(t.issuerId, t.purpose, t.ordinal),
    check('status_lists_purpose', sql`${t.purpose} in ('revocation', 'suspension')`),
    check('status_lists_allocated', sql`${t.allocated} between 0 and ${t.size}`),
  ],
)

/** The entries whose bit is set: of revocations for ever, of suspensions until they are lifted. */
export const setEntries = pgTable(
  'set_entries',
  {
    statusListId: uuid('status_list_id')
      .notNull()
      .references(() => statusLists.id),
    index: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.statusListId, t.index] })],
)

/** The BitstringStatusListCredential as it was last signed. */
export const statusListCredentials = pgTable('status_list_credentials', {
  statusListId: uuid('status_list_id')
    .primaryKey()
    .references(() => statusLists.id),
  body: text().notNull(),
  /** The count of changes that the body holds. */
  changes: integer().notNull(),
  signedAt: timestamp('signed_at', { withTimezone: true, precision: 3 }).notNull(),
})
