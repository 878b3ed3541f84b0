import { and, eq, lt, sql } from 'drizzle-orm'
import type { Db } from '../../db/db.ts'
import { idempotencyKeys } from './table.ts'

export interface KeyOfCaller {
  readonly caller: string
  readonly key: string
}

/**
 * Takes the key until the transaction ends.
 * @returns false while another transaction has it (on the embedded engine, which runs one at a time, never)
 */
export async function takeIdempotencyKey(tx: Db, { caller, key }: KeyOfCaller): Promise<boolean> {
  const result = await tx.execute(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`${caller} ${key}`}, 0)) as taken`,
  )
  const { rows } = result as unknown as { rows: { taken: boolean }[] }
  return rows[0]?.taken === true
}

/** The first answer to the key, unless it is older than `notBefore`. */
export async function findAnswer(tx: Db, { caller, key }: KeyOfCaller, notBefore: Date) {
  const [row] = await tx
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.caller, caller), eq(idempotencyKeys.key, key)))
  return row && row.createdAt >= notBefore ? row : undefined
}

export async function storeAnswer(tx: Db, row: typeof idempotencyKeys.$inferInsert): Promise<void> {
  await tx
    .insert(idempotencyKeys)
    .values(row)
    .onConflictDoUpdate({ target: [idempotencyKeys.caller, idempotencyKeys.key], set: row })
}

/** Forgets the answers that are older than `notBefore`. */
export async function purgeAnswers(db: Db, notBefore: Date): Promise<void> {
  await db.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, notBefore))
}
