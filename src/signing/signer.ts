import { createEngine, type SigningOptions } from '../vc/engine/engine.ts'
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

/**
 * @param threads how many sign at once; they start when they are first needed
 * @param checkEvery one of so many credentials is verified with the unmodified library
 */
export function createSigner(threads: number, checkEvery: number): Signer {
  const engine = createEngine(checkEvery)
  const apart = createThreads(threads, checkEvery)
  return {
    sign: async ({ layout, rows, options }) => join(await engine.sign(layout, rows, options)),
    signApart: async (job) => {
      const result = await apart.run(job)
      if ('selfCheckFailed' in result) throw new SelfCheckFailed(result.selfCheckFailed)
      return result
    },
    close: () => apart.close(),
  }
}

export function join(bodies: readonly string[]): Uint8Array {
  return Buffer.from(bodies.join(BETWEEN))
}
