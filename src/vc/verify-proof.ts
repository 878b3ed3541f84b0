import { createHash, verify } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import canonicalizeJson from 'canonicalize'
import jsonld from 'jsonld'
import { loadContext } from './contexts.ts'
import { type Json, type Proof, withoutProof } from './credential.ts'
import { type HolderJwk, jwkFromMultibase, publicKeyOf } from './holder-key.ts'
import { fromBase58 } from './keys.ts'
import { ownTermsFault } from './own-terms.ts'

/** Canonical N-Quads of a document (RDF Dataset Canonicalization, RDFC-1.0), in JSON-LD safe mode. */
export function canonicalize(document: object): Promise<string> {
  return jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    documentLoader: loadContext,
    base: null,
    safe: true,
    // As the signing libraries have it: texts keep their direction.
    rdfDirection: 'i18n-datatype',
  })
}

/** What a kind of proof is made of: the curve of its keys, and the canonical form that is hashed. */
interface Suite {
  readonly curve: HolderJwk['crv']
  readonly form: 'rdfc' | 'jcs'
}

const SUITES: Readonly<Record<string, Suite>> = {
  'eddsa-rdfc-2022': { curve: 'Ed25519', form: 'rdfc' },
  'eddsa-jcs-2022': { curve: 'Ed25519', form: 'jcs' },
  'ecdsa-rdfc-2019': { curve: 'P-256', form: 'rdfc' },
  'ecdsa-jcs-2019': { curve: 'P-256', form: 'jcs' },
}

/** The kind of a proof, if it is one that can be verified here. */
export function suiteOf({ type, cryptosuite }: Json): Suite | undefined {
  if (type === 'Ed25519Signature2020') return SUITES['eddsa-rdfc-2022']
  if (type !== 'DataIntegrityProof' || typeof cryptosuite !== 'string') return undefined
  return Object.hasOwn(SUITES, cryptosuite) ? SUITES[cryptosuite] : undefined
}

/**
 * The 64 bytes that a proof signs: hash of the proof options, then hash of the document.
 * Shares no code with the signing library, so that each checks the other.
 * Source: Data Integrity EdDSA Cryptosuites 1.0, sections 3.2.4 (Hashing) and 3.2.5 (Proof Configuration), the same
 * in 3.3 for JCS, and in Data Integrity ECDSA Cryptosuites 1.0 for P-256; Ed25519Signature2020 computes it on options
 * without a cryptosuite.
 * @param previous the proofs that this one comes after, which it signs too (Data Integrity 1.0, section 4.5)
 * @throws when a term is not defined or ambiguous, or a proof in JCS is made for other contexts
 */
export async function dataToSign(
  document: Json,
  proof: Json,
  previous: readonly Json[] = [],
): Promise<Buffer> {
  const { proofValue: _, ...options } = proof
  const isText = suiteOf(proof)?.form === 'jcs'
  // Contexts within words would be read again for each of their uses.
  const own = isText ? undefined : ownTermsFault(document)
  if (own !== undefined) throw new Error(`The word ${own} could mean something else than it says`)
  const unsecured = { ...withoutProof(document), ...(previous.length > 0 ? { proof: previous } : {}) }
  const [configuration, secured] = isText
    ? [jcs(options), jcs(withContextsOf(options, unsecured))]
    : await Promise.all([
        canonicalize({ ...options, '@context': document['@context'] }),
        canonicalize(unsecured),
      ])
  return Buffer.concat([sha256(configuration), sha256(secured)])
}

/**
 * A proof in JCS says for which contexts it was made: the first ones of the document.
 * Source: Data Integrity EdDSA Cryptosuites 1.0, section 3.3.2 (Verify Proof), step 4.
 */
function withContextsOf({ '@context': made }: Json, document: Json): Json {
  if (made === undefined) return document
  const [expected, found] = [[made].flat(), [document['@context'] ?? []].flat()]
  if (!isDeepStrictEqual(found.slice(0, expected.length), expected))
    throw new Error('The contexts of the document do not begin with those of the proof')
  return { ...document, '@context': made }
}

/**
 * Is the embedded proof by this key over this document?
 * @param key a Multikey, `z6Mk…` or `zDn…`, or the same as a JWK
 * @param previous the proofs that this one comes after
 * @throws when a term is not defined, or the proof value is not base58
 */
export async function verifyProof(
  document: Json,
  proof: Proof,
  key: string | HolderJwk,
  previous: readonly Json[] = [],
): Promise<boolean> {
  const jwk = typeof key === 'string' ? jwkFromMultibase(key) : key
  if (!jwk || jwk.crv !== suiteOf(proof)?.curve) return false
  const signature = fromBase58(proof.proofValue)
  const data = await dataToSign(document, proof, previous)
  // ECDSA signs the SHA-256 of the hashes, as r and s of 32 bytes each (ECDSA Cryptosuites 1.0, section 3.2.6).
  return jwk.crv === 'Ed25519'
    ? verify(null, data, publicKeyOf(jwk), signature)
    : verify('sha256', data, { key: publicKeyOf(jwk), dsaEncoding: 'ieee-p1363' }, signature)
}

/** The types of the package describe another module format. */
const serialize = canonicalizeJson as unknown as (value: object) => string

/** RFC 8785 (JSON Canonicalization Scheme). */
function jcs(value: object): string {
  return serialize(value)
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
