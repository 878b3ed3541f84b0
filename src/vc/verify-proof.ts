import { createHash, createPublicKey, verify } from 'node:crypto'
import jsonld from 'jsonld'
import { loadContext, UnknownContext } from './contexts.ts'
import { type Json, type Proof, withoutProof } from './credential.ts'
import { ed25519FromMultibase, fromBase58 } from './keys.ts'

/** Canonical N-Quads of a document (RDF Dataset Canonicalization, RDFC-1.0), in JSON-LD safe mode. */
export function canonicalize(document: object): Promise<string> {
  return jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    documentLoader: loadContext,
    base: null,
    safe: true,
  })
}

/**
 * The 64 bytes that a proof signs: hash of the proof options, then hash of the document.
 * Shares no code with the signing library, so that each checks the other.
 * Source: Data Integrity EdDSA Cryptosuites 1.0, sections 3.2.4 (Hashing) and 3.2.5 (Proof Configuration);
 * Ed25519Signature2020 computes the same on options without a cryptosuite.
 */
export async function dataToSign(document: Json, proof: Json): Promise<Buffer> {
  const { proofValue: _, ...options } = proof
  const configuration = { '@context': document['@context'], ...options }
  return Buffer.concat([
    sha256(await canonicalize(configuration)),
    sha256(await canonicalize(withoutProof(document))),
  ])
}

/**
 * Is the embedded proof by this key over this document?
 * @param publicKeyMultibase an Ed25519 Multikey, `z6Mk…`
 * @throws when a term is not defined, or the proof value is not base58
 */
export async function verifyProof(
  document: Json,
  proof: Proof,
  publicKeyMultibase: string,
): Promise<boolean> {
  const jwk = ed25519FromMultibase(publicKeyMultibase)
  if (!jwk) return false
  const publicKey = createPublicKey({ key: jwk as Record<string, unknown>, format: 'jwk' })
  return verify(null, await dataToSign(document, proof), publicKey, fromBase58(proof.proofValue))
}

/**
 * Expands in safe mode.
 * @throws UnknownContext, or another error when a term or type is not defined by the document's contexts
 */
export async function assertTermsDefined(document: object): Promise<void> {
  try {
    await jsonld.expand(document, { documentLoader: loadContext, base: null, safe: true })
  } catch (error) {
    // The library wraps what the loader threw.
    const { cause } = (error as { details?: { cause?: unknown } }).details ?? {}
    throw cause instanceof UnknownContext ? cause : error
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
