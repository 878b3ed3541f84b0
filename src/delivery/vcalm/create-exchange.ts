import type { Actor, Context } from '../../context.ts'
import { Invalid } from '../../errors.ts'
import { offerClaim } from '../claims/offer.ts'
import { LONGEST_SECONDS } from '../claims/schema.ts'
import type { NewExchange } from './schema.ts'

/**
 * Offers an assertion as VCALM names it: the exchange is the claim.
 * @returns the id of both
 * @throws NotFound; Conflict when the assertion is revoked; Invalid where it would end at once, or later than a claim may
 */
export async function createExchange(ctx: Context, actor: Actor, input: NewExchange): Promise<string> {
  const { assertionId, binding, maxCollections } = input.variables
  const { id } = await offerClaim(ctx, actor, assertionId, {
    ...(binding === undefined ? {} : { binding }),
    ...(maxCollections === undefined ? {} : { maxCollections }),
    ...(input.expires === undefined ? {} : { expiresIn: secondsUntil(input.expires, ctx.clock()) }),
  })
  return id
}

/** Whole seconds, so that it never lasts longer than was asked. */
function secondsUntil(expires: string, now: Date): number {
  const seconds = Math.floor((Date.parse(expires) - now.getTime()) / 1000)
  if (seconds < 1 || seconds > LONGEST_SECONDS) throw new Invalid({ path: '/expires', code: 'lifetime' })
  return seconds
}
