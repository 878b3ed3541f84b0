import { CallerError } from '../errors.ts'

/** Lets in at most so many at once; the others wait, and come in as they came. */
export interface Gate {
  /**
   * Does the work when there is room for it.
   * @throws the reason of `signal` when it is aborted before; CallerError 503 when too many wait already: the work
   * is then never begun
   */
  pass<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>
}

/**
 * @param places how many are inside at once
 * @param line how many may wait
 */
export function createGate(places: number, line = Number.POSITIVE_INFINITY): Gate {
  // A set keeps the order in which they came.
  const waiting = new Set<() => void>()
  let free = places

  async function enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (free > 0) {
      free--
      return
    }
    if (waiting.size >= line) throw new CallerError(503, 'unavailable')
    await new Promise<void>((resolve, reject) => {
      const comeIn = () => {
        signal.removeEventListener('abort', goAway)
        resolve()
      }
      const goAway = () => {
        waiting.delete(comeIn)
        reject(signal.reason)
      }
      waiting.add(comeIn)
      signal.addEventListener('abort', goAway, { once: true })
    })
  }

  /** Gives the place to who has waited longest. */
  function leave(): void {
    const [next] = waiting
    if (next === undefined) {
      free++
      return
    }
    waiting.delete(next)
    next()
  }

  return {
    async pass(signal, work) {
      await enter(signal)
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
