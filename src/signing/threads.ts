import { Tinypool } from 'tinypool'
import { type PackedRows, packRows } from './pack.ts'
import type { Refused, SigningJob } from './signer.ts'

/** A signing thread ended in the middle of its work. The same work may succeed in another one. */
export class ThreadEnded extends Error {}

/** A thread that had nothing to do for so long ends. */
const IDLE_MS = 60_000

/** What a thread holds is little; without a limit it would let its garbage pile up. */
const LIMITS = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 }

/** A job on its way to a thread. */
export interface PackedJob extends Omit<SigningJob, 'rows'> {
  readonly rows: PackedRows
}

/** Threads that sign. */
export interface Threads {
  /** @throws ThreadEnded */
  run(job: SigningJob): Promise<Uint8Array | Refused>
  close(): Promise<void>
}

/**
 * Threads that start when they are first needed. When one ends by itself (it ran out of memory, say), new ones take
 * the place of all: the pool would let what waits for a thread wait for ever.
 * @param max how many sign at once
 * @param checkEvery see createEngine
 */
export function createThreads(max: number, checkEvery: number): Threads {
  let pool: Tinypool | undefined
  const watched = new WeakSet<Tinypool['threads'][number]>()
  const open = () => {
    const opened = new Tinypool({
      filename: new URL('./thread.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: max,
      idleTimeout: IDLE_MS,
      workerData: { checkEvery },
      resourceLimits: LIMITS,
    })
    // Of a thread that had no work yet; unheard, it would end the process.
    opened.on('error', () => undefined)
    return opened
  }
  const giveUp = (lost: Tinypool) => {
    if (pool !== lost) return
    pool = undefined
    void lost.destroy()
  }
  const watch = (used: Tinypool) => {
    for (const thread of used.threads) {
      if (watched.has(thread)) continue
      watched.add(thread)
      thread.on('error', () => giveUp(used))
      // The pool lets idle threads end, and knows it; of any other end without an error it learns here.
      thread.on('exit', () => {
        if (used.threads.includes(thread)) thread.emit('error', new Error('A signing thread ended'))
      })
    }
  }
  return {
    async run(job) {
      pool ??= open()
      const used = pool
      const packed: PackedJob = { ...job, rows: packRows(job.rows) }
      const answer: Promise<Uint8Array | Refused> = used.run(packed)
      watch(used)
      return answer.catch((cause) => {
        throw used === pool ? cause : new ThreadEnded('A signing thread ended', { cause })
      })
    },
    async close() {
      const last = pool
      pool = undefined
      await last?.destroy()
    },
  }
}
