import { createPrivateKey, ECDH, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { decode } from 'base58-universal'
import type { JWK } from 'jose'
import { encodeBase58 } from './base58.ts'

export type KeyAlgorithm = 'Ed25519' | 'P-256'

/** A private key, unsealed once and kept as a KeyObject: making one costs more than a signature. */
export interface SigningKey {
  /** The verification method: absolute URL. */
  readonly id: string
  /** The DID (or URL) of the issuer whose key it is. */
  readonly controller: string
  readonly algorithm: KeyAlgorithm
  readonly privateKey: KeyObject
}

export interface NewKeyPair {
  readonly algorithm: KeyAlgorithm
  readonly publicKeyMultibase: string
  readonly publicJwk: JWK
  readonly privateJwk: JWK
}

/** Multicodec prefixes as unsigned varints: ed25519-pub 0xed, p256-pub 0x1200. */
const MULTICODEC = { Ed25519: Buffer.from([0xed, 0x01]), 'P-256': Buffer.from([0x80, 0x24]) }

export function generateKeyPair(algorithm: KeyAlgorithm): NewKeyPair {
  const { privateKey, publicKey } =
    algorithm === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const publicJwk = publicKey.export({ format: 'jwk' }) as JWK
  const privateJwk = privateKey.export({ format: 'jwk' }) as JWK
  return { algorithm, publicJwk, privateJwk, publicKeyMultibase: toMultibase(publicJwk) }
}

export function privateKeyFrom(jwk: JWK): KeyObject {
  return createPrivateKey({ key: jwk as Record<string, unknown>, format: 'jwk' })
}

/**
 * publicKeyMultibase of a Multikey: base58-btc of the multicodec prefix and the key, P-256 points compressed.
 * Source: Controlled Identifiers 1.0, section 2.2.2 (Multikey).
 */
export function toMultibase(jwk: JWK): string {
  const x = Buffer.from(jwk.x ?? '', 'base64url')
  if (jwk.crv === 'Ed25519') return `z${encodeBase58(Buffer.concat([MULTICODEC.Ed25519, x]))}`
  const y = Buffer.from(jwk.y ?? '', 'base64url')
  const sign = Buffer.from([(y.at(-1) ?? 0) % 2 === 0 ? 2 : 3])
  return `z${encodeBase58(Buffer.concat([MULTICODEC['P-256'], sign, x]))}`
}

/** The Ed25519 public key of a multibase value, as a JWK; undefined for any other kind of key. */
export function ed25519FromMultibase(multibase: string): JWK | undefined {
  if (!/^z6Mk[1-9A-HJ-NP-Za-km-z]{40,50}$/.test(multibase)) return undefined
  const bytes = Buffer.from(decode(multibase.slice(1)))
  if (bytes.length !== 34 || !bytes.subarray(0, 2).equals(MULTICODEC.Ed25519)) return undefined
  return { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(2).toString('base64url') }
}

/** The P-256 public key of a multibase value, as a JWK; undefined for any other kind of key. */
export function p256FromMultibase(multibase: string): JWK | undefined {
  if (!/^zDn[1-9A-HJ-NP-Za-km-z]{40,55}$/.test(multibase)) return undefined
  const bytes = Buffer.from(decode(multibase.slice(1)))
  if (bytes.length !== 35 || !bytes.subarray(0, 2).equals(MULTICODEC['P-256'])) return undefined
  try {
    // An uncompressed point: 4, x, y.
    const point = ECDH.convertKey(bytes.subarray(2), 'prime256v1', undefined, 'hex', 'uncompressed') as string
    const [x, y] = [point.slice(2, 66), point.slice(66)].map((n) =>
      Buffer.from(n, 'hex').toString('base64url'),
    )
    return { kty: 'EC', crv: 'P-256', x: x!, y: y! }
  } catch {
    return undefined
  }
}

/** base58-btc with the multibase prefix `z`. */
export function toBase58(bytes: Uint8Array): string {
  return `z${encodeBase58(bytes)}`
}

/** @throws when the text is not base58-btc with the prefix `z`, or longer than any key or signature */
export function fromBase58(text: string): Buffer {
  // Decoding takes the square of the length, and passes over what is no letter of the alphabet.
  if (!/^z[1-9A-HJ-NP-Za-km-z]{1,199}$/.test(text)) throw new Error('Not a base58-btc multibase value')
  return Buffer.from(decode(text.slice(1)))
}
