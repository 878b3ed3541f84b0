import type { CredentialFormat } from '../../assertions/schema.ts'

/** Where a claim begins for a person and for a wallet (VCALM, section 3.6.1 Interaction URL). */
export function interactionUrl(publicUrl: string, claimId: string): string {
  return `${publicUrl}/interactions/${claimId}?iuv=1`
}

/** Where a wallet takes part in the exchange of a claim. */
export function exchangeUrl(publicUrl: string, claimId: string): string {
  return `${publicUrl}/workflows/claim/exchanges/${claimId}`
}

/** The identifier of an issuer as OpenID4VCI compares it: no trailing slash, no query. */
export function credentialIssuer(publicUrl: string, slug: string): string {
  return `${publicUrl}/oid4vci/${slug}`
}

/** Where the offer of a claim in one format is (OpenID4VCI 1.0, section 4.1.3 credential_offer_uri). */
export function offerUri(publicUrl: string, slug: string, offer: Offer): string {
  return `${credentialIssuer(publicUrl, slug)}/offers/${offer.claimId}.${offer.format}`
}

interface Offer {
  readonly claimId: string
  readonly format: CredentialFormat
}
