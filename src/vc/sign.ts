import { sign } from 'node:crypto'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import { createSignCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { issue } from '@digitalbazaar/vc'
import { loadContext } from './contexts.ts'
import type {
  Json,
  Proof,
  ProofSuite,
  SignedCredential,
  SigningSuite,
  UnsignedCredential,
} from './credential.ts'
import type { SigningKey } from './keys.ts'

/**
 * Signs a badge with an embedded proof, in JSON-LD safe mode: a member that the contexts do not define is an error.
 * The proof is an array, as both families of Open Badges schemas take it (OB 3.0, section B.1.1); it is not
 * part of what is signed.
 * @param created goes into the proof, to the second
 * @throws when a term is not defined or the shape is no credential
 */
export async function signCredential(
  unsigned: UnsignedCredential,
  key: SigningKey,
  options: { suite: ProofSuite; created: Date },
): Promise<SignedCredential> {
  const signed = await signAsGiven(unsigned, key, options)
  return { ...signed, proof: [signed.proof] } as SignedCredential
}

/**
 * Signs any credential with one embedded proof. The context that defines the proof is added where it is missing.
 * Source: Data Integrity EdDSA Cryptosuites 1.0, sections 3.2 (eddsa-rdfc-2022) and 3.3 (eddsa-jcs-2022);
 * Ed25519Signature2020.
 * @param created goes into the proof, to the second
 * @throws when the shape is no credential, or, but for eddsa-jcs-2022, a term is not defined
 */
export async function signAsGiven(
  unsigned: Json,
  key: SigningKey,
  { suite, created }: { suite: SigningSuite; created: Date },
): Promise<Json & { proof: Proof }> {
  // The library adds to its input: sign a copy.
  const signed = await issue({
    credential: structuredClone(unsigned),
    suite: makeSuite(key, suite, created),
    documentLoader: loadContext,
  })
  return signed as Json & { proof: Proof }
}

function makeSuite(key: SigningKey, suite: SigningSuite, date: Date): object {
  if (key.algorithm !== 'Ed25519') throw new Error(`${suite} needs an Ed25519 key`)
  const signer = {
    id: key.id,
    algorithm: 'Ed25519',
    sign: async ({ data }: { data: Uint8Array }) => sign(null, data, key.privateKey),
  }
  if (suite === 'Ed25519Signature2020') return new Ed25519Signature2020({ signer, date })
  const isJcs = suite === 'eddsa-jcs-2022'
  return new DataIntegrityProof({ signer, date, cryptosuite: isJcs ? createSignCryptosuite() : cryptosuite })
}
