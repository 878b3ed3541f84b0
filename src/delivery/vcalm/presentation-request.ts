import type { Context } from '../../context.ts'
import { exchangeUrl } from '../claims/addresses.ts'
import { challengeOf } from '../claims/challenge.ts'
import type { ClaimRow } from '../claims/queries.ts'

/**
 * Asks a wallet to prove its DID (VCALM, "DID Authentication"). Wallets
 * read the first query of a list, and want both challenge and domain.
 */
export function presentationRequestOf(ctx: Context, claim: ClaimRow) {
  const { publicUrl } = ctx.config
  const service = {
    type: 'UnmediatedHttpPresentationService2021',
    serviceEndpoint: exchangeUrl(publicUrl, claim.id),
  }
  return {
    query: [
      {
        type: 'DIDAuthentication',
        // Those that are resolved without asking anybody.
        acceptedMethods: [{ method: 'key' }, { method: 'jwk' }],
        acceptedCryptosuites: [
          { cryptosuite: 'eddsa-rdfc-2022' },
          { cryptosuite: 'Ed25519Signature2020' },
          { cryptosuite: 'ecdsa-rdfc-2019' },
        ],
      },
    ],
    challenge: challengeOf(ctx, claim),
    domain: publicUrl,
    interact: { service: [service] },
  }
}
