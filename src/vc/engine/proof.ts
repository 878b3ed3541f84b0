import { hash } from 'node:crypto'
import { ED25519_2020 } from '../contexts.ts'
import type { Json, ProofSuite } from '../credential.ts'
import { toSecond } from '../time.ts'
import { compileShape } from './compile.ts'
import { layoutOf, NO_CONSTANTS, valuesOf } from './layout.ts'

/** The members of a proof but its value, in the order in which the library writes them. */
export function proofOptions(suite: ProofSuite, created: Date, verificationMethod: string): Json {
  const type = suite === 'eddsa-rdfc-2022' ? 'DataIntegrityProof' : suite
  return {
    type,
    created: toSecond(created),
    verificationMethod,
    ...(suite === 'eddsa-rdfc-2022' ? { cryptosuite: suite } : {}),
    proofPurpose: 'assertionMethod',
  }
}

/** Ed25519Signature2020 is defined by a context of its own, which the document must name. */
export function contextsFor(suite: ProofSuite, contexts: readonly string[]): string[] {
  const needed = suite === 'Ed25519Signature2020' && !contexts.includes(ED25519_2020)
  return needed ? [...contexts, ED25519_2020] : [...contexts]
}

/** Hashes proof options under the contexts of a document; undefined: ask the library. */
export type HashOptions = (options: Json) => Buffer | undefined

/**
 * Compiles the hashing of proof options (Data Integrity EdDSA Cryptosuites 1.0, section 3.2.5, Proof
 * Configuration). Of one second and one key they are always the same: the last hash is kept.
 */
export async function compileOptions(contexts: readonly string[], options: Json): Promise<HashOptions> {
  const document = { '@context': [...contexts], ...options }
  const shape = await compileShape(layoutOf(document, NO_CONSTANTS, ''))
  let last = { key: '', digest: Buffer.alloc(0) }
  return (next) => {
    const { values } = valuesOf(next, NO_CONSTANTS)
    const key = values.join(' ')
    if (key !== last.key) {
      const text = shape.canonicalize(values)
      if (text === undefined) return undefined
      last = { key, digest: hash('sha256', text, 'buffer') }
    }
    return last.digest
  }
}
