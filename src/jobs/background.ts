import { sweepBatches } from '../batches/sweep.ts'
import type { Context } from '../context.ts'
import { purgeNonces } from '../delivery/oid4vci/purge-nonces.ts'
import { purgeIdempotencyKeys } from '../http/idempotency/idempotency.ts'
import { purgeMails } from '../mail/purge-mails.ts'
import { sweepMails } from '../mail/sweep-mails.ts'
import { removeDiscardedFiles } from '../requests/evidence/remove-discarded.ts'
import { purgeRequests } from '../requests/purge.ts'
import { sweepTemporary } from '../storage/temporary-files.ts'
import { createHandlers } from './handlers.ts'

/** Jobs of one kind at once in this process. */
const CONCURRENCY = { 'issue-batch': 3, 'tell-awarded': 1, 'send-mail': 2, 'remove-files': 1 }
const SWEEP_EVERY_MS = 5000
const TELL_EVERY_MS = 60_000
const SWEEP_MAILS_EVERY_MS = 60_000
const REMOVE_FILES_EVERY_MS = 60_000
const SWEEP_FILES_EVERY_MS = 10 * 60_000
const PURGE_EVERY_MS = 10 * 60_000

/**
 * Starts what goes on without a request: the jobs, the look for batches without a worker, the purge of old
 * answers.
 * @returns stops it: jobs get a moment to end
 */
export async function startBackground(ctx: Context): Promise<() => Promise<void>> {
  await ctx.queue.start(createHandlers(ctx), CONCURRENCY)
  await sweepBatches(ctx, { fresh: true })
  await askToTell()
  await sweepMails(ctx, { fresh: true })
  await sweepFiles().catch(told)
  const timers = [
    every(SWEEP_EVERY_MS, () => sweepBatches(ctx)),
    every(TELL_EVERY_MS, askToTell),
    every(SWEEP_MAILS_EVERY_MS, () => sweepMails(ctx)),
    every(REMOVE_FILES_EVERY_MS, () => removeDiscardedFiles(ctx)),
    every(SWEEP_FILES_EVERY_MS, sweepFiles),
    every(PURGE_EVERY_MS, () => purgeIdempotencyKeys(ctx)),
    every(PURGE_EVERY_MS, () => purgeMails(ctx)),
    every(PURGE_EVERY_MS, () => purgeNonces(ctx)),
    every(PURGE_EVERY_MS, () => purgeRequests(ctx)),
  ]
  return async () => {
    for (const timer of timers) clearInterval(timer)
    await ctx.queue.stop()
    for (const { running } of timers) await running()
  }

  /** People of awards whose job got lost, or of a batch that takes long. */
  async function askToTell() {
    await ctx.queue.send(ctx.db, 'tell-awarded', {})
  }

  /** What a killed process left behind. */
  async function sweepFiles() {
    await sweepTemporary()
    await ctx.storage.sweep()
  }

  function told(err: unknown) {
    ctx.log.warn({ message: (err as Error).message }, 'background work failed')
  }

  /** One run at a time; one that fails is told and comes again. */
  function every(ms: number, work: () => Promise<void>) {
    let current: Promise<void> | undefined
    const timer = setInterval(() => {
      current ??= work()
        .catch(told)
        .finally(() => {
          current = undefined
        })
    }, ms)
    timer.unref()
    return Object.assign(timer, { running: async () => current })
  }
}
