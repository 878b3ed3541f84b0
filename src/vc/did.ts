import { jwkFromMultibase } from './holder-key.ts'

/** A DID document, as far as proofs need it (Controlled Identifiers 1.0, section 2). */
export interface DidDocument {
  id: string
  verificationMethod?: VerificationMethod[]
  assertionMethod?: (string | VerificationMethod)[]
  authentication?: (string | VerificationMethod)[]
  [member: string]: unknown
}

interface VerificationMethod {
  id: string
  type: string
  controller: string
  publicKeyMultibase?: string
  publicKeyJwk?: Record<string, unknown>
}

/** did:web of a path below an origin: `did:web:HOST%3APORT:a:b` (did:web method specification, section 3.1). */
export function didWebOf(origin: string, ...path: string[]): string {
  return ['did:web', encodeURIComponent(new URL(origin).host), ...path.map(encodeURIComponent)].join(':')
}

/**
 * The https URL of a did:web document (did:web method specification, section 3.2, Read).
 * @returns undefined when it is no did:web
 */
export function didWebUrl(did: string): string | undefined {
  const match = /^did:web:([^:/?#]+)((?::[^:/?#]+)*)$/.exec(did)
  if (!match) return undefined
  try {
    const host = decodeURIComponent(match[1]!)
    const path = match[2]!.split(':').slice(1).map(decodeURIComponent)
    const url = new URL(`https://${host}/${path.length > 0 ? path.join('/') : '.well-known'}/did.json`)
    return url.host === host.toLowerCase() ? url.href : undefined
  } catch {
    return undefined
  }
}

/**
 * The document of a did:key (Ed25519 or P-256), made from the DID itself (did:key method, section 3.1).
 * @returns undefined for any other DID
 */
export function didKeyDocument(did: string): DidDocument | undefined {
  const multibase = /^did:key:(z\w+)$/.exec(did)?.[1]
  if (!multibase || !jwkFromMultibase(multibase)) return undefined
  const id = `${did}#${multibase}`
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase: multibase }],
    authentication: [id],
    assertionMethod: [id],
  }
}

/** An RSA key of 4096 bits fits. */
const MAX_DID_JWK = 1200

/**
 * The document of a did:jwk, made from the DID itself (did:jwk method, section "Read"): its one key, for what `use`
 * allows.
 * @returns undefined for any other DID, and for a key that tells its secret
 */
export function didJwkDocument(did: string): DidDocument | undefined {
  const encoded = /^did:jwk:([\w-]+)$/.exec(did)?.[1]
  if (!encoded || encoded.length > MAX_DID_JWK) return undefined
  try {
    const publicKeyJwk = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'))
    if (typeof publicKeyJwk?.kty !== 'string' || publicKeyJwk.d !== undefined) return undefined
    const id = `${did}#0`
    const isForSigning = publicKeyJwk.use === undefined || publicKeyJwk.use === 'sig'
    return {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
      id: did,
      verificationMethod: [{ id, type: 'JsonWebKey', controller: did, publicKeyJwk }],
      ...(isForSigning ? { authentication: [id], assertionMethod: [id] } : {}),
    }
  } catch {
    return undefined
  }
}
