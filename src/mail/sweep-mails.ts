import type { Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { takeOverdueMails } from './queries.ts'

const OVERDUE_MS = 10 * 60_000
/** Nobody waits any longer for a mail so old, and its links have run out. */
const TOO_OLD_MS = 30 * 24 * 3600 * 1000
const AT_ONCE = 200

/**
 * Takes up queued mails whose job got lost, whose process died, or that were queued when no mail server was
 * configured. Without one it does nothing.
 * @param options.fresh at start, when nothing is under way in this process: whatever is due, at once
 */
export async function sweepMails(ctx: Context, { fresh = false } = {}): Promise<void> {
  if (!ctx.mailer) return
  const now = ctx.clock()
  const before = (ms: number) => new Date(now.getTime() - ms)
  await inTransaction(ctx.db, async (tx) => {
    const ids = await takeOverdueMails(tx, {
      dueBefore: before(fresh ? 0 : OVERDUE_MS),
      queuedAfter: before(TOO_OLD_MS),
      now,
      limit: AT_ONCE,
    })
    for (const mailId of ids) await ctx.queue.send(tx, 'send-mail', { mailId })
  })
}
