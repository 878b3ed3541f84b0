import { randomUUID } from 'node:crypto'
import { notPublished } from '../badge-classes/not-published.ts'
import { getBadgeClass } from '../badge-classes/queries.ts'
import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { checkEvent, eventKeyOf } from './event.ts'
import { type ListSource, readList } from './list/read-list.ts'
import { judgeRows, loadRows } from './load-rows.ts'
import { type Batch, insertBatch } from './queries.ts'
import type { BatchOptions } from './schema.ts'

/** Gives the options of a batch once its list was read: those of a JSON document can stand behind its rows. */
export type ReadOptions = (document: unknown) => BatchOptions

/**
 * Takes in a list of people for a badge class and says of each row what would become of it. Issues nothing.
 * @throws NotFound; Conflict when the badge class is not published; Invalid when the list cannot be read
 */
export async function createBatch(
  ctx: Context,
  actor: Actor,
  badgeClassId: string,
  { source, readOptions }: { source: ListSource; readOptions: ReadOptions },
): Promise<Batch> {
  const { badgeClass } = await getBadgeClass(ctx.db, actor, badgeClassId)
  const { status, issuerId } = badgeClass
  if (status !== 'published') throw notPublished(status)
  return inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const list = await readList(source)
    const draft = await insertBatch(tx, {
      id: randomUUID(),
      issuerId,
      badgeClassId,
      status: 'checked',
      eventKey: '',
      discloseName: false,
      notify: false,
      columns: [],
      delimiter: list.delimiter,
      bom: list.bom,
      list: 1,
      // Nobody sees it before its rows were judged, which makes it 1.
      revision: 0,
      createdAt: ctx.clock(),
    })
    await loadRows(here, { batchId: draft.id, list: 1 }, list)
    const { event = null, discloseName = false, notify = true } = readOptions(await list.options())
    if (event) checkEvent(event)
    const columns = [...list.columns]
    return judgeRows(here, draft, { event, eventKey: eventKeyOf(event), discloseName, notify, columns })
  })
}
