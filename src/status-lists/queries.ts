import { and, eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { isOneOf } from '../db/one-of.ts'
import { setEntries, statusListCredentials, statusLists } from './table.ts'

export type StatusListRow = typeof statusLists.$inferSelect

/** What a set bit means. */
export type StatusPurpose = StatusListRow['purpose']

/** Whose lists, and of what purpose. */
export type ListKind = Pick<StatusListRow, 'issuerId' | 'purpose'>

/** Positions `from`…`to`-1 of a list, given to nobody else. */
export interface Allocation {
  readonly listId: string
  readonly size: number
  readonly permutationKey: Uint8Array
  readonly from: number
  readonly to: number
}

/**
 * Takes up to `count` positions of the issuer's first list of a purpose that has room, in one statement: the row lock
 * makes concurrent takers wait, and each starts where the other ended.
 * @returns undefined when no list has room
 */
export async function takePositions(
  db: Db,
  { issuerId, purpose }: ListKind,
  count: number,
): Promise<Allocation | undefined> {
  const result = await db.execute(sql`
    with open as (
      select id, allocated from status_lists
      where issuer_id = ${issuerId} and purpose = ${purpose} and allocated < size
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
  list: Omit<typeof statusLists.$inferInsert, 'ordinal' | 'purpose'> & ListKind,
): Promise<void> {
  await db
    .insert(statusLists)
    .values({
      ...list,
      ordinal: sql<number>`(select coalesce(max(ordinal), 0) + 1 from status_lists where issuer_id = ${list.issuerId} and purpose = ${list.purpose} and allocated = size)`,
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

export async function findStatusLists(db: Db, ids: readonly string[]): Promise<StatusListRow[]> {
  return db.select().from(statusLists).where(isOneOf(statusLists.id, ids))
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

interface EntryOfList {
  readonly listId: string
  readonly index: number
}

/** Sets the bits of entries, and notes that what was signed is no longer the whole truth. */
export async function setEntryBits(tx: Db, entries: readonly EntryOfList[]): Promise<void> {
  await changeLists(
    tx,
    entries,
    (listId, indexes) => sql`insert into set_entries (status_list_id, index)
      select ${listId}::uuid, unnest(${indexes}::integer[]) on conflict do nothing`,
  )
}

/** Clears them again: of lists whose purpose can be taken back. */
export async function clearEntryBits(tx: Db, entries: readonly EntryOfList[]): Promise<void> {
  await changeLists(
    tx,
    entries,
    (listId, indexes) => sql`delete from set_entries
      where status_list_id = ${listId}::uuid and index = any(${indexes}::integer[])`,
  )
}

async function changeLists(
  tx: Db,
  entries: readonly EntryOfList[],
  change: (listId: string, indexes: SQLWrapper) => SQL,
): Promise<void> {
  const byList = [...Map.groupBy(entries, (entry) => entry.listId)]
  // In one order everywhere, or two changes would wait for each other.
  for (const [listId, ofList] of byList.sort(([a], [b]) => (a < b ? -1 : 1))) {
    await tx.execute(change(listId, sql.param(ofList.map(({ index }) => index))))
    await tx
      .update(statusLists)
      .set({ changes: sql`${statusLists.changes} + 1` })
      .where(eq(statusLists.id, listId))
  }
}

export async function listSetIndexes(db: Db, listId: string): Promise<number[]> {
  const rows = await db
    .select({ index: setEntries.index })
    .from(setEntries)
    .where(eq(setEntries.statusListId, listId))
  return rows.map((row) => row.index)
}

export async function isSet(db: Db, listId: string, index: number): Promise<boolean> {
  const rows = await db
    .select({ index: setEntries.index })
    .from(setEntries)
    .where(and(eq(setEntries.statusListId, listId), eq(setEntries.index, index)))
  return rows.length > 0
}
