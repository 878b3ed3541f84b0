import { index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Scope } from '../context.ts'
import { issuers } from '../issuers/table.ts'

export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid().primaryKey(),
    issuerId: uuid('issuer_id')
      .notNull()
      .references(() => issuers.id),
    name: text().notNull(),
    /** SHA-256 of the key, hex: a key has 256 random bits, so a slow hash would add nothing. */
    keyHash: text('key_hash').notNull().unique('api_keys_key_hash'),
    scopes: text().array().$type<Scope[]>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, precision: 3 }),
    lastUsedAt: timestamp('last_used_at', { withTimezone: true, precision: 3 }),
    revokedAt: timestamp('revoked_at', { withTimezone: true, precision: 3 }),
  },
  (t) => [index('api_keys_newest').on(t.issuerId, t.createdAt.desc(), t.id.desc())],
)
