import type { Context } from '../../context.ts'
import type { ClaimRow } from './queries.ts'

/**
 * What a wallet signs to prove its DID: 256 bits, made from the claim, kept nowhere. It stays the same until a
 * presentation was taken; then it is another one, so that none is taken twice.
 */
export function challengeOf(ctx: Context, { id, sequence }: Pick<ClaimRow, 'id' | 'sequence'>): string {
  return ctx.sealer.mac('claim-challenge', `${id} ${sequence}`).toString('hex')
}
