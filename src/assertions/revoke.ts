import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { setEntryBits } from '../status-lists/queries.ts'
import { getAssertionRow, markRevoked, presentAssertion } from './queries.ts'
import { listRenderingEntries } from './rendering-queries.ts'
import type { Assertion, Revocation } from './schema.ts'

/**
 * Revokes an assertion, for good. Once more changes nothing: the first reason stays.
 * @throws NotFound
 */
export async function revokeAssertion(
  ctx: Context,
  actor: Actor,
  id: string,
  { reason }: Revocation,
): Promise<Assertion> {
  return inTransaction(ctx.db, async (tx) => {
    const row = await getAssertionRow(tx, actor, id)
    const revoked = await markRevoked(tx, row, reason, ctx.clock())
    if (revoked) {
      const own = { listId: row.statusListId, index: row.statusIndex }
      await setEntryBits(tx, [own, ...(await listRenderingEntries(tx, [id]))])
    }
    return presentAssertion(revoked ?? (await getAssertionRow(tx, actor, id)), ctx)
  })
}
