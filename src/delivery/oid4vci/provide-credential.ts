import type { Context } from '../../context.ts'
import { CallerError, OAuthError } from '../../errors.ts'
import { together } from '../../together.ts'
import { credentialIssuer } from '../claims/addresses.ts'
import { collectClaim } from '../claims/collect.ts'
import { type Grant, getGrant } from './access-token.ts'
import { badProof, nonceOf, verifyKeyProof } from './key-proof.ts'
import { nonceMembers, readNonce } from './nonce.ts'
import { insertNotifications, useNonces } from './queries.ts'
import { editionOf, type ReadRequest, readRequest } from './read-request.ts'
import type { CredentialRequest } from './schema.ts'

interface Asked {
  readonly token: string | undefined
  readonly body: CredentialRequest
}

/**
 * Gives a wallet its credential (OpenID4VCI 1.0, section 8; draft 13, section 7): 1. whose token it is, 2. what is
 * asked for, 3. who asks, by the proof of a key for a nonce of ours, which uses the nonce up, 4. the claim is
 * collected. A token may be used again while it lives, for the same wallet.
 * @param slug of the issuer
 * @returns the answer as JSON text, in the form of the edition that the request speaks
 * @throws OAuthError; a fresh nonce goes with whatever is wrong about the proof
 */
export async function provideCredential(ctx: Context, slug: string, { token, body }: Asked): Promise<string> {
  const grant = await getGrant(ctx, slug, token)
  try {
    const request = readRequest(body, grant)
    const did = await proveHolder(ctx, slug, request, grant)
    return await collect(ctx, slug, { request, grant, did })
  } catch (error) {
    throw withNonce(ctx, slug, { error, body })
  }
}

/** @returns the DID of the wallet; undefined where nobody has to be named and the wallet names nobody */
async function proveHolder(
  ctx: Context,
  slug: string,
  { proof }: ReadRequest,
  { claim }: Grant,
): Promise<string | undefined> {
  if (!proof) {
    if (claim.binding === 'none') return undefined
    throw badProof('there is none')
  }
  const value = nonceOf(proof)
  if (value === undefined) throw badProof('it cannot be read, or has no nonce')
  const nonce = readNonce(ctx, slug, value)
  if (!nonce) throw staleNonce()
  const audience = credentialIssuer(ctx.config.publicUrl, slug)
  const context = { audience, now: ctx.clock(), hash: ctx.hashPresentation }
  const did = await verifyKeyProof(proof, value, context)
  const isUnused = await together(ctx, 'oid4vci-nonces', nonce, (all) => useNonces(ctx.db, all))
  if (!isUnused) throw staleNonce()
  return did
}

/** @param did of the wallet */
async function collect(
  ctx: Context,
  slug: string,
  { request, grant, did }: { request: ReadRequest; grant: Grant; did: string | undefined },
): Promise<string> {
  const { edition, configuration } = request
  const { body } = await collectClaim(ctx, grant.claim, {
    protocol: 'openid4vci',
    format: configuration.rendering,
    subject: did,
  })
  // A signed document leaves as the bytes that were stored.
  const credential = configuration.format === 'ldp_vc' ? body : JSON.stringify(body)
  if (edition === 'draft-13') {
    return `{"credential":${credential},${JSON.stringify(nonceMembers(ctx, slug)).slice(1)}`
  }
  // One token is for one credential, however often it is fetched.
  const id = grant.grant.id
  await together(ctx, 'oid4vci-notifications', id, async (ids) => {
    await insertNotifications(ctx.db, ids)
    return ids.map(() => true)
  })
  return `{"credentials":[{"credential":${credential}}],"notification_id":"${id}"}`
}

function staleNonce(): OAuthError {
  return new OAuthError('invalid_nonce', 'The nonce is unknown, expired or used: take the one given here')
}

/** What went wrong, in the words of the edition: drafts have no word for a stale nonce but that of a bad proof. */
function withNonce(ctx: Context, slug: string, { error, body }: { error: unknown; body: CredentialRequest }) {
  if (error instanceof CallerError && error.status < 500) {
    return new OAuthError('credential_request_denied', DENIALS[error.code] ?? 'The claim has ended')
  }
  if (!(error instanceof OAuthError) || !/^invalid_(proof|nonce)$/.test(error.error)) return error
  const code = editionOf(body) === 'final' ? error.error : 'invalid_proof'
  return new OAuthError(code, error.message, { members: nonceMembers(ctx, slug) })
}

/** Why the claim gives no credential. */
const DENIALS: Partial<Record<CallerError['code'], string>> = {
  'claim-expired': 'The claim has expired',
  'claim-withdrawn': 'The claim was withdrawn',
  'claim-revoked': 'The badge was revoked',
  'claim-collected': 'The credential was collected as often as it may be',
  'claim-needs-wallet': 'The wallet must prove its DID',
  'claim-other-wallet': 'The credential is bound to another DID',
}
