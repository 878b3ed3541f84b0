import type { CredentialFormat } from '../../assertions/schema.ts'
import type { Context } from '../../context.ts'
import { CallerError, NotFound } from '../../errors.ts'
import { together } from '../../together.ts'
import type { Json } from '../../vc/credential.ts'
import { credentialIssuer } from '../claims/addresses.ts'
import { getLiveClaim } from '../claims/live-claim.ts'
import { PIN_LENGTH } from '../claims/pin.ts'
import { timesCollected } from '../claims/times-collected.ts'
import { configurationOf } from './configurations.ts'
import { PRE_AUTHORIZED_CODE } from './metadata.ts'
import { makeCode } from './pre-authorized-code.ts'
import { countGrants } from './queries.ts'

/** Of one offer: a wallet that begins again and again is stuck, or means no good. */
const MOST_CODES = 200

/**
 * The offer of a claim in one form (OpenID4VCI 1.0, section 4.1.1), with a code that can be redeemed once. It names one
 * configuration: a wallet in use asks for every one that it finds.
 * @throws NotFound, also when the claim is another issuer's; what getLiveClaim throws
 */
export async function makeOffer(
  ctx: Context,
  slug: string,
  { claimId, format }: { claimId: string; format: CredentialFormat },
): Promise<Json> {
  const live = await getLiveClaim(ctx, claimId)
  const { claim, issuer } = live
  if (issuer.slug !== slug) throw new NotFound()
  const configuration = configurationOf(format)
  const offered = { claimId, configuration: configuration.id }
  const generation = await together(ctx, 'oid4vci-offers', offered, (all) => countGrants(ctx.db, all))
  // By a bound claim its own wallet may collect again; of the others nobody knows whose turn it was.
  const isSpent = claim.binding === 'none' && timesCollected(live) >= claim.maxCollections
  if (isSpent || generation >= MOST_CODES) {
    throw new CallerError(410, 'claim-collected', { params: { issuer: issuer.name } })
  }
  const txCode = { input_mode: 'numeric', length: PIN_LENGTH, description: descriptionOf(claim.pin) }
  return {
    credential_issuer: credentialIssuer(ctx.config.publicUrl, slug),
    credential_configuration_ids: [configuration.id],
    grants: {
      [PRE_AUTHORIZED_CODE]: {
        'pre-authorized_code': makeCode(ctx, { claimId, configuration, generation }, claim.expiresAt),
        ...(claim.pin === null ? {} : { tx_code: txCode }),
      },
    },
  }
}

/** Where the person finds the code; the protocol knows no language here. */
function descriptionOf(pin: 'mailed' | 'returned' | null): string {
  return pin === 'mailed'
    ? 'Code sent to you by e-mail / Code reçu par e-mail'
    : 'Code given to you by the issuer / Code donné par l’émetteur'
}
