import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Json } from './credential.ts'
import { ed25519FromMultibase, p256FromMultibase } from './keys.ts'

/** A public key of a holder: Ed25519 or P-256, and nothing besides the key. */
export type HolderJwk =
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }

/** Who holds a key. */
export interface HolderKey {
  readonly did: string
  readonly jwk: HolderJwk
}

const MAX_DID_JWK = 1024

/**
 * The key that a verification method names, found without asking anybody: did:key (Ed25519 `z6Mk…`, P-256 `zDn…`;
 * did:key method, section 3.1) and did:jwk (did:jwk method, section "Read"). Each has one key, so that the DID
 * alone names it too. did:key lists it for authentication, did:jwk where `use` does not say otherwise.
 * @param verificationMethod `did:key:z…#z…` or `did:jwk:…#0`
 * @returns undefined for any other text
 */
export function resolveHolderKey(verificationMethod: string): HolderKey | undefined {
  const [did, fragment, ...more] = verificationMethod.split('#') as [string, string?]
  if (more.length > 0) return undefined
  const [, method, value] = /^did:(key|jwk):([\w-]+)$/.exec(did) ?? []
  if (!value || value.length > MAX_DID_JWK) return undefined
  if (fragment !== undefined && fragment !== (method === 'key' ? value : '0')) return undefined
  const jwk = holderJwk(method === 'key' ? jwkFromMultibase(value) : authenticationKey(value))
  return jwk && { did, jwk }
}

/**
 * The did:jwk of a public key: of its members that are the key and no others, in the order of RFC 8785, so that
 * one key has one DID (did:jwk method, section "Create").
 */
export function didJwkOf(jwk: HolderJwk): string {
  const { crv, kty, x } = jwk
  const members = jwk.kty === 'EC' ? { crv, kty, x, y: jwk.y } : { crv, kty, x }
  return `did:jwk:${Buffer.from(JSON.stringify(members)).toString('base64url')}`
}

/**
 * Reads a public JWK of a stranger (RFC 7517; RFC 8037, section 2).
 * @returns undefined when it is no public key of a kind that holders have here, or tells a secret
 */
export function holderJwk(value: unknown): HolderJwk | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { kty, crv, x, y, d } = value as Json
  if (d !== undefined || !isCoordinate(x)) return undefined
  if (kty === 'OKP' && crv === 'Ed25519') return { kty, crv, x }
  if (kty !== 'EC' || crv !== 'P-256' || !isCoordinate(y)) return undefined
  const jwk = { kty, crv, x, y } as const
  return isOnCurve(jwk) ? jwk : undefined
}

/** The same, to verify with. */
export function publicKeyOf(jwk: HolderJwk): KeyObject {
  return createPublicKey({ key: { ...jwk }, format: 'jwk' })
}

/** The Ed25519 or P-256 key of a Multikey. @returns undefined for any other text */
export function jwkFromMultibase(text: string): HolderJwk | undefined {
  return (ed25519FromMultibase(text) ?? p256FromMultibase(text)) as HolderJwk | undefined
}

function authenticationKey(encoded: string): unknown {
  try {
    const jwk = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'))
    return jwk?.use === undefined || jwk.use === 'sig' ? jwk : undefined
  } catch {
    return undefined
  }
}

/** 32 bytes as base64url, written in the one way that is canonical. */
function isCoordinate(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{42}[AEIMQUYcgkosw048]$/.test(value)
}

function isOnCurve(jwk: HolderJwk): boolean {
  try {
    publicKeyOf(jwk)
    return true
  } catch {
    return false
  }
}
