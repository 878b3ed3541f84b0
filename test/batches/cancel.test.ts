import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import {
  assertionsOf,
  checkedBatch,
  countsOf,
  csvOf,
  people,
  postList,
  rowsOf,
  untilDone,
  untilSomeIssued,
  untilStatus,
} from '../support/batches.ts'
import { createBadge, createTenant } from '../support/factories.ts'
import { startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const act = (id: string, name: string) => tenant.call('POST', `/v1/batches/${id}/${name}`)

t.test('a running batch stops: what was issued stays, the rest never is', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(3000))
  await act(id, 'commit')
  await untilSomeIssued(tenant, id)
  const cancelled = await act(id, 'cancel')
  t.match(cancelled, { status: 200, body: { status: 'cancelled', finishedAt: String } })
  const counts = countsOf(cancelled.body)
  t.ok(counts.issued! > 0 && counts.cancelled! > 0, JSON.stringify(counts))
  t.equal(counts.issued! + counts.cancelled!, 3000)
  t.notOk('ready' in counts)
  // Whatever was at work has ended when the queue stands still.
  await sleep(1500)
  t.strictSame((await tenant.call('GET', `/v1/batches/${id}`)).body, cancelled.body)
  t.equal((await assertionsOf(tenant, badge)).length, counts.issued)
  t.equal((await rowsOf(tenant, id, '&state=issued')).length, counts.issued)
  t.equal((await rowsOf(tenant, id, '&state=cancelled')).length, counts.cancelled)
  t.equal((await rowsOf(tenant, id, '&state=ready')).length, 0)
  for (const name of ['commit', 'retry']) {
    t.match(await act(id, name), { status: 409, body: { batchStatus: 'cancelled' } })
  }
  t.strictSame((await act(id, 'cancel')).body, cancelled.body, 'once more changes nothing')
  const rows = csvOf(people(1))
  const corrected = await tenant.call('PUT', `/v1/batches/${id}/rows`, rows, { 'content-type': 'text/csv' })
  t.match(corrected, { status: 409, body: { batchStatus: 'cancelled' } })
})

t.test('of a checked batch nothing is ever issued', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { body } = await postList(tenant, badge, csvOf([...people(2), 'x']))
  const cancelled = await act(body.id, 'cancel')
  t.strictSame(countsOf(cancelled.body), { total: 3, invalid: 1, cancelled: 2 })
  t.strictSame(
    (await rowsOf(tenant, body.id)).map(({ state }) => state),
    ['cancelled', 'cancelled', 'invalid'],
  )
})

t.test('what is done cannot be cancelled; the same people can be on another list', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const addresses = people(2)
  const first = await checkedBatch(tenant, badge, addresses)
  await act(first.id, 'cancel')
  const second = await checkedBatch(tenant, badge, addresses)
  await untilDone(tenant, second.id)
  t.match(await act(second.id, 'cancel'), { status: 409, body: { batchStatus: 'done' } })
  t.equal((await untilStatus(tenant, second.id, 'done')).counts.issued, 2)
})
