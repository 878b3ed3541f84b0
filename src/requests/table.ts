import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { assertions } from '../assertions/table.ts'
import { badgeClasses } from '../badge-classes/table.ts'
import { issuers } from '../issuers/table.ts'
import type { Answers, ChecklistItem, ConsentReceipt, ReferentAnswer } from './schema.ts'

const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

const STATES = ['draft', 'submitted', 'returned', 'accepted', 'rejected', 'withdrawn', 'expired'] as const

/** A person asks for a badge. What is personal is null once it was erased. */
export const requests = pgTable(
  'requests',
  {
    id: uuid().primaryKey(),
    issuerId: uuid('issuer_id')
      .notNull()
      .references(() => issuers.id),
    badgeClassId: uuid('badge_class_id')
      .notNull()
      .references(() => badgeClasses.id),
    /** The version whose form is filled in: a form does not change under the hands of a person. */
    badgeClassVersion: integer('badge_class_version').notNull(),
    state: text({ enum: STATES }).notNull(),
    /** How often it was submitted; approvals count for one round. */
    round: integer().notNull().default(0),
    language: text({ enum: ['en', 'fr'] }).notNull(),
    name: text(),
    email: text(),
    structureName: text('structure_name'),
    structureSiret: text('structure_siret'),
    /** The structure's name as one looks for it: see structureKeyOf. */
    structureKey: text('structure_key'),
    referentName: text('referent_name'),
    referentEmail: text('referent_email'),
    referentAnswer: jsonb('referent_answer').$type<ReferentAnswer>(),
    answers: jsonb().$type<Answers>().notNull(),
    consent: jsonb().$type<ConsentReceipt>(),
    checklist: jsonb().$type<ChecklistItem[]>().notNull(),
    /** Who reviews it, until when. */
    assignedTo: text('assigned_to'),
    leaseUntil: time('lease_until'),
    /** The reason of the last return or rejection. */
    reason: text(),
    assertionId: uuid('assertion_id').references(() => assertions.id),
    /** Of the credential that the assertion made. */
    credentialId: uuid('credential_id'),
    /** When what is not submitted is erased. */
    expiresAt: time('expires_at'),
    submittedAt: time('submitted_at'),
    decidedAt: time('decided_at'),
    /** When the evidence of a decided one is deleted. */
    evidenceUntil: time('evidence_until'),
    /** When everything personal was erased. */
    erasedAt: time('erased_at'),
    revision: integer().notNull().default(1),
    createdAt: time('created_at').notNull(),
    updatedAt: time('updated_at').notNull(),
  },
  (t) => [
    // Filters of the list, and pairs of them, are read from an index in the order of the list: where little
    // matches, nothing else is walked through.
    index('requests_newest').on(t.issuerId, t.createdAt.desc(), t.id.desc()),
    index('requests_by_state').on(t.issuerId, t.state, t.createdAt.desc(), t.id.desc()),
    index('requests_by_badge').on(t.issuerId, t.badgeClassId, t.createdAt.desc(), t.id.desc()),
    index('requests_by_badge_state').on(t.issuerId, t.badgeClassId, t.state, t.createdAt.desc(), t.id.desc()),
    index('requests_by_structure')
      .on(t.issuerId, t.structureKey, t.createdAt.desc(), t.id.desc())
      .where(sql`${t.state} <> 'draft'`),
    index('requests_by_structure_state')
      .on(t.issuerId, t.structureKey, t.state, t.createdAt.desc(), t.id.desc())
      .where(sql`${t.state} <> 'draft'`),
    index('requests_by_siret')
      .on(t.issuerId, t.structureSiret, t.createdAt.desc(), t.id.desc())
      .where(sql`${t.state} <> 'draft'`),
    index('requests_by_siret_state')
      .on(t.issuerId, t.structureSiret, t.state, t.createdAt.desc(), t.id.desc())
      .where(sql`${t.state} <> 'draft'`),
    index('requests_by_badge_structure')
      .on(t.issuerId, t.badgeClassId, t.structureKey, t.createdAt.desc(), t.id.desc())
      .where(sql`${t.state} <> 'draft'`),
    index('requests_by_badge_siret')
      .on(t.issuerId, t.badgeClassId, t.structureSiret, t.createdAt.desc(), t.id.desc())
      .where(sql`${t.state} <> 'draft'`),
    index('requests_assigned')
      .on(t.issuerId, t.assignedTo, t.createdAt.desc(), t.id.desc())
      .where(sql`${t.assignedTo} is not null`),
    index('requests_by_email').on(t.badgeClassId, sql`lower(${t.email})`),
    index('requests_expiring').on(t.expiresAt).where(sql`${t.expiresAt} is not null`),
    index('requests_evidence_until').on(t.evidenceUntil).where(sql`${t.evidenceUntil} is not null`),
    check(
      'requests_state',
      sql`${t.state} in ('draft', 'submitted', 'returned', 'accepted', 'rejected', 'withdrawn', 'expired')`,
    ),
    check('requests_accepted', sql`(${t.state} = 'accepted') = (${t.assertionId} is not null)`),
    check('requests_consented', sql`${t.state} <> 'submitted' or ${t.consent} is not null`),
  ],
)

/** What opens one request without an account: SHA-256 of an unguessable token. */
export const requestLinks = pgTable(
  'request_links',
  {
    id: uuid().primaryKey(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['resume', 'referent', 'reviewer'] }).notNull(),
    tokenHash: text('token_hash').notNull().unique('request_links_token'),
    /** Whom a reviewer's link was given to. */
    holder: text(),
    expiresAt: time('expires_at'),
    createdAt: time('created_at').notNull(),
  },
  (t) => [index('request_links_request').on(t.requestId)],
)

/** Everything that happened to a request. */
export const requestEvents = pgTable(
  'request_events',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id, { onDelete: 'cascade' }),
    at: time('at').notNull(),
    event: text().notNull(),
    fromState: text('from_state', { enum: STATES }),
    toState: text('to_state', { enum: STATES }),
    by: text({
      enum: ['applicant', 'api-key', 'operator', 'reviewer', 'referent', 'service'],
    }).notNull(),
    /** The API key, where one acted. */
    keyId: uuid('key_id'),
    /** The name that the reviewer goes by. */
    name: text(),
    reason: text(),
  },
  (t) => [index('request_events_request').on(t.requestId, t.id)],
)

/** Who approved a request, where several have to. */
export const requestApprovals = pgTable(
  'request_approvals',
  {
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id, { onDelete: 'cascade' }),
    round: integer().notNull(),
    /** See reviewerKeyOf. */
    reviewer: text().notNull(),
    at: time('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.round, t.reviewer] })],
)
