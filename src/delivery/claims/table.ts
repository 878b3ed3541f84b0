import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { CREDENTIAL_FORMATS } from '../../assertions/schema.ts'
import { assertions } from '../../assertions/table.ts'
import { bytea } from '../../db/bytea.ts'
import { issuers } from '../../issuers/table.ts'

const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** The right to collect one assertion, once or a few times. */
export const claims = pgTable(
  'claims',
  {
    /** The capability in every link of it. */
    id: uuid().primaryKey(),
    issuerId: uuid('issuer_id')
      .notNull()
      .references(() => issuers.id),
    assertionId: uuid('assertion_id')
      .notNull()
      .references(() => assertions.id),
    binding: text({ enum: ['none', 'did'] }).notNull(),
    /** How the code went out that a wallet asks for; null: there is none. */
    pin: text({ enum: ['mailed', 'returned'] }),
    /** MAC of that code: its few digits would be found from a hash. */
    pinMac: bytea('pin_mac'),
    pinAttempts: integer('pin_attempts').notNull().default(0),
    maxCollections: integer('max_collections').notNull(),
    /** How many presentations were taken: each has a challenge of its own. */
    sequence: integer().notNull().default(0),
    /** When a wallet first began an exchange. */
    begunAt: time('begun_at'),
    expiresAt: time('expires_at').notNull(),
    withdrawnAt: time('withdrawn_at'),
    withdrawal: text({ enum: ['asked', 'wrong-codes'] }),
    /** When its holder had a new link sent, after its end. */
    renewedAt: time('renewed_at'),
    createdAt: time('created_at').notNull(),
  },
  (t) => [
    index('claims_assertion').on(t.assertionId, t.createdAt),
    check('claims_pin', sql`(${t.pin} is null) = (${t.pinMac} is null)`),
    check('claims_withdrawal', sql`(${t.withdrawnAt} is null) = (${t.withdrawal} is null)`),
  ],
)

/** Each time a wallet collected: the same wallet may do so again while the claim lasts. */
export const claimCollections = pgTable(
  'claim_collections',
  {
    id: uuid().primaryKey(),
    claimId: uuid('claim_id')
      .notNull()
      .references(() => claims.id),
    /** The DID of the wallet; '' where the credential names none. */
    subject: text().notNull(),
    protocol: text({ enum: ['vcapi', 'openid4vci'] }).notNull(),
    format: text({ enum: CREDENTIAL_FORMATS }).notNull(),
    at: time('at').notNull(),
  },
  (t) => [index('claim_collections_claim').on(t.claimId, t.at)],
)
