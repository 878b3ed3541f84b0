import { credentialUrl } from '../../assertions/credential.ts'
import { CREDENTIAL_FORMATS, type CredentialFormat } from '../../assertions/schema.ts'
import { getBadgeClassAtVersion } from '../../badge-classes/queries.ts'
import type { Context } from '../../context.ts'
import { exchangeUrl, interactionUrl, offerUri } from './addresses.ts'
import { challengeOf } from './challenge.ts'
import type { LiveClaim } from './live-claim.ts'
import type { ClaimLinks } from './schema.ts'

/**
 * Every way in that a claim has, and what to hand to a person without a wallet. A claim with a code has the OpenID
 * offers alone: by any other way one would go around the code.
 */
export async function linksOf(ctx: Context, live: LiveClaim): Promise<ClaimLinks> {
  const { publicUrl } = ctx.config
  const { claim } = live
  const openid = openidLinks(publicUrl, live)
  const wallets = claim.pin === null ? walletLinks(ctx, live) : {}
  const files = claim.pin === null ? await fileLinks(ctx, live) : {}
  const qr = (of: string) => `${publicUrl}/interactions/${claim.id}/qr.svg?of=${of}`
  return {
    interactionUrl: interactionUrl(publicUrl, claim.id),
    openid,
    ...wallets,
    ...files,
    qr: Object.fromEntries(
      ['interaction', ...CREDENTIAL_FORMATS, ...(claim.pin === null ? ['lcw'] : [])].map((of) => [
        of,
        qr(of),
      ]),
    ),
  }
}

/** OpenID4VCI 1.0, section 4.1: an offer by reference, one format in each. */
function openidLinks(publicUrl: string, { claim, issuer }: LiveClaim): Record<CredentialFormat, string> {
  const link = (format: CredentialFormat) => {
    const uri = offerUri(publicUrl, issuer.slug, { claimId: claim.id, format })
    return `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(uri)}`
  }
  return {
    ldp_vc: link('ldp_vc'),
    jwt_vc_json: link('jwt_vc_json'),
    ldp_vc_v1: link('ldp_vc_v1'),
  }
}

/** Of the wallets that have links of their own, all to the same exchange. */
function walletLinks(ctx: Context, { claim }: LiveClaim) {
  const { publicUrl } = ctx.config
  const request = `vc_request_url=${encodeURIComponent(exchangeUrl(publicUrl, claim.id))}`
  const lcw = `issuer=${encodeURIComponent(new URL(publicUrl).host)}&auth_type=bearer&challenge=${challengeOf(ctx, claim)}&${request}`
  return {
    lcw: `https://lcw.app/request.html?${lcw}`,
    learncard: `https://learncard.app/request?${request}`,
    asu: `asuprequest://request?${request}`,
    msp: `msprequest://request?${request}`,
  }
}

async function fileLinks(ctx: Context, { assertion, issuer }: LiveClaim) {
  const hosted = credentialUrl(ctx.config.publicUrl, assertion.credentialId)
  const { badgeClassId, badgeClassVersion, awardedAt, validUntil } = assertion
  const { version } = await getBadgeClassAtVersion(ctx.db, badgeClassId, badgeClassVersion)
  const linkedin = new URLSearchParams({
    startTask: 'CERTIFICATION_NAME',
    name: version.content.name,
    organizationName: issuer.name,
    issueYear: String(awardedAt.getUTCFullYear()),
    issueMonth: String(awardedAt.getUTCMonth() + 1),
    ...(validUntil
      ? {
          expirationYear: String(validUntil.getUTCFullYear()),
          expirationMonth: String(validUntil.getUTCMonth() + 1),
        }
      : {}),
    certUrl: hosted,
    certId: assertion.credentialId,
  })
  return {
    hosted,
    json: `${hosted}.json`,
    jwt: `${hosted}.jwt`,
    png: `${hosted}.png`,
    svg: `${hosted}.svg`,
    linkedin: `https://www.linkedin.com/profile/add?${linkedin}`,
    verifierplus: `https://verifierplus.org/#verify?vc=${encodeURIComponent(hosted)}`,
  }
}
