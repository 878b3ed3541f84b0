import { checkSample, credentialUrls, issueBatch } from '../batches.ts'
import { type Load, startLoad } from '../load/load.ts'
import type { Bench, Results } from '../measure.ts'
import { inRounds, quantile } from '../rounds.ts'
import { publishBadge, startService } from '../service.ts'

const REQUESTS_PER_SECOND = 500
const FOR_EVER = 3600

/** How long the slowest hundredth of reads takes while a batch runs, against the same at rest. */
export async function measureReadLatency(bench: Bench): Promise<Results> {
  await using service = await startService(await (await bench.postgres()).createDatabase())
  const badge = await publishBadge(service)
  const read = await issueBatch(service, badge, 2000)
  const reads = (await credentialUrls(service, read)).map((url) => new URL(url).pathname)
  const load: Load = {
    origin: service.origin,
    seconds: bench.seconds,
    target: { reads },
    requestsPerSecond: REQUESTS_PER_SECOND,
  }
  await startLoad({ ...load, seconds: 1 }).result
  return {
    readP99DuringBatch: await inRounds(bench.rounds, 'ms', {
      baseline: async () => quantile((await startLoad(load).result).latencies, 0.99),
      async measured() {
        const during = startLoad({ ...load, seconds: FOR_EVER })
        // Awaited at once, so that neither's failure goes unseen while the other runs.
        const issuing = issueBatch(service, badge, bench.quick ? 6000 : 20_000).finally(during.stop)
        const [batch, { latencies }] = await Promise.all([issuing, during.result])
        await checkSample(service, batch)
        return quantile(latencies, 0.99)
      },
    }),
  }
}
