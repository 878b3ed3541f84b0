import { setTimeout as sleep } from 'node:timers/promises'
import { checkSample, issueBatch } from '../batches.ts'
import type { Bench, Results } from '../measure.ts'
import { median } from '../rounds.ts'
import { publishBadge, type Service, startService } from '../service.ts'

const SAMPLE_MS = 100
/** So long after the warm-up, what it left for the garbage collector is no longer part of the idle memory. */
const PAUSE_MS = 3000

/** The memory of the service while it takes in and issues a long list, over what it holds when idle. */
export async function measureMemory(bench: Bench): Promise<Results> {
  await using service = await startService(await (await bench.postgres()).createDatabase())
  const badge = await publishBadge(service)
  await issueBatch(service, badge, 2000)
  await sleep(PAUSE_MS)
  const idle = median(await sample(service, sleep(1000)))
  const issuing = issueBatch(service, badge, bench.quick ? 20_000 : 100_000)
  const peak = Math.max(...(await sample(service, issuing)))
  await checkSample(service, await issuing)
  const value = peak - idle
  return { batchPeakMemoryMB: { value, measured: peak, baseline: idle, unit: 'MB', rounds: [value] } }
}

/** The resident memory, again and again until something has ended. */
async function sample(service: Service, until: Promise<unknown>): Promise<number[]> {
  let ended = false
  const end = until.finally(() => {
    ended = true
  })
  const samples: number[] = []
  for (; !ended; await sleep(SAMPLE_MS)) samples.push(await service.residentMB())
  await end
  return samples
}
