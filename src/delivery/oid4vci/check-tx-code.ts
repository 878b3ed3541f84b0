import { timingSafeEqual } from 'node:crypto'
import { touchAssertion } from '../../assertions/queries.ts'
import type { Context } from '../../context.ts'
import { OAuthError } from '../../errors.ts'
import { MAX_PIN_ATTEMPTS, pinMac } from '../claims/pin.ts'
import { type ClaimRow, countPinAttempt, markWithdrawn, uncountPinAttempt } from '../claims/queries.ts'

/**
 * The transaction code of a claim (OpenID4VCI 1.0, sections 3.5 and 6.1). Each try is counted before it is looked at;
 * the last one that is allowed ends the claim when it is wrong.
 * @throws OAuthError invalid_request when the code is absent, or sent where there is none; invalid_grant when it is
 * wrong
 */
export async function checkTxCode(ctx: Context, claim: ClaimRow, txCode: string | undefined): Promise<void> {
  if (claim.pinMac === null) {
    if (txCode === undefined) return
    throw new OAuthError('invalid_request', 'There is no tx_code for this offer')
  }
  if (!txCode)
    throw new OAuthError('invalid_request', 'This offer needs the tx_code that the person was given')
  const attempt = await countPinAttempt(ctx.db, claim.id)
  const isRight = timingSafeEqual(pinMac(ctx, claim.id, txCode), claim.pinMac)
  if (attempt !== undefined && isRight) return uncountPinAttempt(ctx.db, claim.id)
  if (attempt === MAX_PIN_ATTEMPTS) {
    await markWithdrawn(ctx.db, claim.id, { withdrawal: 'wrong-codes', at: ctx.clock() })
    await touchAssertion(ctx.db, claim.assertionId)
  }
  const left = MAX_PIN_ATTEMPTS - (attempt ?? MAX_PIN_ATTEMPTS)
  throw new OAuthError('invalid_grant', `The tx_code is wrong; tries left: ${left}`)
}
