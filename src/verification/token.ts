import type { JWK } from 'jose'
import type { Context } from '../context.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { verificationMethodOf } from '../keys/active-key.ts'
import { findPublishedKey } from '../keys/queries.ts'
import type { Json } from '../vc/credential.ts'
import { verifiability, verifyJwt } from '../vc/jwt.ts'
import { isObject, listOf } from '../vc/members.ts'
import { type Candidate, type Finding, failed, passed, skipped, warning } from './check.ts'
import { fullMethodId, listsMethod, publicJwk, resolveController } from './controller.ts'
import { areAboutToken, mismatchedClaim } from './mirrored-claims.ts'
import type { ExpectedProof } from './proof.ts'
import { isKeyOf, isNoNameToSignIn, type KeyStanding, standingOf } from './standing.ts'
import { unresolved } from './unresolved.ts'
import { findKey } from './verification-key.ts'

type Token = NonNullable<Candidate['jwt']>

/** The key of a token, and whether the one who should have signed publishes it. */
interface TokenKey {
  readonly jwk: JWK
  readonly standing: Extract<KeyStanding, 'confirmed' | 'unconfirmed'>
}

/** Seconds. */
const CLOCK_SKEW = 60

/**
 * Verifies a compact JWS: the key, the signature, then the claims that mirror the document.
 * Source: OB 3.0, section 8.2.4; VCDM 1.1, section 6.3.1; Securing Verifiable Credentials using JOSE and COSE 1.0,
 * section 3.1 (`vc+jwt`, `vp+jwt`).
 * @param document what the token holds, without its claims
 */
export async function checkToken(
  ctx: Context,
  token: Token,
  document: Json,
  expected: ExpectedProof,
): Promise<Finding> {
  const kind = verifiability(token.header)
  if (kind !== 'known') return (kind === 'unknown' ? skipped : failed)('proof-unsupported')
  const key = await findTokenKey(ctx, token, expected)
  if (!('jwk' in key)) return key
  if (!(await verifyJwt(token.text, token.header.alg, key.jwk))) return failed('proof-invalid')
  const wrong = claimFault(ctx, token, document, expected)
  if (wrong) return wrong
  return key.standing === 'confirmed' ? passed('proof-ok') : warning('proof-key-unconfirmed')
}

function claimFault(
  ctx: Context,
  { header, claims }: Token,
  document: Json,
  { challenge, domain, controller }: ExpectedProof,
): Finding | undefined {
  // A presentation is no credential, and says so in its type (`vc+jwt`, `vp+jwt`).
  const otherKind = listOf(document.type).includes('VerifiablePresentation') ? 'vc' : 'vp'
  if (
    new RegExp(`^(application/)?${otherKind}\\+`, 'i').test(typeof header.typ === 'string' ? header.typ : '')
  )
    return failed('proof-claims', { claim: 'typ' })
  const claim = mismatchedClaim(document, claims, { typ: header.typ, controller })
  if (claim !== undefined) return failed('proof-claims', { claim })
  const now = ctx.clock().getTime() / 1000
  // Those that mirror the dates of the credential are told with them.
  if (areAboutToken(header.typ, document)) {
    const { exp = Number.POSITIVE_INFINITY, nbf = Number.NEGATIVE_INFINITY } = claims
    // RFC 7519, sections 4.1.4 and 4.1.5: numbers, and nothing that could be read as one.
    if (typeof exp !== 'number') return failed('proof-claims', { claim: 'exp' })
    if (exp <= now) return failed('proof-expired')
    if (typeof nbf !== 'number' || nbf > now + CLOCK_SKEW) return failed('proof-claims', { claim: 'nbf' })
  }
  if (challenge !== undefined && claims.nonce !== challenge) return failed('proof-challenge')
  const audience = [claims.aud].flat()
  return domain !== undefined && !audience.includes(domain) ? failed('proof-domain') : undefined
}

async function findTokenKey(
  ctx: Context,
  token: Token,
  expected: ExpectedProof,
): Promise<TokenKey | Finding> {
  const { kid, jwk } = token.header
  const method = typeof kid === 'string' ? absolute(kid, expected.controller) : undefined
  if (method === undefined)
    return isObject(jwk) ? fromHeader(ctx, jwk, expected) : skipped('proof-key-unnamed')
  const own = await findOwnJwk(ctx, method, expected.controller)
  if (own) return own
  const stranger = await strangerTo(ctx, method, expected)
  if (stranger) return stranger
  const key = await findKey(ctx, method, expected.purpose)
  if (key === 'unknown') return failed('proof-key-unknown')
  if (key === 'unresolved') return unresolved(ctx, expected.controller ?? method)
  if (key.hasEnded) return failed('proof-key-ended')
  const standing = await standingOf(ctx, key, method, expected)
  if (standing === 'other' || standing === 'unlisted') return failed('proof-key-unknown')
  return { jwk: key.jwk, standing }
}

/** `kid` is a URL, or the fragment of one of the issuer's; anything else names no key that could be found. */
function absolute(kid: string, controller: string | undefined): string | undefined {
  if (kid.startsWith('#') && controller !== undefined) return `${controller}${kid}`
  return /^(did|https?):/.test(kid) && URL.canParse(kid) ? fullMethodId(kid) : undefined
}

/** A DID lists its keys, so that nobody else need be asked for a key that is not among them. */
async function strangerTo(
  ctx: Context,
  method: string,
  { controller, purpose }: ExpectedProof,
): Promise<Finding | undefined> {
  if (!controller?.startsWith('did:')) return undefined
  const document = await resolveController(ctx, controller)
  if (!document) return unresolved(ctx, controller)
  return listsMethod(document, method, purpose) ? undefined : failed('proof-key-unknown')
}

/** A key that comes with the token is the signer's if the signer says so. */
async function fromHeader(ctx: Context, value: Json, expected: ExpectedProof): Promise<TokenKey | Finding> {
  const jwk = publicJwk(value)
  const { controller } = expected
  if (!jwk || (controller !== undefined && isNoNameToSignIn(ctx, controller)))
    return failed('proof-key-unknown')
  const isTheirs = await isKeyOf(ctx, jwk, expected)
  if (isTheirs) return { jwk, standing: 'confirmed' }
  if (isTheirs === false) return failed('proof-key-unknown')
  return controller?.startsWith('did:') ? unresolved(ctx, controller) : { jwk, standing: 'unconfirmed' }
}

/** Keys of ours that no DID document has room for stand at addresses of their own. */
async function findOwnJwk(
  ctx: Context,
  kid: string,
  controller: string | undefined,
): Promise<TokenKey | Finding | undefined> {
  const multibase = kid.split('/keys/')[1]
  if (multibase === undefined || kid !== `${ctx.config.publicUrl}/keys/${multibase}`) return undefined
  const key = await findPublishedKey(ctx.db, multibase)
  if (!key?.issuerId) return failed('proof-key-unknown')
  const { did } = await getIssuerById(ctx.db, key.issuerId)
  const isItsKey = did === controller && verificationMethodOf(ctx.config.publicUrl, did, multibase) === kid
  return isItsKey ? { jwk: key.publicJwk, standing: 'confirmed' } : failed('proof-key-unknown')
}
