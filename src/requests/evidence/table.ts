import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { requests } from '../table.ts'

const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** A part of a file that has come: its id names it in the storage, and no other attempt to send it has the same. */
export interface StoredPart {
  readonly id: string
  /** In bytes. */
  readonly size: number
}

/** Files that a person adds to a request. Their bytes are in the storage, under keyOf(id). */
export const evidenceFiles = pgTable(
  'evidence_files',
  {
    id: uuid().primaryKey(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    /** Id of an evidence slot of the form. */
    slot: text().notNull(),
    state: text({ enum: ['partial', 'stored'] }).notNull(),
    /** As the person's device calls it: shown, never a path. */
    name: text().notNull(),
    /** By its content; null until all has come. */
    mediaType: text('media_type'),
    /** Of the whole file, in bytes: as announced, then as stored. */
    size: integer().notNull(),
    /** Bytes of a partial file that have come, and in which parts. */
    received: integer().notNull(),
    parts: jsonb().$type<readonly StoredPart[]>().notNull().default([]),
    /** Of the stored bytes, in hexadecimal. */
    sha256: text(),
    /** The person wants it named in the credential. */
    shared: boolean().notNull().default(false),
    createdAt: time('created_at').notNull(),
    updatedAt: time('updated_at').notNull(),
  },
  (t) => [
    index('evidence_files_request').on(t.requestId, t.createdAt),
    uniqueIndex('evidence_files_one_partial').on(t.requestId, t.slot).where(sql`${t.state} = 'partial'`),
    check(
      'evidence_files_stored',
      sql`${t.state} <> 'stored' or (${t.mediaType} is not null and ${t.sha256} is not null)`,
    ),
  ],
)

/**
 * Keys of the storage that hold nothing of use, or will when an upload does not come to its end: written before
 * the bytes are, so that no crash leaves bytes that nobody knows of.
 */
export const discardedFiles = pgTable(
  'discarded_files',
  {
    key: text().primaryKey(),
    removeAfter: time('remove_after').notNull(),
  },
  (t) => [index('discarded_files_due').on(t.removeAfter)],
)
