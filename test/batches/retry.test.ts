import t from 'tap'
import { CSV, countsOf, people, postList, rowsOf, untilDone, untilStatus } from '../support/batches.ts'
import { createBadge, createTenant } from '../support/factories.ts'
import { startService } from '../support/service.ts'

const NOW = '2031-03-01T10:00:00Z'
const LATER = '2031-03-05T10:00:00Z'
const service = await startService(t)
service.setTime(NOW)
const tenant = await createTenant(service.app)
const retry = (id: string) => tenant.call('POST', `/v1/batches/${id}/retry`)

/** A batch of three, done, in which the second failed: its end had come before it was issued. */
async function withOneFailed() {
  service.setTime(NOW)
  const { id: badge } = await createBadge(tenant)
  const [a, b, c] = people(3)
  const list = `Courriel;Valable jusqu’au\n${a};\n${b};03/03/2031\n${c};01/01/2040`
  const { body } = await postList(tenant, badge, list)
  t.strictSame(countsOf(body), { total: 3, ready: 3 })
  service.setTime(LATER)
  return { badge, list, done: await untilDone(tenant, body.id) }
}

t.test('a row that breaks a rule at last fails alone, and says why', async (t) => {
  const { done } = await withOneFailed()
  t.strictSame(countsOf(done), { total: 3, issued: 2, failed: 1 })
  const [row] = await rowsOf(tenant, done.id, '&state=failed')
  t.match(row, { line: 3, state: 'failed', reason: { code: 'row-in-the-past' } })
  t.equal(row.reason.message, '“Valable jusqu’au” is already past')
  t.notOk('assertionId' in row)
})

t.test('retry takes the failed rows alone', async (t) => {
  const { done } = await withOneFailed()
  const before = await rowsOf(tenant, done.id)
  t.equal((await retry(done.id)).status, 202)
  const again = await untilStatus(tenant, done.id, 'done')
  t.strictSame(countsOf(again), { total: 3, issued: 2, failed: 1 }, 'it fails as before')
  service.setTime(NOW)
  const retried = await retry(done.id)
  t.match(retried, { status: 202, body: { status: 'running', counts: { ready: 1, failed: 0 } } })
  t.strictSame(countsOf(await untilStatus(tenant, done.id, 'done')), { total: 3, issued: 3 })
  const after = await rowsOf(tenant, done.id)
  t.notOk('reason' in after[1])
  t.strictSame([after[0], after[2]], [before[0], before[2]])
})

t.test('without a failed row there is nothing to do, and only a batch that is done has any', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { body } = await postList(tenant, badge, { rows: [{ email: people(1)[0] }] })
  t.match(await retry(body.id), { status: 409, body: { batchStatus: 'checked' } })
  await untilDone(tenant, body.id)
  t.match(await retry(body.id), { status: 202, body: { status: 'done' } })
})

t.test('a failed row can be corrected instead', async (t) => {
  const { done, list } = await withOneFailed()
  const corrected = list.replace('03/03/2031', '03/03/2041')
  const { body } = await tenant.call('PUT', `/v1/batches/${done.id}/rows`, corrected, CSV)
  t.strictSame(body.difference, { added: 0, removed: 0, changed: 1, unchanged: 2 })
  t.strictSame(countsOf(body), { total: 3, ready: 1, issued: 2 })
  t.strictSame(countsOf(await untilDone(tenant, done.id)), { total: 3, issued: 3 })
})
