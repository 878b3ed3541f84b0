import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { textColumn } from './text-column.ts'

/** A condition: the column is one of these ids, which go as one value however many they are. */
export function isOneOf(column: PgColumn, ids: readonly string[]): SQL {
  return sql`${column} = any(${textColumn(ids)}::uuid[])`
}
