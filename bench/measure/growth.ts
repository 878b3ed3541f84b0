import { checkSample, issueBatch } from '../batches.ts'
import type { Bench, Results } from '../measure.ts'
import { summary } from '../rounds.ts'
import { type PublishedBadge, publishBadge, type Service, startService } from '../service.ts'

const ROWS = 5000
const FEW = 1000
const MANY = { batches: 10, rows: 100_000 }

interface Filled {
  readonly service: Service
  /** Another badge of the issuer whose credentials fill the database. */
  readonly badge: PublishedBadge
}

/**
 * The time per credential of a batch in a database that holds a million of them, against one that holds a
 * thousand: two services side by side that take turns. A first round warms both up and does not count.
 */
export async function measureGrowth(bench: Bench): Promise<Results> {
  const postgres = await bench.postgres()
  await using full = await startService(await postgres.createDatabase())
  const many = await fill(full, MANY.batches, MANY.rows)
  await using nearlyEmpty = await startService(await postgres.createDatabase())
  const few = await fill(nearlyEmpty, 1, FEW)
  const rounds: { baseline: number; measured: number }[] = []
  for (let round = 0; round < 4; round++) {
    rounds.push({ baseline: await millisecondsEach(few), measured: await millisecondsEach(many) })
  }
  return { growthAtMillion: summary(rounds.slice(1), 'ms/credential') }
}

async function fill(service: Service, batches: number, rows: number): Promise<Filled> {
  const filler = await publishBadge(service)
  for (let batch = 0; batch < batches; batch++) await issueBatch(service, filler, rows)
  return { service, badge: await publishBadge(service, filler) }
}

async function millisecondsEach({ service, badge }: Filled): Promise<number> {
  const batch = await issueBatch(service, badge, ROWS)
  await checkSample(service, batch)
  return (batch.seconds * 1000) / batch.rows
}
