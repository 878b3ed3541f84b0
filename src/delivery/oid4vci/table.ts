import { boolean, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea } from '../../db/bytea.ts'
import { claims } from '../claims/table.ts'

const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** Pre-authorised codes that were redeemed, each for one access token. A code itself is kept nowhere. */
export const oid4vciGrants = pgTable(
  'oid4vci_grants',
  {
    id: uuid().primaryKey(),
    claimId: uuid('claim_id')
      .notNull()
      .references(() => claims.id),
    configuration: text().notNull(),
    /** 0 for the first code of an offer, 1 for the one after it. */
    generation: integer().notNull(),
    /** SHA-256 of the access token. */
    tokenHash: bytea('token_hash').notNull().unique('oid4vci_grants_token'),
    tokenExpiresAt: time('token_expires_at').notNull(),
    /** Whether the token was asked for with authorization_details, and is used by credential_identifier. */
    hasDetails: boolean('has_details').notNull(),
    redeemedAt: time('redeemed_at').notNull(),
  },
  (t) => [uniqueIndex('oid4vci_grants_code').on(t.claimId, t.configuration, t.generation)],
)

/** What wallets say has become of what they collected. */
export const oid4vciNotifications = pgTable('oid4vci_notifications', {
  id: uuid().primaryKey(),
  grantId: uuid('grant_id')
    .notNull()
    .references(() => oid4vciGrants.id),
  event: text({ enum: ['credential_accepted', 'credential_failure', 'credential_deleted'] }),
  description: text(),
  at: time('at'),
})

/** Nonces that were used, until they would have expired by themselves. */
export const oid4vciUsedNonces = pgTable(
  'oid4vci_used_nonces',
  {
    hash: bytea().primaryKey(),
    expiresAt: time('expires_at').notNull(),
  },
  (t) => [index('oid4vci_used_nonces_expiry').on(t.expiresAt)],
)
