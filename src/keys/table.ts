import { sql } from 'drizzle-orm'
import { check, index, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { JWK } from 'jose'
import { issuers } from '../issuers/table.ts'

export const signingKeys = pgTable(
  'signing_keys',
  {
    id: uuid().primaryKey(),
    /** null: a key of the service itself */
    issuerId: uuid('issuer_id').references(() => issuers.id),
    algorithm: text({ enum: ['Ed25519', 'P-256'] }).notNull(),
    publicKeyMultibase: text('public_key_multibase').notNull().unique('signing_keys_public_key'),
    publicJwk: jsonb('public_jwk').$type<JWK>().notNull(),
    /** The private JWK, sealed with the master key (JWE). */
    sealedPrivateJwk: text('sealed_private_jwk').notNull(),
    status: text({ enum: ['active', 'retired'] }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
    retiredAt: timestamp('retired_at', { withTimezone: true, precision: 3 }),
  },
  (t) => [
    index('signing_keys_issuer').on(t.issuerId, t.createdAt),
    // One active key of a kind, for an issuer and for the service.
    uniqueIndex('signing_keys_one_active').on(t.issuerId, t.algorithm).where(sql`${t.status} = 'active'`),
    uniqueIndex('signing_keys_one_active_of_service')
      .on(t.algorithm)
      .where(sql`${t.status} = 'active' and ${t.issuerId} is null`),
    check('signing_keys_retired', sql`(${t.status} = 'retired') = (${t.retiredAt} is not null)`),
  ],
)
