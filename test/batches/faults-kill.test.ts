import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { checkedBatch, people, untilStatus } from '../support/batches.ts'
import { callerAt, foundIssuer, openFleet, untilIssuing } from '../support/fleet.ts'
import { everyoneOnce } from '../support/issued-once.ts'

const KILLS = 10
const ROWS = 600
/** A batch of so many rows takes longer than this. */
const WINDOW_MS = 300

/** Random numbers from 0 to 1 that a seed gives again (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

t.test('killed ten times in the middle of batches, it issues to everyone once', async (t) => {
  const seed = Number(process.env.FAULTS_SEED ?? randomInt(2 ** 31))
  t.comment(`FAULTS_SEED=${seed}`)
  const random = randomFrom(seed)
  const fleet = await openFleet(t)
  let origin = ''
  const call = callerAt(() => origin)
  let server = fleet.start()
  origin = await server.listens()
  const { tenant, badge } = await foundIssuer(call)
  const batches: string[] = []
  const addresses: string[] = []
  const progress: number[] = []

  const kill = async () => {
    server.child.kill('SIGKILL')
    await server.ended()
    server = fleet.start()
    return performance.now()
  }
  /** @returns the batch that runs, and how many rows of it are issued */
  const makeSureThatOneRuns = async () => {
    const last = batches.at(-1)
    const batch = last && (await call('GET', `/v1/batches/${last}`)).body
    if (batch?.status === 'running') {
      progress.push(batch.counts.issued)
      return { id: batch.id, issued: batch.counts.issued }
    }
    const more = people(ROWS)
    const { id } = await checkedBatch(tenant, badge, more)
    batches.push(id)
    addresses.push(...more)
    await call('POST', `/v1/batches/${id}/commit`)
    return { id, issued: 0 }
  }

  let startMs = 0
  let started = 0
  for (let kills = 0; kills < KILLS; kills += 2) {
    origin = await server.listens()
    if (started) startMs = performance.now() - started
    const { id, issued } = await makeSureThatOneRuns()
    // The first chunk of a process takes its time: some kills come then, some after it.
    if (kills % 4 === 2) await untilIssuing(tenant, id, issued)
    await sleep(WINDOW_MS * random())
    started = await kill()
    // Once more while it starts, which is when it takes up what was left.
    await sleep((startMs || 1000) * (0.7 + 0.3 * random()))
    started = await kill()
  }
  origin = await server.listens()
  for (const id of batches) await untilStatus(tenant, id, 'done')
  t.comment(`${batches.length} batches; issued so far, where one had been cut off: ${progress}`)
  t.ok(progress.length > 0, 'a batch was cut off')
  await everyoneOnce(t, tenant, { badge, batches, addresses })
})
