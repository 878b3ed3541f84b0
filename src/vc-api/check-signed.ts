import { createPublicKey } from 'node:crypto'
import type { JWK } from 'jose'
import type { Json, Proof } from '../vc/credential.ts'
import { SelfCheckFailed, verifyWithLibrary } from '../vc/engine/self-check.ts'
import { type SigningKey, toMultibase } from '../vc/keys.ts'
import { verifyProof } from '../vc/verify-proof.ts'

/**
 * Verifies what was just signed, before it leaves the house: by our own verifier, which shares no code with the
 * signing library, and by the library's.
 * @throws SelfCheckFailed
 */
export async function checkSigned(signed: Json & { proof: Proof }, key: SigningKey): Promise<void> {
  const publicKey = createPublicKey(key.privateKey).export({ format: 'jwk' }) as JWK
  const isGenuine = await verifyProof(signed, signed.proof, toMultibase(publicKey))
  if (!isGenuine) throw new SelfCheckFailed('A credential that was just signed does not verify')
  // The library compares contexts that are objects by their identity, so that it finds none of them again.
  if (signed.proof.cryptosuite !== 'eddsa-jcs-2022') await verifyWithLibrary(JSON.stringify(signed), key)
}
