import { randomUUID } from 'node:crypto'
import t from 'tap'
import {
  assertionsOf,
  checkedBatch,
  csvOf,
  people,
  postList,
  untilDone,
  untilStatus,
} from '../support/batches.ts'
import { createBadge, createTenant } from '../support/factories.ts'
import { type Answer, startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const once = () => ({ 'idempotency-key': randomUUID() })
const isReplay = ({ headers }: Answer) => headers['idempotency-replayed'] === 'true'
const batchesOf = async (badge: string) =>
  (await tenant.call('GET', `/v1/issuers/${tenant.slug}/batches?badgeClass=${badge}`)).body.items

t.test('a list that is posted twice is one batch', async (t) => {
  const { id: badge } = await createBadge(tenant)
  for (const list of [csvOf([...people(2), 'x']), { rows: [{ email: people(1)[0] }] }]) {
    const headers = once()
    const before = (await batchesOf(badge)).length
    const first = await postList(tenant, badge, list, { headers })
    const again = await postList(tenant, badge, list, { headers })
    t.strictSame([first.status, again.status], [201, 201])
    t.strictSame([isReplay(first), isReplay(again)], [false, true])
    t.equal(again.text, first.text)
    t.strictSame([again.headers.location, again.headers.etag], [first.headers.location, first.headers.etag])
    t.equal((await batchesOf(badge)).length, before + 1)
  }
})

t.test('other bytes, or another query, under the same key are 422', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const headers = once()
  const list = csvOf(people(2))
  await postList(tenant, badge, list, { headers })
  for (const [other, query] of [
    [`${list}\r\n`, ''],
    [list, '?discloseName=true'],
  ]) {
    const refused = await postList(tenant, badge, other!, { headers, query: query! })
    t.match(refused, { status: 422, body: { type: /\/problems\/idempotency-reused$/ } })
  }
  t.equal((await batchesOf(badge)).length, 1)
})

t.test('lists that come twice at once are one batch', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const headers = once()
  const list = csvOf(people(500))
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => postList(tenant, badge, list, { headers })),
  )
  t.ok(answers.every(({ status }) => status === 201 || status === 409))
  t.equal(answers.filter((answer) => answer.status === 201 && !isReplay(answer)).length, 1)
  t.equal((await batchesOf(badge)).length, 1)
})

t.test('a refused list is refused again, and a new key is free', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const headers = once()
  const first = await postList(tenant, badge, 'Nom\nA', { headers })
  const again = await postList(tenant, badge, 'Nom\nA', { headers })
  t.match([first, again], [{ status: 400 }, { status: 400 }])
  t.equal(again.text, first.text)
  t.ok(isReplay(again))
  t.equal((await batchesOf(badge)).length, 0)
})

t.test('commit, retry, cancel and revoke are done once, and told again', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(300))
  const other = await checkedBatch(tenant, badge, people(1))
  const twice = async (batch: string, act: string, body?: object) => {
    const headers = once()
    const call = () => tenant.call('POST', `/v1/batches/${batch}/${act}`, body, headers)
    const first = await call()
    if (act !== 'cancel') await untilStatus(tenant, batch, 'done')
    const again = await call()
    t.ok(first.status < 300, act)
    t.equal(again.text, first.text)
    t.strictSame([again.status, isReplay(again)], [first.status, true])
    return first.body
  }
  t.equal((await twice(id, 'commit')).status, 'running')
  await twice(id, 'retry')
  await twice(other.id, 'cancel')
  await twice(id, 'revoke', { reason: 'Erreur' })
  t.equal((await assertionsOf(tenant, badge)).length, 300)
})

t.test('a commit that came with a key starts at once', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(2))
  await tenant.call('POST', `/v1/batches/${id}/commit`, {}, once())
  t.equal((await untilStatus(tenant, id, 'done')).counts.issued, 2)
  t.equal((await untilDone(tenant, (await checkedBatch(tenant, badge, people(1))).id)).counts.issued, 1)
})
