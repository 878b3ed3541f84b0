import type { AssertionRow } from '../../assertions/queries.ts'
import type { Actor } from '../../context.ts'
import type { LiveClaim } from './live-claim.ts'
import type { Claim } from './schema.ts'

/** A claim as the API tells it, without its links. */
export function presentClaim(
  { claim, collections, assertion }: Pick<LiveClaim, 'claim' | 'collections' | 'assertion'>,
  now: Date,
  actor: Actor,
): Claim {
  return {
    ...(mayCollect(actor) ? { id: claim.id } : {}),
    state: stateOf({ claim, collections, assertion }, now),
    binding: claim.binding,
    ...(claim.pin === null ? {} : { pinDelivery: claim.pin }),
    maxCollections: claim.maxCollections,
    expiresAt: claim.expiresAt.toISOString(),
    collections: collections.map(({ at, protocol, format, subject }) => ({
      at: at.toISOString(),
      protocol,
      format,
      ...(subject === '' ? {} : { did: subject }),
    })),
    ...(claim.withdrawnAt ? { withdrawnAt: claim.withdrawnAt.toISOString() } : {}),
    ...(claim.withdrawal === null ? {} : { withdrawal: claim.withdrawal }),
    createdAt: claim.createdAt.toISOString(),
  }
}

/** The id is all that a wallet needs: whoever may only read must not get the badge by it. */
function mayCollect(actor: Actor): boolean {
  return actor.kind !== 'api-key' || actor.scopes.includes('assertions:write')
}

/** What was collected stays collected, whatever became of the link afterwards. */
function stateOf(
  { claim, collections, assertion }: { assertion: AssertionRow } & Pick<LiveClaim, 'claim' | 'collections'>,
  now: Date,
): Claim['state'] {
  if (collections.length > 0) return 'collected'
  if (claim.withdrawnAt || assertion.revokedAt) return 'withdrawn'
  return claim.expiresAt <= now ? 'expired' : 'offered'
}
