import type { Actor, Context } from '../../context.ts'
import { CallerError, NotFound } from '../../errors.ts'
import { endOf, getClaim, type LiveClaim } from '../claims/live-claim.ts'
import { findOwnClaim } from '../claims/queries.ts'
import { timesCollected } from '../claims/times-collected.ts'
import type { Exchange } from './schema.ts'

/** An exchange as its coordinator sees it, and why wallets are refused by now. */
export interface ExchangeState {
  readonly exchange: Exchange
  readonly lastError: CallerError | undefined
}

/** An exchange of the actor's own, ended or not. @throws NotFound */
export async function getExchange(ctx: Context, actor: Actor, id: string): Promise<ExchangeState> {
  if (!(await findOwnClaim(ctx.db, actor, id))) throw new NotFound()
  const live = await getClaim(ctx, id)
  const { claim, assertion, issuer } = live
  const end = endOf(claim, assertion, ctx.clock())
  return {
    exchange: {
      id,
      sequence: claim.sequence,
      expires: claim.expiresAt.toISOString(),
      step: claim.binding === 'did' ? 'did-authentication' : 'delivery',
      state: stateOf(live, end !== undefined),
      variables: {
        assertionId: claim.assertionId,
        binding: claim.binding,
        maxCollections: claim.maxCollections,
      },
    },
    lastError: end && new CallerError(410, end, { params: { issuer: issuer.name } }),
  }
}

function stateOf({ claim, collections }: LiveClaim, hasEnded: boolean): Exchange['state'] {
  if (timesCollected({ collections }) >= claim.maxCollections) return 'complete'
  if (hasEnded) return collections.length > 0 ? 'complete' : 'invalid'
  return claim.begunAt === null ? 'pending' : 'active'
}
