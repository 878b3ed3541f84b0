import { type CompactJWSHeaderParameters, compactVerify } from 'jose'
import type { Json } from '../../vc/credential.ts'
import type { DataHasher } from '../../vc/engine/data-hasher.ts'
import { didJwkOf, type HolderKey, holderJwk, publicKeyOf, resolveHolderKey } from '../../vc/holder-key.ts'
import { decodeJwt } from '../../vc/jwt.ts'

/** What a proof has to be made for. */
export interface ProofContext {
  /** The credential issuer identifier. */
  readonly audience: string
  readonly now: Date
  /** Hashes a presentation. */
  readonly hash: DataHasher
}

interface JwtProof {
  readonly header: CompactJWSHeaderParameters
  readonly claims: Json
  readonly key: HolderKey | undefined
}

const MAX_LENGTH = 16_384
const CLOCK_SKEW_S = 300
const ALGORITHMS = { Ed25519: 'EdDSA', 'P-256': 'ES256' }

/** What is wrong with a proof before its signature is looked at: the first fault, in this order. */
const CHECKS: readonly ((proof: JwtProof, context: ProofContext) => string | undefined)[] = [
  checkType,
  checkKey,
  checkAlgorithm,
  checkAudience,
  checkTime,
]

/**
 * A proof that a wallet holds a key, as a JWT (OpenID4VCI 1.0, appendix F.1; draft 13, section 7.2.1.1). `iss` is
 * whatever drafts put there, and is not read; the nonce is asked for elsewhere.
 * @returns the DID that controls the key that signed, or what is wrong
 */
export async function verifyJwtProof(
  jwt: unknown,
  context: ProofContext,
): Promise<{ did: string } | { fault: string }> {
  const decoded = typeof jwt === 'string' && jwt.length <= MAX_LENGTH ? decodeJwt(jwt) : undefined
  if (!decoded) return { fault: 'it must be a compact JWS' }
  const proof = { ...decoded, key: keyOf(decoded.header) }
  for (const check of CHECKS) {
    const fault = check(proof, context)
    if (fault) return { fault }
  }
  const { did, jwk } = proof.key!
  const algorithm = ALGORITHMS[jwk.crv]
  try {
    // A key that is an object already: to import a JWK costs as much as to verify.
    await compactVerify(jwt as string, publicKeyOf(jwk), { algorithms: [algorithm] })
    return { did }
  } catch {
    return { fault: 'the signature is not by the key that it names' }
  }
}

/** The nonce of a proof that nobody has verified yet. */
export function nonceOfJwt(jwt: unknown): unknown {
  return typeof jwt === 'string' && jwt.length <= MAX_LENGTH ? decodeJwt(jwt)?.claims.nonce : undefined
}

/** The key that the header names in one of two ways; certificates are not among the ways that we tell wallets of. */
function keyOf({ kid, jwk, x5c }: CompactJWSHeaderParameters): HolderKey | undefined {
  if (x5c !== undefined || (kid === undefined) === (jwk === undefined)) return undefined
  if (jwk === undefined) return typeof kid === 'string' ? resolveHolderKey(kid) : undefined
  const publicJwk = holderJwk(jwk)
  return publicJwk && { did: didJwkOf(publicJwk), jwk: publicJwk }
}

function checkType({ header }: JwtProof): string | undefined {
  return header.typ === 'openid4vci-proof+jwt' ? undefined : 'typ must be openid4vci-proof+jwt'
}

function checkKey({ key }: JwtProof): string | undefined {
  if (key) return undefined
  return 'the header must have one of kid (did:key or did:jwk) and jwk, a public Ed25519 or P-256 key'
}

function checkAlgorithm({ header, key }: JwtProof): string | undefined {
  const algorithm = ALGORITHMS[key!.jwk.crv]
  return header.alg === algorithm ? undefined : `alg must be ${algorithm} with such a key`
}

/** One audience or several; some wallets write the issuer with a slash at the end. */
function checkAudience({ claims }: JwtProof, { audience }: ProofContext): string | undefined {
  const named = [claims.aud].flat().some((aud) => aud === audience || aud === `${audience}/`)
  return named ? undefined : `aud must be ${audience}`
}

function checkTime({ claims: { iat, exp } }: JwtProof, { now }: ProofContext): string | undefined {
  const seconds = now.getTime() / 1000
  if (typeof iat !== 'number' || Math.abs(seconds - iat) > CLOCK_SKEW_S) return 'iat must be the present time'
  const isOver = exp !== undefined && !(typeof exp === 'number' && exp + CLOCK_SKEW_S > seconds)
  return isOver ? 'it has expired' : undefined
}
