import { setTimeout as sleep } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import t from 'tap'
import { checkedBatch, people, untilStatus } from '../support/batches.ts'
import { createBadge, createTenant } from '../support/factories.ts'
import { everyoneOnce } from '../support/issued-once.ts'
import { startService } from '../support/service.ts'

const ROWS = 1200

/** Threads as they start, in the whole process. */
const threads: Worker[] = []
process.on('worker', (thread) => threads.push(thread))

t.test('threads that end cost their batch nothing, and a service that closes leaves none', async (t) => {
  // What the compilation of the modules still has open goes first.
  await sleep(100)
  const before = process.getActiveResourcesInfo().sort()
  const closing: (() => Promise<void>)[] = []
  const service = await startService({ teardown: (close) => closing.push(close) }, { workers: 2 })
  t.equal(threads.length, 0, 'no thread without work')
  const tenant = await createTenant(service.app)
  const { id: badge } = await createBadge(tenant)
  const addresses = people(ROWS)
  const { id } = await checkedBatch(tenant, badge, addresses)
  await tenant.call('POST', `/v1/batches/${id}/commit`)
  while (threads.length === 0) await sleep(5)
  // While a thread starts, while it signs, and while it has nothing to do.
  for (const ms of [0, 150, 300, 350, 400, 450]) {
    await sleep(ms)
    // Of this moment: whoever ends each new one as well leaves none that could work.
    for (const thread of [...threads]) await thread.terminate()
  }
  await untilStatus(tenant, id, 'done')
  t.ok(threads.length > 3, `${threads.length} threads`)
  t.notOk(service.logged().includes('a batch is paused'))
  await everyoneOnce(t, tenant, { badge, batches: [id], addresses, verifyEvery: 20 })

  for (const close of closing) await close()
  t.ok(
    threads.every(({ threadId }) => threadId === -1),
    'every thread has ended',
  )
  await sleep(100)
  t.strictSame(process.getActiveResourcesInfo().sort(), before, 'and nothing else is open')
})
