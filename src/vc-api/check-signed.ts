import { createPublicKey } from 'node:crypto'
import type { JWK } from 'jose'
import type { Context } from '../context.ts'
import { Invalid } from '../errors.ts'
import { termFault } from '../vc/as-written.ts'
import type { Json, Proof } from '../vc/credential.ts'
import { SelfCheckFailed, verifyWithLibrary } from '../vc/engine/self-check.ts'
import { type SigningKey, toMultibase } from '../vc/keys.ts'
import { verifyProof } from '../vc/verify-proof.ts'

/**
 * Verifies what was just signed, before it leaves the house: by our own verifier, which shares no code with the
 * signing library, and by the library's.
 * @throws SelfCheckFailed where the signature is wrong; Invalid where it is right, and the credential is such that
 * others refuse it all the same, which is logged
 */
export async function checkSigned(
  { log }: Context,
  signed: Json & { proof: Proof },
  key: SigningKey,
): Promise<void> {
  // The contexts of the proof and of the status came after those that were looked at.
  const fault = await termFault(signed)
  if (fault) throw unsignable(fault.what ?? fault.code)
  const publicKey = createPublicKey(key.privateKey).export({ format: 'jwk' }) as JWK
  const isGenuine = await verifyProof(signed, signed.proof, toMultibase(publicKey))
  if (!isGenuine) throw new SelfCheckFailed('A credential that was just signed does not verify')
  // The library compares contexts that are objects by their identity, so that it finds none of them again.
  if (signed.proof.cryptosuite === 'eddsa-jcs-2022') return
  await verifyWithLibrary(JSON.stringify(signed), key).catch((error: Error) => {
    log.info({ err: error }, 'a credential that was signed as given is not accepted by the library')
    throw unsignable(error.message)
  })
}

/** Something about the credential keeps it from being signed, or what was signed from being verified. */
export function unsignable(why: string): Invalid {
  return new Invalid({
    path: '/credential',
    code: 'credential-unsignable',
    params: { why: why.slice(0, 300) },
  })
}
