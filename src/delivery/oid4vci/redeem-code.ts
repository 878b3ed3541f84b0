import { randomUUID } from 'node:crypto'
import type { Context } from '../../context.ts'
import { CallerError, OAuthError } from '../../errors.ts'
import { getPublicIssuer } from '../../issuers/queries.ts'
import { together } from '../../together.ts'
import type { Json } from '../../vc/credential.ts'
import { getLiveClaim, type LiveClaim } from '../claims/live-claim.ts'
import { hashToken, newAccessToken, TOKEN_SECONDS } from './access-token.ts'
import { checkAuthorizationDetails } from './authorization-details.ts'
import { checkTxCode } from './check-tx-code.ts'
import { PRE_AUTHORIZED_CODE } from './metadata.ts'
import { nonceMembers } from './nonce.ts'
import { readCode } from './pre-authorized-code.ts'
import { insertGrants } from './queries.ts'

/** Parameters of a token request, each at most once. */
type Form = ReadonlyMap<string, string>

const BAD_CODE = 'The pre-authorized_code is unknown, expired or used: open the offer again'

/**
 * Gives one access token for a pre-authorised code (OpenID4VCI 1.0, section 6): of several requests with one code, one
 * gets it. Whoever has the code is the client: `client_id` is ignored, as is what the protocol does not know.
 * @returns the answer, with a nonce for wallets that know no nonce endpoint (draft 13)
 * @throws OAuthError; NotFound when there is no such issuer
 */
export async function redeemCode(ctx: Context, slug: string, form: Form): Promise<Json> {
  const content = readCode(ctx, codeOf(form))
  const live = content && (await findLive(ctx, content.claimId))
  if (!live || live.issuer.slug !== slug) {
    // Who mistook the address is told so.
    await getPublicIssuer(ctx.db, slug)
    throw new OAuthError('invalid_grant', BAD_CODE)
  }
  const { configuration, generation } = content
  const hasDetails = checkAuthorizationDetails(form.get('authorization_details'), configuration)
  // Draft 11 called it user_pin.
  await checkTxCode(ctx, live.claim, form.get('tx_code') ?? form.get('user_pin'))
  const token = newAccessToken()
  const now = ctx.clock()
  const grant = {
    id: randomUUID(),
    claimId: live.claim.id,
    configuration: configuration.id,
    generation,
    tokenHash: hashToken(token),
    tokenExpiresAt: new Date(now.getTime() + TOKEN_SECONDS * 1000),
    hasDetails,
    redeemedAt: now,
  }
  const isFirst = await together(ctx, 'oid4vci-codes', grant, (all) => insertGrants(ctx.db, all))
  if (!isFirst) throw new OAuthError('invalid_grant', BAD_CODE)
  const details = {
    type: 'openid_credential',
    credential_configuration_id: configuration.id,
    credential_identifiers: [live.assertion.id],
  }
  return {
    access_token: token,
    // A wallet in use compares it as it stands, and another one writes it into Authorization.
    token_type: 'bearer',
    expires_in: TOKEN_SECONDS,
    ...nonceMembers(ctx, slug),
    ...(hasDetails ? { authorization_details: [details] } : {}),
  }
}

function codeOf(form: Form): string {
  const grantType = form.get('grant_type')
  if (!grantType) throw new OAuthError('invalid_request', 'grant_type is missing')
  if (grantType !== PRE_AUTHORIZED_CODE) {
    throw new OAuthError('unsupported_grant_type', `The only grant_type is ${PRE_AUTHORIZED_CODE}`)
  }
  const code = form.get('pre-authorized_code')
  if (!code) throw new OAuthError('invalid_request', 'pre-authorized_code is missing')
  return code
}

/** Why a claim has ended is for whoever opens its link; here its code is as good as unknown. */
async function findLive(ctx: Context, claimId: string): Promise<LiveClaim | undefined> {
  try {
    return await getLiveClaim(ctx, claimId)
  } catch (error) {
    if (error instanceof CallerError && error.status < 500) return undefined
    throw error
  }
}
