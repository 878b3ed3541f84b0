import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { badgeClasses } from '../badge-classes/table.ts'
import { issuers } from '../issuers/table.ts'

const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** Claim codes that were made together, with the same rules. */
export const claimCodeSets = pgTable(
  'claim_code_sets',
  {
    id: uuid().primaryKey(),
    issuerId: uuid('issuer_id')
      .notNull()
      .references(() => issuers.id),
    badgeClassId: uuid('badge_class_id')
      .notNull()
      .references(() => badgeClasses.id),
    label: text(),
    count: integer().notNull(),
    usesPerCode: integer('uses_per_code').notNull(),
    /** How many badges all its codes together give; without one, count times usesPerCode. */
    maxUses: integer('max_uses').notNull(),
    used: integer().notNull().default(0),
    validFrom: time('valid_from'),
    validUntil: time('valid_until'),
    /** The codes as a JSON array, sealed: they can be printed again. */
    sealedCodes: text('sealed_codes').notNull(),
    revokedAt: time('revoked_at'),
    revision: integer().notNull().default(1),
    createdAt: time('created_at').notNull(),
  },
  (t) => [
    index('claim_code_sets_newest').on(t.badgeClassId, t.createdAt.desc(), t.id.desc()),
    check('claim_code_sets_used', sql`${t.used} <= ${t.maxUses}`),
  ],
)

export const claimCodes = pgTable(
  'claim_codes',
  {
    setId: uuid('set_id')
      .notNull()
      .references(() => claimCodeSets.id),
    /** Its place in the set, from 1. */
    number: integer().notNull(),
    /** SHA-256 of the code, in hexadecimal. */
    codeHash: text('code_hash').notNull().unique('claim_codes_hash'),
    uses: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.setId, t.number] })],
)
