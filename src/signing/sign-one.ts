import type { UnsignedCredential } from '../vc/credential.ts'
import type { SigningOptions } from '../vc/engine/engine.ts'
import { layoutOf, NO_CONSTANTS, valuesOf } from '../vc/engine/layout.ts'
import type { Signer } from './signer.ts'

/**
 * Signs one credential, of a kind that is signed again and again.
 * @returns it as JSON
 */
export async function signOne(
  signer: Signer,
  unsigned: UnsignedCredential,
  options: SigningOptions,
): Promise<string> {
  const { key, values } = valuesOf(unsigned, NO_CONSTANTS)
  const job = { layout: layoutOf(unsigned, NO_CONSTANTS, key), rows: [values], options }
  return Buffer.from(await signer.sign(job)).toString()
}
