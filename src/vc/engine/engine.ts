import { hash, sign } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Json, ProofSuite, UnsignedCredential } from '../credential.ts'
import { type SigningKey, toBase58 } from '../keys.ts'
import { signCredential } from '../sign.ts'
import { walletJson } from '../wallet-json.ts'
import { compileShape, type Shape } from './compile.ts'
import { fillDocument, type Layout } from './layout.ts'
import { NotCompilable } from './probe.ts'
import { compileOptions, contextsFor, type HashOptions, proofOptions } from './proof.ts'
import { selfCheck } from './self-check.ts'

/** How a group of credentials is to be signed. */
export interface SigningOptions {
  readonly key: SigningKey
  readonly suite: ProofSuite
  readonly created: Date
}

/** Signs many credentials of one layout; each thread has its own engine, with the layouts it compiled. */
export interface Engine {
  /**
   * @param rows the values for the slots of each credential
   * @returns each signed credential as JSON, in the order of the rows
   * @throws when the unmodified library refuses one of the sample, or the contexts do not define a member
   */
  sign(layout: Layout, rows: readonly (readonly string[])[], options: SigningOptions): Promise<string[]>
  /** The same, each handed over as soon as it is signed. */
  signEach(
    layout: Layout,
    rows: readonly (readonly string[])[],
    options: SigningOptions,
    take: (body: string) => void,
  ): Promise<void>
}

interface Compiled {
  /** undefined: this layout goes the library's way. */
  readonly shape: Shape | undefined
  readonly hashOptions: HashOptions | undefined
  /** Was one of this layout verified, and none refused since? */
  isProven: boolean
}

/** Layouts kept at once: one for each badge version and set of optional members in use. */
const MAX_SHAPES = 500

/**
 * @param checkEvery one of so many credentials is verified by another way before any of its group is given back, and
 * so is the first one of every layout, however it was signed; 0 leaves only the latter
 */
export function createEngine(checkEvery: number): Engine {
  const compiled = new LRUCache<string, Promise<Compiled>>({ max: MAX_SHAPES })
  let signed = 0

  const engine: Engine = {
    async sign(layout, rows, options) {
      const bodies: string[] = []
      await engine.signEach(layout, rows, options, (body) => bodies.push(body))
      return bodies
    },
    async signEach(layout, rows, options, take) {
      if (options.key.algorithm !== 'Ed25519') throw new Error(`${options.suite} needs an Ed25519 key`)
      const key = `${options.suite} ${layout.key}`
      const promise = compiled.get(key) ?? compile(layout, options)
      compiled.set(key, promise)
      const found = await promise
      const { shape, hashOptions } = found
      for (const values of rows) {
        const fast = shape && hashOptions ? signFast(shape, hashOptions, values, options) : undefined
        const body = fast ?? (await signByLibrary(layout, values, options))
        const isSample = checkEvery > 0 && ++signed % checkEvery === 0
        if (isSample || !found.isProven) {
          found.isProven = false
          await selfCheck(body, options.key)
          found.isProven = true
        }
        take(body)
      }
    },
  }
  return engine
}

async function compile(layout: Layout, { key, suite, created }: SigningOptions): Promise<Compiled> {
  const contexts = layout.document['@context'] as string[]
  const document = { ...layout.document, '@context': contextsFor(suite, contexts) }
  try {
    const shape = await compileShape({ ...layout, document })
    const options = proofOptions(suite, created, key.id)
    const hashOptions = await compileOptions(document['@context'], options)
    return { shape, hashOptions, isProven: false }
  } catch (error) {
    if (error instanceof NotCompilable) return { shape: undefined, hashOptions: undefined, isProven: false }
    throw error
  }
}

/** Data Integrity EdDSA Cryptosuites 1.0, section 3.2.1 (Create Proof), on a compiled shape. */
function signFast(
  shape: Shape,
  hashOptions: HashOptions,
  values: readonly string[],
  { key, suite, created }: SigningOptions,
): string | undefined {
  const text = shape.canonicalize(values)
  if (text === undefined) return undefined
  const options = proofOptions(suite, created, key.id)
  const optionsHash = hashOptions(options)
  if (!optionsHash) return undefined
  const data = Buffer.concat([optionsHash, hash('sha256', text, 'buffer')])
  const proof: Json = { ...options, proofValue: toBase58(sign(null, data, key.privateKey)) }
  return `${shape.writeJson(values)},"proof":[${walletJson(proof)}]}`
}

async function signByLibrary(
  layout: Layout,
  values: readonly string[],
  options: SigningOptions,
): Promise<string> {
  const document = fillDocument(layout, values) as UnsignedCredential
  return walletJson(await signCredential(document, options.key, options))
}
