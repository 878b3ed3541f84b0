import { sql } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

/** The pool, the embedded engine, or a transaction of either: a query can't tell. */
export type Db = PgDatabase<PgQueryResultHKT>

/** An open database: `db` until `close()`. */
export interface OpenDb {
  readonly db: Db
  close(): Promise<void>
}

/** Runs work in a transaction; inside another one it becomes a savepoint. */
export function inTransaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  return db.transaction((tx) => work(tx))
}

/** Throws unless the database answers. */
export async function ping(db: Db): Promise<void> {
  await db.execute(sql`select 1`)
}

/** Are all connections taken, or is the database gone? A later try may succeed. */
export function isUnavailable(error: unknown): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error
  const { code = '', message = '' } = (cause ?? {}) as { code?: string; message?: string }
  return (
    message === 'timeout exceeded when trying to connect' ||
    /^(ECONNREFUSED|ECONNRESET|57P0[123]|53300)$/.test(code)
  )
}

/**
 * The name of the unique index or constraint that refused a write (SQLSTATE 23505), or undefined for any
 * other error. drizzle wraps the driver's error as `cause`.
 */
export function violatedUnique(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause ? error.cause : error
  const { code, constraint } = (cause ?? {}) as { code?: string; constraint?: string }
  return code === '23505' ? (constraint ?? '') : undefined
}
