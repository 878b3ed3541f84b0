import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { assertFresh, type Expected } from '../db/revision.ts'
import { type ListSource, readList } from './list/read-list.ts'
import { judgeRows, loadRows } from './load-rows.ts'
import { type Batch, lockBatch } from './queries.ts'
import { compareLists, currentList, deleteEarlierRows } from './row-queries.ts'
import type { Difference } from './schema.ts'
import { assertStatus } from './transitions.ts'

/** A corrected list. */
export interface Correction {
  readonly source: ListSource
  readonly expected: Expected
  /** Looks at the members of a JSON document beside its rows. @throws Invalid */
  checkOptions(document: unknown): unknown
}

/**
 * Puts a corrected list in the place of the one before. Who was issued to keeps the credential, whether or not
 * the new list names them; everybody else is judged anew, and the next commit issues what is new.
 * @throws NotFound, Stale; Conflict while the batch runs or when it was cancelled; Invalid
 */
export async function replaceRows(
  ctx: Context,
  actor: Actor,
  id: string,
  { source, expected, checkOptions }: Correction,
): Promise<{ batch: Batch; difference: Difference }> {
  return inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const before = await lockBatch(tx, actor, id)
    assertFresh(expected, before.revision)
    assertStatus(before, ['checked', 'scheduled', 'paused', 'done'])
    const list = await readList(source)
    const next = { ...before, list: before.list + 1 }
    await loadRows(here, currentList(next), list)
    checkOptions((await list.options()) ?? {})
    const batch = await judgeRows(here, before, {
      list: next.list,
      columns: [...list.columns],
      delimiter: list.delimiter,
      bom: list.bom,
      status: before.status === 'scheduled' ? 'scheduled' : 'checked',
      pauseReason: null,
      finishedAt: null,
    })
    const difference = await compareLists(tx, currentList(batch))
    await deleteEarlierRows(tx, currentList(batch))
    return { batch, difference }
  })
}
