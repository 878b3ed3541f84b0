import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

export const issuers = pgTable(
  'issuers',
  {
    id: uuid().primaryKey(),
    slug: text().notNull().unique('issuers_slug'),
    name: text().notNull(),
    url: text().notNull(),
    email: text(),
    description: text(),
    language: text(),
    did: text().notNull().unique('issuers_did'),
    didMethod: text('did_method', { enum: ['web', 'key'] }).notNull(),
    proofSuite: text('proof_suite', { enum: ['eddsa-rdfc-2022', 'Ed25519Signature2020'] }).notNull(),
    /** Name of a file of /images. */
    image: text(),
    revision: integer().notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [
    index('issuers_newest').on(t.createdAt.desc(), t.id.desc()),
    check('issuers_did_method', sql`${t.didMethod} in ('web', 'key')`),
    check('issuers_proof_suite', sql`${t.proofSuite} in ('eddsa-rdfc-2022', 'Ed25519Signature2020')`),
  ],
)
