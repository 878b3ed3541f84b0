import { startBareService } from '../bare.ts'
import { type Load, requestsPerSecond } from '../load/load.ts'
import type { Bench, Results } from '../measure.ts'
import { inRounds } from '../rounds.ts'
import { awardExample, publishBadge, startService } from '../service.ts'

/** Single awards over HTTP on PostgreSQL, against a route that signs with the library and stores nothing. */
export async function measureAwards(bench: Bench): Promise<Results> {
  await using service = await startService(await (await bench.postgres()).createDatabase())
  const badge = await publishBadge(service)
  await using bare = await startBareService(await awardExample(service, badge))
  const { operatorKey } = service
  const load = (origin: string, awards: string): Load => ({
    origin,
    seconds: bench.seconds,
    target: { awards, operatorKey },
  })
  const ours = load(service.origin, `/v1/badge-classes/${badge.badgeClass}/assertions`)
  const theirs = load(bare.origin, '/awards')
  for (const warmUp of [ours, theirs]) await requestsPerSecond({ ...warmUp, seconds: 1 })
  return {
    awardVsBareRoute: await inRounds(bench.rounds, 'awards/s', {
      baseline: () => requestsPerSecond(theirs),
      measured: () => requestsPerSecond(ours),
    }),
  }
}
