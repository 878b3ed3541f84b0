import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { revokedEntries, statusListCredentials, statusLists } from './table.ts'

export type StatusListRow = typeof statusLists.$inferSelect

/** Positions `from`…`to`-1 of a list, given to nobody else. */
export interface Allocation {
  readonly listId: string
  readonly size: number
  readonly permutationKey: Uint8Array
  readonly from: number
  readonly to: number
}

/**
 * Takes up to `count` positions of the issuer's first list that has room, in one statement: the row lock
 * makes concurrent takers wait, and each starts where the other ended.
 * @returns undefined when no list has room
 */
export async function takePositions(
  db: Db,
  issuerId: string,
  count: number,
): Promise<Allocation | undefined> {
  const result = await db.execute(sql`
    with open as (
      select id, allocated from status_lists
      where issuer_id = ${issuerId} and allocated < size
      order by ordinal limit 1 for update
    )
    update status_lists as list set allocated = least(list.size, open.allocated + ${count}::int)
    from open where list.id = open.id
    returning list.id as "listId", list.size, list.permutation_key as "permutationKey",
              open.allocated as "from", list.allocated as "to"`)
  return (result as unknown as { rows: Allocation[] }).rows[0]
}

/** Starts the list after the issuer's full ones; harmless when it is there, because another request just did. */
export async function insertNextList(
  db: Db,
  list: Omit<typeof statusLists.$inferInsert, 'ordinal'>,
): Promise<void> {
  await db
    .insert(statusLists)
    .values({
      ...list,
      ordinal: sql<number>`(select coalesce(max(ordinal), 0) + 1 from status_lists where issuer_id = ${list.issuerId} and allocated = size)`,
    })
    .onConflictDoNothing()
}

/** A list and its credential as last signed. */
export async function findStatusList(db: Db, id: string) {
  const [found] = await db
    .select({ list: statusLists, signed: statusListCredentials })
    .from(statusLists)
    .leftJoin(statusListCredentials, eq(statusListCredentials.statusListId, statusLists.id))
    .where(eq(statusLists.id, id))
  return found
}

/** The same, the list's row locked until the transaction ends. */
export async function lockStatusList(tx: Db, id: string) {
  await tx.select({ id: statusLists.id }).from(statusLists).where(eq(statusLists.id, id)).for('update')
  return findStatusList(tx, id)
}

export async function storeSignedList(db: Db, row: typeof statusListCredentials.$inferInsert): Promise<void> {
  await db
    .insert(statusListCredentials)
    .values(row)
    .onConflictDoUpdate({ target: statusListCredentials.statusListId, set: row })
}

/** Sets entries to revoked and notes that what was signed is no longer the whole truth. */
export async function revokeEntries(
  tx: Db,
  entries: readonly { listId: string; index: number }[],
): Promise<void> {
  const byList = [...Map.groupBy(entries, (entry) => entry.listId)]
  // In one order everywhere, or two revocations would wait for each other.
  for (const [listId, ofList] of byList.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const indexes = sql.param(ofList.map(({ index }) => index))
    await tx.execute(sql`insert into revoked_entries (status_list_id, index)
      select ${listId}::uuid, unnest(${indexes}::integer[]) on conflict do nothing`)
    await tx
      .update(statusLists)
      .set({ changes: sql`${statusLists.changes} + 1` })
      .where(eq(statusLists.id, listId))
  }
}

export async function listRevokedIndexes(db: Db, listId: string): Promise<number[]> {
  const rows = await db
    .select({ index: revokedEntries.index })
    .from(revokedEntries)
    .where(eq(revokedEntries.statusListId, listId))
  return rows.map((row) => row.index)
}

export async function isRevoked(db: Db, listId: string, index: number): Promise<boolean> {
  const rows = await db
    .select({ index: revokedEntries.index })
    .from(revokedEntries)
    .where(and(eq(revokedEntries.statusListId, listId), eq(revokedEntries.index, index)))
  return rows.length > 0
}
