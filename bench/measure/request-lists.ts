import { type Load, startLoad } from '../load/load.ts'
import type { Bench, Results } from '../measure.ts'
import { fillRequests, listPaths } from '../requests.ts'
import { inRounds, quantile } from '../rounds.ts'
import { type Service, startService } from '../service.ts'

const MANY = 1_000_000
const FEW = 10_000
const REQUESTS_PER_SECOND = 50

/**
 * How long the slowest twentieth of the lists of requests takes, with filters and on later pages, of an issuer with
 * a million requests; beside one with ten thousand, in turns.
 */
export async function measureRequestLists(bench: Bench): Promise<Results> {
  const postgres = await bench.postgres()
  const manyAt = await postgres.createDatabase()
  await using full = await startService(manyAt)
  const many = loadOf(full, await listPaths(full, await fillRequests(full, manyAt, MANY)), bench.seconds)
  const fewAt = await postgres.createDatabase()
  await using nearlyEmpty = await startService(fewAt)
  const few = loadOf(
    nearlyEmpty,
    await listPaths(nearlyEmpty, await fillRequests(nearlyEmpty, fewAt, FEW)),
    bench.seconds,
  )
  for (const load of [many, few]) await slowest(load)
  const growth = await inRounds(bench.rounds, 'ms', {
    baseline: () => slowest(few),
    measured: () => slowest(many),
  })
  return { requestListMs: { ...growth, value: growth.measured }, requestListGrowth: growth }
}

function loadOf({ origin, operatorKey }: Service, reads: string[], seconds: number): Load {
  return { origin, seconds, target: { reads, operatorKey }, requestsPerSecond: REQUESTS_PER_SECOND }
}

/** In milliseconds. */
async function slowest(load: Load): Promise<number> {
  return quantile((await startLoad(load).result).latencies, 0.95)
}
