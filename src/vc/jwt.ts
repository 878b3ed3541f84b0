import { type CompactJWSHeaderParameters, CompactSign, compactVerify, importJWK, type JWK } from 'jose'
import type { Json, UnsignedCredential } from './credential.ts'
import type { SigningKey } from './keys.ts'
import { toEpoch } from './time.ts'
import type { Vcdm1Credential } from './vcdm1.ts'

/**
 * The credential as a compact JWS, ES256: its own members and the registered claims that mirror them.
 * Source: OB 3.0, section 8.2.4 (JSON Web Token Claims): iss, jti, nbf, sub, and exp when it ends; the header
 * holds alg, kid and typ alone.
 * @param credential without proof; its subject must have an id, which becomes `sub`
 */
export async function signJwt(credential: UnsignedCredential, key: SigningKey): Promise<string> {
  const { issuer, credentialSubject, validUntil } = credential
  const claims = {
    ...credential,
    iss: typeof issuer === 'string' ? issuer : (issuer as Json).id,
    jti: credential.id,
    nbf: toEpoch(new Date(credential.validFrom)),
    sub: credentialSubject.id,
    ...(validUntil ? { exp: toEpoch(new Date(validUntil)) } : {}),
  }
  return await signEs256(claims, key)
}

/**
 * The credential as a compact JWS, ES256, in the claim `vc`, with the registered claims that mirror it.
 * Source: VCDM 1.1, section 6.3.1 (JSON Web Token): iss, jti, nbf, sub, and exp when it ends.
 * @param credential without proof; its subject must have an id, which becomes `sub`
 */
export async function signVcClaim(credential: Vcdm1Credential, key: SigningKey): Promise<string> {
  const { id, issuer, credentialSubject, issuanceDate, expirationDate } = credential
  const claims = {
    iss: typeof issuer === 'string' ? issuer : (issuer as Json).id,
    jti: id,
    nbf: toEpoch(new Date(issuanceDate)),
    sub: credentialSubject.id,
    ...(expirationDate ? { exp: toEpoch(new Date(expirationDate)) } : {}),
    vc: credential,
  }
  return await signEs256(claims, key)
}

async function signEs256(claims: object, key: SigningKey): Promise<string> {
  return await new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', kid: key.id, typ: 'JWT' })
    .sign(key.privateKey)
}

export interface DecodedJwt {
  readonly header: CompactJWSHeaderParameters
  readonly claims: Json
}

/** Reads a compact JWS without checking it. @returns undefined when the text is no such thing */
export function decodeJwt(text: string): DecodedJwt | undefined {
  const parts = text.split('.')
  if (parts.length !== 3 || parts.some((part) => !/^[\w-]+$/.test(part))) return undefined
  try {
    const [header, claims] = parts
      .slice(0, 2)
      .map((p) => JSON.parse(Buffer.from(p, 'base64url').toString('utf8')))
    const areObjects = [header, claims].every((v) => typeof v === 'object' && v !== null && !Array.isArray(v))
    return areObjects ? { header, claims } : undefined
  } catch {
    return undefined
  }
}

/** The signatures that are verified, and what their keys are made of (RFC 7518, section 3.1; RFC 9864). */
const ALGORITHMS: Readonly<Record<string, { kty: string; crv?: string }>> = {
  ES256: { kty: 'EC', crv: 'P-256' },
  ES384: { kty: 'EC', crv: 'P-384' },
  RS256: { kty: 'RSA' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
  Ed25519: { kty: 'OKP', crv: 'Ed25519' },
}

/** 4096 bits: verifying with a longer one takes long. */
const MAX_MODULUS = 684

/**
 * Can a token with this header be verified? One that names rules of its own (`crit`, `b64`) must be refused (RFC 7515,
 * section 4.1.11; RFC 7797), and so must one that nobody but its reader can have signed (`none`, `HS256`). Signatures
 * of other kinds (`ES512`) may be genuine.
 */
export function verifiability({
  alg,
  crit,
  b64,
}: CompactJWSHeaderParameters): 'known' | 'unknown' | 'refused' {
  if (crit !== undefined || b64 !== undefined || typeof alg !== 'string') return 'refused'
  if (Object.hasOwn(ALGORITHMS, alg)) return 'known'
  return /^(ES|PS|RS)\d{3}K?$|^Ed448$/.test(alg) ? 'unknown' : 'refused'
}

/** Is the signature by this key? The key says which algorithms it is for, never the token alone. */
export async function verifyJwt(text: string, alg: string, jwk: JWK): Promise<boolean> {
  const made = ALGORITHMS[alg]
  if (!made || jwk.kty !== made.kty || (made.crv && jwk.crv !== made.crv)) return false
  if ((jwk.n?.length ?? 0) > MAX_MODULUS) return false
  try {
    await compactVerify(text, await importJWK(jwk, alg), { algorithms: [alg] })
    return true
  } catch {
    return false
  }
}
