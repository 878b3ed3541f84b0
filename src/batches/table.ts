import { sql } from 'drizzle-orm'
import {
  boolean,
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
import { badgeClasses } from '../badge-classes/table.ts'
import { issuers } from '../issuers/table.ts'
import type { Params } from '../messages.ts'
import type { ListColumn } from './list/list-row.ts'
import type { BatchEvent, RowDetails } from './schema.ts'

export const batches = pgTable(
  'batches',
  {
    id: uuid().primaryKey(),
    issuerId: uuid('issuer_id')
      .notNull()
      .references(() => issuers.id),
    badgeClassId: uuid('badge_class_id')
      .notNull()
      .references(() => badgeClasses.id),
    /** The version that its credentials get: the newest at commit. */
    badgeClassVersion: integer('badge_class_version'),
    status: text({ enum: ['checked', 'scheduled', 'running', 'paused', 'done', 'cancelled'] }).notNull(),
    pauseReason: text('pause_reason', {
      enum: ['not-published', 'signing-key', 'self-check', 'storage', 'internal'],
    }),
    event: jsonb().$type<BatchEvent>(),
    /** See eventKeyOf; '' without an event. */
    eventKey: text('event_key').notNull(),
    discloseName: boolean('disclose_name').notNull(),
    /** Its people are told by mail. */
    notify: boolean().notNull().default(false),
    columns: jsonb().$type<ListColumn[]>().notNull(),
    delimiter: text().notNull(),
    bom: boolean().notNull(),
    /** Which posted list its rows are of: 1, and one more for every correction. */
    list: integer().notNull(),
    // How many rows of the list are in each state.
    ready: integer().notNull().default(0),
    duplicate: integer().notNull().default(0),
    alreadyAwarded: integer('already_awarded').notNull().default(0),
    invalid: integer().notNull().default(0),
    issued: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    revoked: integer().notNull().default(0),
    commitAt: timestamp('commit_at', { withTimezone: true, precision: 3 }),
    committedAt: timestamp('committed_at', { withTimezone: true, precision: 3 }),
    /** When work on it was last seen or asked for. */
    progressedAt: timestamp('progressed_at', { withTimezone: true, precision: 3 }),
    finishedAt: timestamp('finished_at', { withTimezone: true, precision: 3 }),
    revision: integer().notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [
    index('batches_newest').on(t.issuerId, t.createdAt.desc(), t.id.desc()),
    index('batches_open').on(t.status).where(sql`${t.status} in ('scheduled', 'running', 'paused')`),
    check('batches_paused', sql`(${t.status} = 'paused') = (${t.pauseReason} is not null)`),
    check('batches_scheduled', sql`${t.status} <> 'scheduled' or ${t.commitAt} is not null`),
  ],
)

/** A row of a list. Those of an earlier list stay only where they were issued. */
export const batchRows = pgTable(
  'batch_rows',
  {
    batchId: uuid('batch_id')
      .notNull()
      .references(() => batches.id),
    list: integer().notNull(),
    line: integer().notNull(),
    /** As posted, in the order of the columns. */
    cells: jsonb().$type<readonly string[]>().notNull(),
    recipientType: text('recipient_type'),
    recipientIdentity: text('recipient_identity'),
    recipientName: text('recipient_name'),
    details: jsonb().$type<RowDetails>().notNull(),
    state: text({
      enum: ['ready', 'duplicate', 'already-awarded', 'invalid', 'issued', 'failed', 'revoked'],
    }).notNull(),
    /** A code of messages.ts, and what it says of. */
    reason: text(),
    reasonParams: jsonb('reason_params').$type<Params>(),
    suggestion: text(),
    /**
     * Its own award, or the one by which the person holds the badge already. Without a foreign key: the row is
     * marked in the transaction that stores the award, which is never deleted.
     */
    assertionId: uuid('assertion_id'),
    credentialId: uuid('credential_id'),
  },
  (t) => [
    primaryKey({ columns: [t.batchId, t.list, t.line] }),
    check('batch_rows_issued', sql`${t.state} <> 'issued' or ${t.credentialId} is not null`),
  ],
)
