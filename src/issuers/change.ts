import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { assertFresh, type Expected } from '../db/revision.ts'
import { lockIssuerRow, presentIssuer, updateIssuer } from './queries.ts'
import type { Issuer, IssuerChange } from './schema.ts'

/**
 * Changes what an issuer says of itself. Credentials that were signed keep what it said then.
 * @throws NotFound, Stale
 */
export async function changeIssuer(
  ctx: Context,
  actor: Actor,
  { slug, expected }: { slug: string; expected: Expected },
  change: IssuerChange | { image: string },
): Promise<Issuer> {
  const row = await inTransaction(ctx.db, async (tx) => {
    const current = await lockIssuerRow(tx, actor, slug)
    assertFresh(expected, current.revision)
    return updateIssuer(tx, current, { ...(change as object), updatedAt: ctx.clock() })
  })
  return presentIssuer(row, ctx.config.publicUrl)
}
