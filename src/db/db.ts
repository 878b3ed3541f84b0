import { sql } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

/** The pool, the embedded engine, or a transaction of either: a query can't tell. */
export type Db = PgDatabase<PgQueryResultHKT>

/** An open database: `db` until `close()`. */
export interface OpenDb {
  readonly db: Db
  /** Runs SQL text as it is; without values it may be several statements, a whole BEGIN to COMMIT too. */
  run(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
  close(): Promise<void>
}

/** Runs work in a transaction; inside another one it becomes a savepoint. */
export function inTransaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  return db.transaction((tx) => work(tx))
}

/**
 * Until the transaction ends, joins look each row up or hash: of rows that were just written the planner has no
 * statistics, takes them for one or two, and would hold each against each.
 */
export async function joinWithoutStatistics(tx: Db): Promise<void> {
  // What is switched off looks dear to the planner, dear enough to compile it: not for so few rows.
  await tx.execute(sql`select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)`)
}

/** Throws unless the database answers. */
export async function ping(db: Db): Promise<void> {
  await db.execute(sql`select 1`)
}

/** Are all connections taken, or is the database gone? A later try may succeed. */
export function isUnavailable(error: unknown): boolean {
  const { code = '', message = '' } = causeOf(error)
  return (
    message === 'timeout exceeded when trying to connect' ||
    /^(ECONNREFUSED|ECONNRESET|57P0[123]|53300|40001|40P01)$/.test(code)
  )
}

/** Did two transactions wait for each other, and the database end this one (SQLSTATE 40001, 40P01)? */
export function isClash(error: unknown): boolean {
  return /^40(001|P01)$/.test(causeOf(error).code ?? '')
}

/** May the same work succeed a little later, when the database is back? */
export function isTransient(error: unknown): boolean {
  const { code = '', message = '' } = causeOf(error)
  return (
    isUnavailable(error) ||
    /^08|^57P|^25P0[23]|^EPIPE$|^ETIMEDOUT$/.test(code) ||
    // The last one is said when a connection broke inside a transaction, between two statements.
    /connection terminated|socket hang up|is not queryable/i.test(message)
  )
}

/** The disk of the database is full (SQLSTATE 53100), or writing to it failed (58030). */
export function isDiskFull(error: unknown): boolean {
  const { code = '', message = '' } = causeOf(error)
  return /^(53100|58030|ENOSPC)$/.test(code) || /no space left/i.test(message)
}

/** drizzle wraps the driver's error as `cause`. */
function causeOf(error: unknown): { code?: string; message?: string; constraint?: string } {
  const cause = error instanceof Error && error.cause ? error.cause : error
  return (cause ?? {}) as { code?: string; message?: string }
}

/**
 * The name of the unique index or constraint that refused a write (SQLSTATE 23505), or undefined for any
 * other error.
 */
export function violatedUnique(error: unknown): string | undefined {
  const { code, constraint } = causeOf(error)
  return code === '23505' ? (constraint ?? '') : undefined
}
