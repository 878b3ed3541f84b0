import { sql } from 'drizzle-orm'
import {
  check,
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
import { issuers } from '../issuers/table.ts'
import type { BadgeContent } from './schema.ts'

export const badgeClasses = pgTable(
  'badge_classes',
  {
    id: uuid().primaryKey(),
    issuerId: uuid('issuer_id')
      .notNull()
      .references(() => issuers.id),
    slug: text(),
    status: text({ enum: ['draft', 'published', 'archived'] }).notNull(),
    /** The newest version. */
    version: integer().notNull(),
    revision: integer().notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [
    uniqueIndex('badge_classes_slug').on(t.issuerId, t.slug),
    index('badge_classes_newest').on(t.issuerId, t.createdAt.desc(), t.id.desc()),
    check('badge_classes_status', sql`${t.status} in ('draft', 'published', 'archived')`),
  ],
)

/** What a badge class says. A version with `publishedAt` is frozen: a trigger refuses to change it. */
export const badgeClassVersions = pgTable(
  'badge_class_versions',
  {
    badgeClassId: uuid('badge_class_id')
      .notNull()
      .references(() => badgeClasses.id),
    version: integer().notNull(),
    content: jsonb().$type<BadgeContent>().notNull(),
    /** Name of a file of /images, as the issuer gave it. */
    image: text(),
    /** Name of its PNG form; the same file when a PNG was given. */
    imagePng: text('image_png'),
    publishedAt: timestamp('published_at', { withTimezone: true, precision: 3 }),
  },
  (t) => [primaryKey({ columns: [t.badgeClassId, t.version] })],
)
