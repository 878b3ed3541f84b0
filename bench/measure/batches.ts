import { checkSample, issueBatch } from '../batches.ts'
import { createLibraryIssuer } from '../library.ts'
import type { Bench, Results } from '../measure.ts'
import { inRounds, perSecond, type Result } from '../rounds.ts'
import { publishBadge, startService } from '../service.ts'

export async function measurePostgresBatch(bench: Bench): Promise<Results> {
  const databaseUrl = await (await bench.postgres()).createDatabase()
  return { batchPostgresVsLibrary: await measureBatch(bench, databaseUrl) }
}

export async function measureEmbeddedBatch(bench: Bench): Promise<Results> {
  return { batchEmbeddedVsLibrary: await measureBatch(bench) }
}

/** A whole list over HTTP, from its first byte to its last stored credential. */
async function measureBatch({ quick, rounds, seconds }: Bench, databaseUrl?: string): Promise<Result> {
  await using service = await startService(databaseUrl)
  const badge = await publishBadge(service)
  const example = await checkSample(service, await issueBatch(service, badge, quick ? 500 : 2000))
  const issueOne = createLibraryIssuer(example)
  await perSecond(0.3, issueOne)
  return await inRounds(rounds, 'credentials/s', {
    baseline: () => perSecond(seconds / 2, issueOne),
    async measured() {
      const batch = await issueBatch(service, badge, quick ? 3000 : 20_000)
      await checkSample(service, batch)
      return batch.rows / batch.seconds
    },
  })
}
