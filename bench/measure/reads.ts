import { startBareService } from '../bare.ts'
import { checkSample, credentialUrls, issueBatch } from '../batches.ts'
import { type Load, requestsPerSecond } from '../load/load.ts'
import type { Bench, Results } from '../measure.ts'
import { inRounds } from '../rounds.ts'
import { publishBadge, startService } from '../service.ts'

/** Many different credentials in random order, against one document from memory. */
export async function measureReads(bench: Bench): Promise<Results> {
  await using service = await startService(await (await bench.postgres()).createDatabase())
  const batch = await issueBatch(service, await publishBadge(service), bench.quick ? 2000 : 10_000)
  const reads = (await credentialUrls(service, batch)).map((url) => new URL(url).pathname)
  await using bare = await startBareService(await checkSample(service, batch))
  const load = (origin: string): Load => ({ origin, seconds: bench.seconds, target: { reads } })
  for (const { origin } of [service, bare]) await requestsPerSecond({ ...load(origin), seconds: 1 })
  return {
    readVsBareRoute: await inRounds(bench.rounds, 'reads/s', {
      baseline: () => requestsPerSecond(load(bare.origin)),
      measured: () => requestsPerSecond(load(service.origin)),
    }),
  }
}
