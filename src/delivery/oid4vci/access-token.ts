import { createHash, randomBytes } from 'node:crypto'
import type { Context } from '../../context.ts'
import { OAuthError } from '../../errors.ts'
import { together } from '../../together.ts'
import { getClaim } from '../claims/live-claim.ts'
import type { ClaimRow } from '../claims/queries.ts'
import { findGrants, type GrantRow } from './queries.ts'

export const TOKEN_SECONDS = 600

/** A redeemed code whose token was shown. */
export interface Grant {
  readonly grant: GrantRow
  readonly claim: ClaimRow
}

export function newAccessToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Tokens are 256 random bits, so SHA-256 is one-way enough. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/**
 * The grant of an access token (RFC 6750, section 3).
 * @param slug of the issuer that is asked: tokens of others are unknown to it
 * @throws OAuthError 401 when there is no token, or it is unknown or has expired
 */
export async function getGrant(ctx: Context, slug: string, token: string | undefined): Promise<Grant> {
  // Who did not try is not told of an error: section 3.1.
  if (token === undefined) throw refusal('An access token is needed', 'Bearer realm="ecusson"')
  const find = (hashes: Buffer[]) => findGrants(ctx.db, hashes, ctx.clock())
  const grant = await together(ctx, 'oid4vci-tokens', hashToken(token), find)
  const found = grant && (await getClaim(ctx, grant.claimId))
  if (found?.issuer.slug !== slug) {
    const description = 'The access token is unknown or has expired'
    throw refusal(description, `Bearer error="invalid_token", error_description="${description}"`)
  }
  return { grant: grant!, claim: found.claim }
}

function refusal(description: string, challenge: string): OAuthError {
  return new OAuthError('invalid_token', description, {
    status: 401,
    headers: { 'www-authenticate': challenge },
  })
}
