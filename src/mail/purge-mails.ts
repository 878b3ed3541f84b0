import type { Context } from '../context.ts'
import { deleteMailsBefore } from './queries.ts'

const KEPT_MS = 30 * 24 * 3600 * 1000

/** Deletes mails, addresses and contents, 30 days after they were sent or given up. */
export async function purgeMails(ctx: Context): Promise<void> {
  await deleteMailsBefore(ctx.db, new Date(ctx.clock().getTime() - KEPT_MS))
}
