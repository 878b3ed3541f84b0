import type { Context } from '../context.ts'
import { joinWithoutStatistics } from '../db/db.ts'
import { type CheckedRow, checkRow } from './list/check-row.ts'
import type { ReadList } from './list/read-list.ts'
import { type Batch, updateBatch } from './queries.ts'
import {
  carryIssued,
  countStates,
  currentList,
  insertRows,
  type ListOf,
  markDuplicates,
  markHeld,
} from './row-queries.ts'

/** Rows on their way to the database at once. */
const SLICE = 500
/** And their characters, for rows can be long. */
const SLICE_LENGTH = 1024 * 1024

/** Stores the rows of a list as they are read, each held against the rules by itself. */
export async function loadRows(ctx: Context, to: ListOf, list: ReadList): Promise<void> {
  const now = ctx.clock()
  let slice: CheckedRow[] = []
  let length = 0
  for await (const row of list.rows) {
    slice.push(checkRow(row, list.columns, now))
    for (const cell of row.cells) length += cell.length
    if (slice.length < SLICE && length < SLICE_LENGTH) continue
    length = 0
    await insertRows(ctx.db, to, slice)
    slice = []
  }
  if (slice.length > 0) await insertRows(ctx.db, to, slice)
}

/**
 * Holds the rows against each other and against what was awarded before, and counts them.
 * @param change what the new list makes of the batch, stored together with the counts
 */
export async function judgeRows(ctx: Context, batch: Batch, change: Partial<Batch>): Promise<Batch> {
  const changed = { ...batch, ...change }
  const list = currentList(changed)
  await joinWithoutStatistics(ctx.db)
  await markDuplicates(ctx.db, list)
  if (changed.list > 1) await carryIssued(ctx.db, list)
  await markHeld(ctx.db, changed)
  const counts = await countStates(ctx.db, list)
  return updateBatch(ctx.db, batch, {
    ...change,
    ready: counts.ready ?? 0,
    duplicate: counts.duplicate ?? 0,
    alreadyAwarded: counts['already-awarded'] ?? 0,
    invalid: counts.invalid ?? 0,
    issued: counts.issued ?? 0,
    failed: 0,
    revoked: 0,
  })
}
