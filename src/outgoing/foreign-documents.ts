import { LRUCache } from 'lru-cache'
import { type FetchedAnswer, FetchRefused, type GuardedFetch } from './guarded-fetch.ts'

/** What was fetched. */
export interface Fetched {
  readonly bytes: Buffer
  /** The same as UTF-8. */
  readonly text: string
  /** Lower case, without parameters; empty when the answer does not say. */
  readonly mediaType: string
  /** When it was fetched, by the clock of the service. */
  readonly fetchedAt: Date
}

/** What is asked for. */
export interface Wanted {
  /** Media types, as in the header. */
  readonly accept: string
  readonly maxBytes: number
  /** A kept copy may be so old at most, whatever its own lifetime is. */
  readonly maxAgeMs?: number
}

/** Documents of strangers, behind the SSRF guard, each kept for the time that its answer allows. */
export interface ForeignDocuments {
  /** @throws FetchRefused */
  get(url: string, wanted: Wanted): Promise<Fetched>
}

/** Nothing is kept longer: a key or a status can change at any time. */
const LONGEST_MS = 60 * 60 * 1000
/** Where the answer does not say. */
const USUAL_MS = 5 * 60 * 1000
const FAILURE_MS = 15 * 1000
const MAX_ENTRIES = 1000
const MAX_BYTES = 32 * 1024 * 1024
/** Fetches on their way at once, for everybody together. */
const MAX_AT_ONCE = 64

interface Kept {
  readonly until: number
  readonly outcome: Fetched | FetchRefused
}

/**
 * Calls for one URL at once share one fetch; failures are kept for a moment too, so that a server in trouble is left
 * alone.
 * Source of the lifetimes: RFC 9111, sections 4.2.1 and 5.2.2 (as a shared cache).
 */
export function createForeignDocuments(fetch: GuardedFetch, clock: () => Date): ForeignDocuments {
  const kept = new LRUCache<string, Kept>({
    max: MAX_ENTRIES,
    maxSize: MAX_BYTES,
    sizeCalculation: ({ outcome }) => ('bytes' in outcome ? 3 * outcome.bytes.length : 0) + 1000,
  })
  const underway = new Map<string, Promise<Fetched>>()

  const fetchAndKeep = async (key: string, url: string, wanted: Wanted): Promise<Fetched> => {
    if (underway.size >= MAX_AT_ONCE) throw new FetchRefused('too much is being fetched at the moment')
    const fetching = fetch(url, wanted).then(
      (answer) => {
        const now = clock()
        const fetched = readAnswer(answer, now)
        kept.set(key, { until: now.getTime() + lifetimeOf(answer, now), outcome: fetched })
        return fetched
      },
      (error) => {
        if (error instanceof FetchRefused)
          kept.set(key, { until: clock().getTime() + FAILURE_MS, outcome: error })
        throw error
      },
    )
    underway.set(key, fetching)
    return fetching.finally(() => underway.delete(key))
  }

  return {
    get: async (address, wanted) => {
      const url = address.split('#')[0]!
      const key = `${wanted.maxBytes} ${wanted.accept} ${url}`
      const found = kept.get(key)
      const now = clock().getTime()
      if (found && now < found.until) {
        const { outcome } = found
        if (outcome instanceof FetchRefused) throw outcome
        if (now - outcome.fetchedAt.getTime() <= (wanted.maxAgeMs ?? LONGEST_MS)) return outcome
      }
      return underway.get(key) ?? fetchAndKeep(key, url, wanted)
    },
  }
}

function readAnswer({ bytes, header }: FetchedAnswer, now: Date): Fetched {
  const mediaType = (header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  return { bytes, text: bytes.toString('utf8'), mediaType, fetchedAt: now }
}

/** @returns milliseconds */
function lifetimeOf({ header }: FetchedAnswer, now: Date): number {
  const control = (header('cache-control') ?? '').toLowerCase()
  if (/(^|[\s,])(no-store|no-cache|private)($|[\s,=])/.test(control)) return 0
  const seconds = /(?:^|[\s,])s-maxage="?(\d+)/.exec(control) ?? /(?:^|[\s,])max-age="?(\d+)/.exec(control)
  const age = /^\d+$/.test(header('age') ?? '') ? Number(header('age')) * 1000 : 0
  const expires = header('expires')
  const end = expires === undefined ? undefined : Date.parse(expires)
  const date = Date.parse(header('date') ?? '') || now.getTime()
  // A date that cannot be read is in the past (RFC 9111, section 5.3).
  const given = seconds ? Number(seconds[1]) * 1000 : end === undefined ? USUAL_MS : (end || 0) - date
  return Math.max(0, Math.min(given - age, LONGEST_MS))
}
