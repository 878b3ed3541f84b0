import type { Context } from '../../context.ts'
import { inTransaction } from '../../db/db.ts'
import { inside } from '../../db/inside.ts'
import { CallerError } from '../../errors.ts'
import { announceKey, claimKey, type EvidenceRow, hastenDiscarded } from './queries.ts'

/** No upload takes as long. */
const ANNOUNCED_MS = 3600 * 1000

/**
 * Stores bytes under a key that nobody else has, and then the row that refers to it: no row, no bytes. Before they
 * come it is written down that they may be of no use, so that not even a crash leaves bytes that nobody knows of.
 * @param write in a transaction
 * @throws CallerError 503 when it took so long that the bytes are gone again, and whatever `write` throws
 */
export async function storeUnderKey(
  ctx: Context,
  key: string,
  { path, mediaType }: { path: string; mediaType: string },
  write: (ctx: Context) => Promise<EvidenceRow>,
): Promise<EvidenceRow> {
  await announceKey(ctx.db, key, new Date(ctx.clock().getTime() + ANNOUNCED_MS))
  try {
    await ctx.storage.putFile(key, path, mediaType)
    return await inTransaction(ctx.db, async (tx) => {
      const here = inside(ctx, tx)
      const row = await write(here)
      if (!(await claimKey(tx, key, ctx.clock()))) throw new CallerError(503, 'unavailable')
      return row
    })
  } catch (error) {
    // Where even this fails, the announcement has them removed later.
    await inTransaction(ctx.db, (tx) => giveUp(inside(ctx, tx), key)).catch(() => undefined)
    throw error
  }
}

/** Of a transaction that was committed and failed to say so, the announcement is gone and the bytes stay. */
async function giveUp(ctx: Context, key: string): Promise<void> {
  if (await hastenDiscarded(ctx.db, key, ctx.clock())) await ctx.queue.send(ctx.db, 'remove-files', {})
}
