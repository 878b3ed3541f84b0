import type { Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { daysAfter } from './days-after.ts'
import { eraseRequest } from './erase.ts'
import { discardEvidence } from './evidence/discard.ts'
import { deleteRequest, lockDue, lockForgotten, type RequestRow, updateRequest } from './queries.ts'
import { moveRequest, record, SERVICE } from './record.ts'

/** Requests of one transaction: on the embedded database everybody else waits for it. */
const AT_ONCE = 100

/** Days after which of a draft that was erased nothing is kept at all. */
const FORGOTTEN_AFTER_DAYS = 30

/**
 * Does what time asks for: erases drafts that have expired, deletes the evidence of what was decided long enough
 * ago, and forgets erased drafts. Safe beside another process that does the same.
 */
export async function purgeRequests(ctx: Context): Promise<void> {
  await untilNone(ctx, 'expiresAt', async (here, row) => {
    await eraseRequest(here, await moveRequest(here, row, 'expired', { who: SERVICE }))
  })
  await untilNone(ctx, 'evidenceUntil', async (here, row) => {
    await discardEvidence(here, row.id)
    await record(here, row, 'evidence-deleted', { who: SERVICE })
    await updateRequest(here.db, row, { evidenceUntil: null }, ctx.clock())
  })
  await inTransaction(ctx.db, async (tx) => {
    const before = daysAfter(ctx.clock(), -FORGOTTEN_AFTER_DAYS)
    for (const { id } of await lockForgotten(tx, before, AT_ONCE)) await deleteRequest(tx, id)
  })
}

async function untilNone(
  ctx: Context,
  what: 'expiresAt' | 'evidenceUntil',
  work: (here: Context, row: RequestRow) => Promise<void>,
): Promise<void> {
  let done = AT_ONCE
  while (done === AT_ONCE) {
    done = await inTransaction(ctx.db, async (tx) => {
      const rows = await lockDue(tx, what, ctx.clock(), AT_ONCE)
      for (const row of rows) await work(inside(ctx, tx), row)
      return rows.length
    })
  }
}
