import { setImmediate as nextTurn } from 'node:timers/promises'
import { getBadgeClassAtVersion } from '../badge-classes/queries.ts'
import type { Context } from '../context.ts'
import { isClash, isDiskFull, isTransient } from '../db/db.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { activeKey, NoSigningKey } from '../keys/active-key.ts'
import { ThreadEnded } from '../signing/threads.ts'
import { SelfCheckFailed } from '../vc/engine/self-check.ts'
import { isNoLongerRunning, issueChunk } from './issue-chunk.ts'
import { type Batch, findBatch, finishIfEmpty, type PauseReason, pauseBatch } from './queries.ts'

/** Rows of one transaction: on the embedded database requests wait for it, so there it is short. */
const CHUNK = { embedded: 100, postgres: 500 }

/** A chunk that lost against another transaction, or lost its signing thread, is tried again so often. */
const MAX_CLASHES = 10

/**
 * Works on a batch until no row is free, beside any other worker that does. What another worker has in hand is
 * passed over; the one that issues the last row ends the batch. Its people are told afterwards: what signs is not
 * to wait for what writes.
 * @param signal fires when this process stops
 * @throws an error of the database that may pass: the job comes again
 */
export async function issueBatch(ctx: Context, batchId: string, signal: AbortSignal): Promise<void> {
  const batch = await findBatch(ctx.db, batchId)
  if (batch?.status !== 'running') return
  const hasEnded = await issueUntilEnd(ctx, batch, signal)
  if (hasEnded && batch.notify) await ctx.queue.send(ctx.db, 'tell-awarded', {})
}

/** @returns whether the batch stopped here; otherwise another worker has the last rows in hand */
async function issueUntilEnd(ctx: Context, batch: Batch, signal: AbortSignal): Promise<boolean> {
  try {
    await issueRows(ctx, batch, signal)
    return await finishIfEmpty(ctx.db, batch.id, ctx.clock())
  } catch (error) {
    if (isNoLongerRunning(error)) return true
    // What a stop breaks off is no fault of the batch.
    if (signal.aborted || isTransient(error)) throw error
    const reason = pauseReasonOf(error)
    ctx.log.error({ err: error, batch: batch.id, reason }, 'a batch is paused')
    await pauseBatch(ctx.db, batch.id, reason, ctx.clock())
    return true
  }
}

async function issueRows(ctx: Context, batch: Batch, signal: AbortSignal): Promise<void> {
  const issuer = await getIssuerById(ctx.db, batch.issuerId)
  const size = ctx.config.databaseUrl ? CHUNK.postgres : CHUNK.embedded
  let afterLine = 0
  for (let clashes = 0; !signal.aborted; ) {
    try {
      const badge = await getBadgeClassAtVersion(ctx.db, batch.badgeClassId, batch.badgeClassVersion!)
      if (badge.badgeClass.status !== 'published') throw new NotPublished('The badge class is not published')
      const basis = { issuer, badge, key: await activeKey(ctx, issuer, 'Ed25519') }
      const last = await issueChunk(ctx, { batch, basis }, { afterLine, size })
      // Once more from the top: rows whose worker died are free again.
      if (last === undefined && afterLine === 0) return
      afterLine = last ?? 0
      clashes = 0
    } catch (error) {
      if (!(isClash(error) || error instanceof ThreadEnded) || ++clashes > MAX_CLASHES) throw error
    }
    // Requests that came in meanwhile are answered first.
    await nextTurn()
  }
}

class NotPublished extends Error {}

function pauseReasonOf(error: unknown): PauseReason {
  if (error instanceof NotPublished) return 'not-published'
  if (error instanceof NoSigningKey) return 'signing-key'
  if (error instanceof SelfCheckFailed) return 'self-check'
  return isDiskFull(error) ? 'storage' : 'internal'
}
