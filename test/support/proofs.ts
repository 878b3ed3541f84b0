import { type KeyObject, sign } from 'node:crypto'
import type { Json } from '../../src/vc/credential.ts'
import { didJwkOf, type HolderJwk } from '../../src/vc/holder-key.ts'
import { generateKeyPair, type KeyAlgorithm, privateKeyFrom, toBase58 } from '../../src/vc/keys.ts'
import { dataToSign } from '../../src/vc/verify-proof.ts'

/** Somebody with a key of their own. */
export interface Signatory {
  readonly did: string
  readonly method: string
  readonly multibase: string
  readonly jwk: HolderJwk
  readonly privateKey: KeyObject
  /** A proof over a document as it stands, after others. */
  prove(document: Json, options?: Json, previous?: Json[]): Promise<Json>
}

/** @param kind the method of its DID; `suite` that of its proofs, the usual one of its key where absent */
export function signatory(
  algorithm: KeyAlgorithm = 'Ed25519',
  { kind = 'key', suite }: { kind?: 'key' | 'jwk'; suite?: string } = {},
): Signatory {
  const pair = generateKeyPair(algorithm)
  const jwk = pair.publicJwk as HolderJwk
  const privateKey = privateKeyFrom(pair.privateJwk)
  const multibase = pair.publicKeyMultibase
  const did = kind === 'key' ? `did:key:${multibase}` : didJwkOf(jwk)
  const method = kind === 'key' ? `${did}#${multibase}` : `${did}#0`
  const cryptosuite = suite ?? (algorithm === 'Ed25519' ? 'eddsa-rdfc-2022' : 'ecdsa-rdfc-2019')
  return {
    did,
    method,
    multibase,
    jwk,
    privateKey,
    prove: async (document, options = {}, previous = []) => {
      const proof = {
        type: 'DataIntegrityProof',
        cryptosuite,
        created: '2024-01-01T00:00:00Z',
        verificationMethod: method,
        proofPurpose: 'assertionMethod',
        ...options,
      }
      const data = await dataToSign(document, proof, previous)
      const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
      const signature = sign(algorithm === 'Ed25519' ? null : 'sha256', data, key)
      return { ...proof, proofValue: toBase58(signature) }
    },
  }
}
