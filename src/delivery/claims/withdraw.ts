import { touchAssertion } from '../../assertions/queries.ts'
import type { Actor, Context } from '../../context.ts'
import { inTransaction } from '../../db/db.ts'
import { inside } from '../../db/inside.ts'
import { NotFound } from '../../errors.ts'
import { getClaim } from './live-claim.ts'
import { presentClaim } from './present.ts'
import { findOwnClaim, markWithdrawn } from './queries.ts'
import type { Claim } from './schema.ts'

/**
 * Withdraws a claim: nobody collects by it any more. What was collected stays valid, for that the assertion would have
 * to be revoked. Once more changes nothing.
 * @throws NotFound
 */
export async function withdrawClaim(
  ctx: Context,
  actor: Actor,
  { assertionId, claimId }: { assertionId: string; claimId: string },
): Promise<Claim> {
  return inTransaction(ctx.db, async (tx) => {
    const own = await findOwnClaim(tx, actor, claimId)
    if (own?.assertionId !== assertionId) throw new NotFound()
    await touchAssertion(tx, assertionId)
    await markWithdrawn(tx, claimId, { withdrawal: 'asked', at: ctx.clock() })
    return presentClaim(await getClaim(inside(ctx, tx), claimId), ctx.clock(), actor)
  })
}
