import { setTimeout as sleep } from 'node:timers/promises'
import type { Actor, Context } from '../context.ts'
import { type Batch, getBatch } from './queries.ts'

const LOOK_EVERY_MS = 500
/** A silent line is cut by proxies: a comment keeps it. */
const COMMENT_EVERY_MS = 15_000

/**
 * The progress of a batch as server-sent events (HTML, section 9.2): `progress` whenever it changed, `done` when
 * it is done or cancelled, which ends the stream.
 * @param present writes the batch as JSON
 * @param signal fires when the reader leaves or this process stops
 */
export async function* batchEvents(
  ctx: Context,
  actor: Actor,
  id: string,
  { present, signal }: { present(batch: Batch): string; signal: AbortSignal },
): AsyncGenerator<string> {
  let seen = 0
  let told = Date.now()
  while (!signal.aborted) {
    const batch = await getBatch(ctx.db, actor, id)
    const isOver = batch.status === 'done' || batch.status === 'cancelled'
    if (batch.revision !== seen) {
      yield `event: ${isOver ? 'done' : 'progress'}\nid: ${batch.revision}\ndata: ${present(batch)}\n\n`
      seen = batch.revision
      told = Date.now()
    } else if (Date.now() - told > COMMENT_EVERY_MS) {
      yield ': still here\n\n'
      told = Date.now()
    }
    if (isOver) return
    await sleep(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined)
  }
}
