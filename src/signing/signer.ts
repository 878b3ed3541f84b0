import { createEngine, type Engine, type SigningOptions } from '../vc/engine/engine.ts'
import type { Layout } from '../vc/engine/layout.ts'
import { SelfCheckFailed } from '../vc/engine/self-check.ts'
import { createThreads } from './threads.ts'

/** Stands between two credentials; JSON has no such character, not even in a string. */
export const BETWEEN = '\x1e'

/** Credentials of one layout that one key signs. */
export interface SigningJob {
  readonly layout: Layout
  /** The values for the slots of each credential. */
  readonly rows: readonly (readonly string[])[]
  readonly options: SigningOptions
}

/** The engine, here and in threads of its own. */
export interface Signer {
  /**
   * Signs in this thread: for one award or a few.
   * @returns the credentials as UTF-8 JSON, in their order, with `BETWEEN` between them
   * @throws SelfCheckFailed
   */
  sign(job: SigningJob): Promise<Uint8Array>
  /**
   * The same in another thread, so that this one stays free for requests.
   * @throws ThreadEnded too
   */
  signApart(job: SigningJob): Promise<Uint8Array>
  close(): Promise<void>
}

/** What a thread gives back where the library refused a credential. */
export interface Refused {
  readonly selfCheckFailed: string
}

const FIRST_BYTES = 16 * 1024

/**
 * @param threads how many sign at once; they start when they are first needed
 * @param checkEvery one of so many credentials is verified with the unmodified library
 */
export function createSigner(threads: number, checkEvery: number): Signer {
  const engine = createEngine(checkEvery)
  const apart = createThreads(threads, checkEvery)
  return {
    sign: (job) => signToBytes(engine, job),
    signApart: async (job) => {
      const result = await apart.run(job)
      if ('selfCheckFailed' in result) throw new SelfCheckFailed(result.selfCheckFailed)
      return result
    },
    close: () => apart.close(),
  }
}

/** Signs, and writes each credential as bytes at once: kept as texts they would outlive many collections. */
export async function signToBytes(
  engine: Engine,
  { layout, rows, options }: SigningJob,
): Promise<Uint8Array> {
  let bytes = Buffer.allocUnsafe(FIRST_BYTES)
  let length = 0
  await engine.signEach(layout, rows, options, (body) => {
    const text = length === 0 ? body : BETWEEN + body
    // In UTF-8 a UTF-16 unit takes three bytes at most.
    const needed = length + text.length * 3
    if (needed > bytes.length) bytes = Buffer.concat([bytes], Math.max(needed, bytes.length * 2))
    length += bytes.write(text, length)
  })
  return new Uint8Array(bytes.subarray(0, length))
}
