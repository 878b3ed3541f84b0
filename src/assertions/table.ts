import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { badgeClassVersions } from '../badge-classes/table.ts'
import { issuers } from '../issuers/table.ts'
import { statusLists } from '../status-lists/table.ts'
import { type AssertionDetails, CREDENTIAL_FORMATS } from './schema.ts'

export const assertions = pgTable(
  'assertions',
  {
    id: uuid().primaryKey(),
    issuerId: uuid('issuer_id')
      .notNull()
      .references(() => issuers.id),
    badgeClassId: uuid('badge_class_id').notNull(),
    badgeClassVersion: integer('badge_class_version').notNull(),
    recipientType: text('recipient_type').notNull(),
    /** The address, DID or identifier itself: for delivery and look-up, never in a public document. */
    recipientIdentity: text('recipient_identity').notNull(),
    recipientName: text('recipient_name'),
    /** The issuer asked for one more for the same person. */
    duplicate: boolean().notNull(),
    awardedAt: timestamp('awarded_at', { withTimezone: true, precision: 3 }).notNull(),
    validFrom: timestamp('valid_from', { withTimezone: true, precision: 3 }).notNull(),
    validUntil: timestamp('valid_until', { withTimezone: true, precision: 3 }),
    /** The event it was earned at, '' for none: another event is another award (see events in batches). */
    eventKey: text('event_key').notNull().default(''),
    details: jsonb().$type<AssertionDetails>().notNull(),
    /** The person is to be told by mail, in this language; null: nobody is. */
    tellIn: text('tell_in', { enum: ['en', 'fr'] }),
    /** When that mail was put into the outbox. */
    toldAt: timestamp('told_at', { withTimezone: true, precision: 3 }),
    /** The capability in the credential's URL; not the id above, which may stand in a caller's logs. */
    credentialId: uuid('credential_id').notNull().unique('assertions_credential'),
    statusListId: uuid('status_list_id')
      .notNull()
      .references(() => statusLists.id),
    statusIndex: integer('status_index').notNull(),
    revokedAt: timestamp('revoked_at', { withTimezone: true, precision: 3 }),
    revocationReason: text('revocation_reason'),
    revision: integer().notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [
    foreignKey({
      name: 'assertions_badge_class_version',
      columns: [t.badgeClassId, t.badgeClassVersion],
      foreignColumns: [badgeClassVersions.badgeClassId, badgeClassVersions.version],
    }),
    // The same person holds a badge once for an event, unless the issuer asked for one more.
    uniqueIndex('assertions_one_per_person')
      .on(t.badgeClassId, t.recipientType, t.recipientIdentity, t.eventKey)
      .where(sql`${t.revokedAt} is null and not ${t.duplicate}`),
    uniqueIndex('assertions_status_index').on(t.statusListId, t.statusIndex),
    index('assertions_newest').on(t.issuerId, t.createdAt.desc(), t.id.desc()),
    index('assertions_badge_class').on(t.badgeClassId, t.createdAt.desc(), t.id.desc()),
    index('assertions_recipient').on(t.issuerId, t.recipientIdentity, t.createdAt.desc(), t.id.desc()),
    index('assertions_to_tell').on(t.createdAt).where(sql`${t.tellIn} is not null and ${t.toldAt} is null`),
    check('assertions_revocation', sql`(${t.revokedAt} is null) = (${t.revocationReason} is null)`),
  ],
)

/** The signed forms of a credential, each stored as the bytes that are served. */
export const credentials = pgTable(
  'credentials',
  {
    id: uuid()
      .notNull()
      .references(() => assertions.credentialId),
    /** `issued`: what was signed at the award; the others are made at their first fetch. */
    form: text({ enum: ['issued', 'eddsa-rdfc-2022', 'Ed25519Signature2020', 'vc-jwt'] }).notNull(),
    suite: text().notNull(),
    body: text().notNull(),
    signedAt: timestamp('signed_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.id, t.form] })],
)

/** What wallets collect: each form for each holder is signed once, with a status entry of its own. */
export const renderings = pgTable(
  'renderings',
  {
    /** The capability in the URL of this credential. */
    id: uuid().primaryKey(),
    assertionId: uuid('assertion_id')
      .notNull()
      .references(() => assertions.id),
    format: text({ enum: CREDENTIAL_FORMATS }).notNull(),
    /** The DID of the holder; '' for whoever has it. */
    subject: text().notNull(),
    statusListId: uuid('status_list_id')
      .notNull()
      .references(() => statusLists.id),
    statusIndex: integer('status_index').notNull(),
    body: text().notNull(),
    /** How often a wallet collected it. */
    served: integer().notNull(),
    signedAt: timestamp('signed_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [
    uniqueIndex('renderings_once').on(t.assertionId, t.format, t.subject),
    uniqueIndex('renderings_status_index').on(t.statusListId, t.statusIndex),
  ],
)
