import { sign } from 'node:crypto'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { issue } from '@digitalbazaar/vc'
import { loadContext } from './contexts.ts'
import type { Proof, ProofSuite, SignedCredential, UnsignedCredential } from './credential.ts'
import type { SigningKey } from './keys.ts'

/**
 * Signs with an embedded proof, in JSON-LD safe mode: a member that the contexts do not define is an error.
 * The proof is an array, as both families of Open Badges schemas take it (OB 3.0, section B.1.1); it is not
 * part of what is signed.
 * Source: Data Integrity EdDSA Cryptosuites 1.0, section 3.2 (eddsa-rdfc-2022); Ed25519Signature2020.
 * @param created goes into the proof, to the second
 * @throws when a term is not defined or the shape is no credential
 */
export async function signCredential(
  unsigned: UnsignedCredential,
  key: SigningKey,
  { suite, created }: { suite: ProofSuite; created: Date },
): Promise<SignedCredential> {
  // The library adds to its input: sign a copy.
  const signed = await issue({
    credential: structuredClone(unsigned),
    suite: makeSuite(key, suite, created),
    documentLoader: loadContext,
  })
  return { ...signed, proof: [signed.proof as Proof] } as SignedCredential
}

function makeSuite(key: SigningKey, suite: ProofSuite, date: Date): object {
  if (key.algorithm !== 'Ed25519') throw new Error(`${suite} needs an Ed25519 key`)
  const signer = {
    id: key.id,
    algorithm: 'Ed25519',
    sign: async ({ data }: { data: Uint8Array }) => sign(null, data, key.privateKey),
  }
  return suite === 'eddsa-rdfc-2022'
    ? new DataIntegrityProof({ signer, date, cryptosuite })
    : new Ed25519Signature2020({ signer, date })
}
