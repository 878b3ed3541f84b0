import { ed25519FromMultibase } from './keys.ts'

/** A DID document, as far as proofs need it (Controlled Identifiers 1.0, section 2). */
export interface DidDocument {
  id: string
  verificationMethod?: VerificationMethod[]
  assertionMethod?: (string | VerificationMethod)[]
  [member: string]: unknown
}

export interface VerificationMethod {
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
 * The document of an Ed25519 did:key, made from the DID itself (did:key method, section 3.1).
 * @returns undefined for any other DID
 */
export function didKeyDocument(did: string): DidDocument | undefined {
  const multibase = /^did:key:(z6Mk\w+)$/.exec(did)?.[1]
  if (!multibase || !ed25519FromMultibase(multibase)) return undefined
  const id = `${did}#${multibase}`
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase: multibase }],
    authentication: [id],
    assertionMethod: [id],
  }
}
