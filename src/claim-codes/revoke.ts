import type { Actor, Context } from '../context.ts'
import { getClaimCodeSet, markRevoked, presentClaimCodeSet } from './queries.ts'
import type { ClaimCodeSet } from './schema.ts'

/**
 * Ends a set of claim codes: none of them gives a badge any more. What they gave stays.
 * @throws NotFound
 */
export async function revokeClaimCodes(ctx: Context, actor: Actor, id: string): Promise<ClaimCodeSet> {
  const revoked = await markRevoked(ctx.db, actor, id, ctx.clock())
  return presentClaimCodeSet(revoked ?? (await getClaimCodeSet(ctx.db, actor, id)))
}
