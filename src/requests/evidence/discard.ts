import type { Context } from '../../context.ts'
import { keysOf } from './keys.ts'
import { deleteEvidenceRows, type EvidenceFilter, type EvidenceRow, insertDiscarded } from './queries.ts'

/**
 * Deletes files of a request, all of them by default: their rows in the caller's transaction, their bytes as soon as
 * it is committed.
 */
export async function discardEvidence(
  ctx: Context,
  requestId: string,
  filter: EvidenceFilter = {},
): Promise<EvidenceRow[]> {
  const rows = await deleteEvidenceRows(ctx.db, requestId, filter)
  await discardKeys(ctx, rows.flatMap(keysOf))
  return rows
}

/** Has these keys of the storage emptied, once the caller's transaction is committed. */
async function discardKeys(ctx: Context, keys: string[]): Promise<void> {
  if (keys.length === 0) return
  await insertDiscarded(ctx.db, keys, ctx.clock())
  await ctx.queue.send(ctx.db, 'remove-files', {})
}
