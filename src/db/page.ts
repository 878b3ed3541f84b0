import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { UUID_PATTERN } from '../fields.ts'

/** One page of a list; `nextCursor` is absent on the last one. */
export interface Page<T> {
  items: T[]
  nextCursor?: string
}

/** Where a list goes on: after this row, newest first. */
export interface Position {
  readonly createdAt: Date
  readonly id: string
}

export interface PageRequest {
  readonly limit: number
  readonly after?: Position
}

interface Keyed {
  createdAt: Date
  id: string
}

/**
 * Keyset pagination, newest first, on columns that never change: rows that others write meanwhile stand
 * before the first page, so none that was there is skipped or repeated.
 */
export function after(table: { createdAt: PgColumn; id: PgColumn }, position?: Position): SQL | undefined {
  if (!position) return undefined
  // Compared as one pair, an index leads to the place at once; an OR would be asked of every row before it.
  return sql`(${table.createdAt}, ${table.id}) < (${position.createdAt.toISOString()}, ${position.id})`
}

/** As the indexes have it, which drizzle-kit writes with NULLS LAST: to be in another order is to be sorted. */
export function newestFirst(table: { createdAt: PgColumn; id: PgColumn }): [SQL, SQL] {
  return [sql`${table.createdAt} desc nulls last`, sql`${table.id} desc nulls last`]
}

/** Cuts `limit + 1` rows to a page; the one more tells that there is a next page. */
export function toPage<Row extends Keyed, Item>(
  rows: Row[],
  limit: number,
  present: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit && last !== undefined
  return { items: shown.map(present), ...(more ? { nextCursor: encodeCursor(last) } : {}) }
}

function encodeCursor({ createdAt, id }: Keyed): string {
  return Buffer.from(`${createdAt.getTime()}.${id}`).toString('base64url')
}

// Milliseconds up to the year 5138: PostgreSQL reads no year of five digits.
const CURSOR = new RegExp(`^(\\d{1,14})\\.(${UUID_PATTERN})$`)

/** Reads a cursor that `toPage` made; undefined when it made no such thing. */
export function decodeCursor(cursor: string): Position | undefined {
  const match = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1'))
  return match ? { createdAt: new Date(Number(match[1])), id: match[2]! } : undefined
}
