import t from 'tap'
import { sweepBatches } from '../../src/batches/sweep.ts'
import { assertionsOf, CSV, checkedBatch, countsOf, csvOf, people, untilStatus } from '../support/batches.ts'
import { createBadge, createTenant } from '../support/factories.ts'
import { startService } from '../support/service.ts'

const NOW = '2031-05-01T10:00:00Z'
const THEN = '2031-05-02T08:00:00+02:00'
const service = await startService(t)
const tenant = await createTenant(service.app)
const commit = (id: string, body?: unknown) => tenant.call('POST', `/v1/batches/${id}/commit`, body)
const statusOf = async (id: string) => (await tenant.call('GET', `/v1/batches/${id}`)).body.status

t.beforeEach(() => service.setTime(NOW))

t.test('a batch waits for its time, and then is issued', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(3))
  const scheduled = await commit(id, { commitAt: THEN })
  t.equal(scheduled.status, 202)
  t.match(scheduled.body, { status: 'scheduled', commitAt: '2031-05-02T06:00:00.000Z', counts: { ready: 3 } })
  t.notOk('committedAt' in scheduled.body)
  service.setTime('2031-05-02T05:59:59Z')
  await sweepBatches(service.ctx)
  t.equal(await statusOf(id), 'scheduled')
  t.strictSame(await assertionsOf(tenant, badge), [])
  service.setTime('2031-05-02T06:00:00Z')
  await Promise.all([sweepBatches(service.ctx), sweepBatches(service.ctx)])
  const done = await untilStatus(tenant, id, 'done')
  t.strictSame(countsOf(done), { total: 3, issued: 3 })
  t.equal(done.committedAt, '2031-05-02T06:00:00.000Z')
})

t.test('its time can be moved, taken back and overtaken', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const later = await checkedBatch(tenant, badge, people(1))
  const never = await checkedBatch(tenant, badge, people(1))
  const now = await checkedBatch(tenant, badge, people(1))
  for (const { id } of [later, never, now]) await commit(id, { commitAt: THEN })
  t.equal((await commit(later.id, { commitAt: '2031-06-01T00:00:00Z' })).body.status, 'scheduled')
  await tenant.call('POST', `/v1/batches/${never.id}/cancel`)
  await commit(now.id)
  await untilStatus(tenant, now.id, 'done')
  service.setTime('2031-05-03T00:00:00Z')
  await sweepBatches(service.ctx)
  t.strictSame(
    [await statusOf(later.id), await statusOf(never.id), await statusOf(now.id)],
    ['scheduled', 'cancelled', 'done'],
  )
})

t.test('a scheduled list can be corrected, and keeps its time', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(2))
  await commit(id, { commitAt: THEN })
  const corrected = await tenant.call('PUT', `/v1/batches/${id}/rows`, csvOf(people(5)), CSV)
  t.match(corrected.body, { status: 'scheduled', counts: { ready: 5 } })
  service.setTime(THEN)
  await sweepBatches(service.ctx)
  t.equal((await untilStatus(tenant, id, 'done')).counts.issued, 5)
})

t.test('a time that has passed, or is none, is 400', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(1))
  const french = { 'accept-language': 'fr' }
  const faulty: [object, string][] = [
    [{ commitAt: '2031-05-01T09:59:59Z' }, '/commitAt'],
    [{ commitAt: '2031-05-02' }, '/commitAt'],
    [{ commitAt: null }, '/commitAt'],
    [{ commitAt: 5 }, '/commitAt'],
    [{ commitat: THEN }, '/commitat'],
  ]
  for (const [body, path] of faulty) {
    t.match(await commit(id, body), { status: 400, body: { errors: [{ path }] } }, JSON.stringify(body))
  }
  const past = await tenant.call('POST', `/v1/batches/${id}/commit`, faulty[0]![0], french)
  t.equal(past.body.errors[0].message, 'doit être dans le futur')
  t.equal(await statusOf(id), 'checked')
})

t.test('a badge that is archived meanwhile pauses the batch, and no sweep takes it up', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(1))
  await commit(id, { commitAt: THEN })
  await tenant.call('POST', `/v1/badge-classes/${badge}/archive`)
  service.setTime(THEN)
  await sweepBatches(service.ctx)
  t.match(await untilStatus(tenant, id, 'paused'), { pauseReason: { code: 'not-published' } })
  await tenant.call('POST', `/v1/badge-classes/${badge}/publish`)
  service.setTime('2031-06-01T00:00:00Z')
  await sweepBatches(service.ctx, { fresh: true })
  t.equal(await statusOf(id), 'paused')
  await commit(id)
  t.equal((await untilStatus(tenant, id, 'done')).counts.issued, 1)
})
