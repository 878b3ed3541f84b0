import { type Static, Type } from 'typebox'
import { Closed, DateTime, HttpUrl } from '../../fields.ts'
import { exchangeUrl } from './addresses.ts'
import type { LiveClaim } from './live-claim.ts'
import { ClaimLinks } from './schema.ts'

const Offer = Type.String({ description: 'An OpenID credential offer, by reference' })

export const Protocols = Closed({
  vcapi: Type.Optional(HttpUrl),
  OID4VCI: Type.Optional(Offer),
  'oid4vci-1.0': Type.Optional(Offer),
  openid4vci: Type.Optional(Offer),
  website: HttpUrl,
})
export type Protocols = Static<typeof Protocols>

/** What an interaction URL tells a wallet, and whoever shows the ways in on a page of their own. */
export const Interaction = Closed({ protocols: Protocols, ...ClaimLinks.properties, expiresAt: DateTime })

/**
 * What a wallet that opened an interaction URL chooses from (VCALM, section 3.6.1 Interaction URL). OpenID has had
 * three names there, of which each wallet looks for one. A claim with a code has no `vcapi`, which cannot ask for it.
 */
export function protocolsOf(
  publicUrl: string,
  { claim }: Pick<LiveClaim, 'claim'>,
  { openid, interactionUrl }: ClaimLinks,
): Protocols {
  const offer = openid?.ldp_vc
  return {
    ...(claim.pin === null ? { vcapi: exchangeUrl(publicUrl, claim.id) } : {}),
    ...(offer ? { OID4VCI: offer, 'oid4vci-1.0': offer, openid4vci: offer } : {}),
    website: interactionUrl.replace(/\?.*/, ''),
  }
}
