import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { type Json, withoutProof } from '../credential.ts'
import { canonicalize } from '../verify-proof.ts'
import { compileShape, type Shape } from './compile.ts'
import { layoutOf, NO_CONSTANTS, valuesOf } from './layout.ts'

/** The bytes that a proof over a document signs; see dataToSign in verify-proof.ts, which it stands for. */
export type DataHasher = (document: Json, proof: Json) => Promise<Buffer>

interface Known {
  seen: number
  /** undefined while it is rare, and where it cannot be compiled. */
  shape?: Promise<Shape | undefined>
}

/** Layouts in use are few. One that is new may be anybody's invention: compiling costs more than hashing it once. */
const MAX_LAYOUTS = 100
const COMPILE_AT = 3
const MAX_KEY = 2000

/**
 * Hashes presentations, of which all of one kind of wallet differ in their texts alone: what stands around the texts
 * is worked out once. A layout that is rare, or that cannot be compiled, goes the direct way.
 */
export function createDataHasher(): DataHasher {
  const layouts = new LRUCache<string, Known>({ max: MAX_LAYOUTS })

  const canonical = async (document: Json): Promise<string | Uint8Array> => {
    const { key, values } = valuesOf(document, NO_CONSTANTS)
    if (key.length > MAX_KEY) return canonicalize(document)
    const known = layouts.get(key) ?? { seen: 0 }
    layouts.set(key, known)
    if (++known.seen >= COMPILE_AT) {
      known.shape ??= compileShape(layoutOf(document, NO_CONSTANTS, key)).catch(() => undefined)
    }
    const shape = await known.shape
    return shape?.canonicalize(values) ?? canonicalize(document)
  }

  return async (document, proof) => {
    const { proofValue: _, ...options } = proof
    const configuration = { '@context': document['@context'], ...options }
    const texts = [await canonical(configuration), await canonical(withoutProof(document))]
    return Buffer.concat(texts.map((text) => createHash('sha256').update(text).digest()))
  }
}
