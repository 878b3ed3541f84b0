import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { deleteLinks } from './links.ts'
import { lockRequest } from './queries.ts'
import { record, whoOf } from './record.ts'

/** Ends every link that was given to a reviewer without an account. @throws NotFound */
export async function dismissReviewers(ctx: Context, actor: Actor, id: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const row = await lockRequest(tx, actor, id)
    await deleteLinks(tx, row.id, ['reviewer'])
    await record(inside(ctx, tx), row, 'reviewers-dismissed', { who: whoOf(actor) })
  })
}
