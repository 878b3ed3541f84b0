import { verificationMethodOf } from '../keys/active-key.ts'
import type { PublishedKey } from '../keys/schema.ts'
import { type DidDocument, didKeyDocument } from '../vc/did.ts'
import type { IssuerRow } from './queries.ts'

/** Resolvers in the field read no more. */
export const MAX_DID_DOCUMENT_BYTES = 8192

const CONTEXT = [
  'https://www.w3.org/ns/did/v1',
  'https://w3id.org/security/multikey/v1',
  'https://w3id.org/security/jwk/v1',
]

/**
 * The DID document of an issuer: absolute ids, `assertionMethod` as strings, retired keys too.
 * Source: DID Core 1.0, section 5; Controlled Identifiers 1.0, sections 2.2.2 (Multikey) and 2.2.3 (JsonWebKey).
 */
export function didDocumentOf(issuer: IssuerRow, publicUrl: string, keys: PublishedKey[]): DidDocument {
  const own = issuer.didMethod === 'key' ? didKeyDocument(issuer.did) : undefined
  return own ?? controllerDocument(issuer.did, { publicUrl, path: `/issuers/${issuer.slug}` }, keys)
}

/** The document of the origin itself, whose key signs nothing but the self-test. */
export function controllerDocument(
  did: string,
  { publicUrl, path }: { publicUrl: string; path: string },
  keys: PublishedKey[],
): DidDocument {
  const ids = keys.map((key) => `${did}#${key.publicKeyMultibase}`)
  return {
    '@context': CONTEXT,
    id: did,
    alsoKnownAs: [`${publicUrl}${path}`],
    verificationMethod: keys.map((key, i) => ({ id: ids[i]!, controller: did, ...materialOf(key) })),
    assertionMethod: ids,
    // Well Known DID Configuration, section "Linked Domain Service Endpoint".
    service: [{ id: `${did}#domain`, type: 'LinkedDomains', serviceEndpoint: { origins: [publicUrl] } }],
  }
}

function materialOf(key: PublishedKey) {
  return key.algorithm === 'Ed25519'
    ? { type: 'Multikey', publicKeyMultibase: key.publicKeyMultibase }
    : { type: 'JsonWebKey', publicKeyJwk: { ...key.publicJwk, alg: 'ES256' } }
}

/** One JWK of a set: `kid` is the URL used in headers, `iss` whose it is (OB 3.0 implementation guide). */
export function publicJwkOf(key: PublishedKey, did: string, publicUrl: string) {
  return {
    ...key.publicJwk,
    kid: verificationMethodOf(publicUrl, did, key.publicKeyMultibase),
    alg: key.algorithm === 'Ed25519' ? 'EdDSA' : 'ES256',
    use: 'sig',
    iss: did,
  }
}
