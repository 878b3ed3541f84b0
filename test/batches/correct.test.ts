import t from 'tap'
import {
  assertionsOf,
  CSV,
  checkedBatch,
  countsOf,
  csvOf,
  people,
  postList,
  rowsOf,
  untilDone,
} from '../support/batches.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const put = (id: string, list: string | object, headers: Record<string, string> = {}) =>
  tenant.call('PUT', `/v1/batches/${id}/rows`, list, { ...(typeof list === 'string' ? CSV : {}), ...headers })
const rowsWith = (...rows: [email: string, name: string][]) =>
  `Courriel;Nom complet\n${rows.map((row) => row.join(';')).join('\n')}`

t.test('a corrected list tells how it differs, and takes the place of the first', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const [a, b, c, d] = people(4) as [string, string, string, string]
  const posted = await postList(tenant, badge, rowsWith([a, 'A'], [b, 'B'], [c, 'C'], ['c@', 'X'], [a, 'A']))
  const { id } = posted.body
  const corrected = await put(id, rowsWith([a, 'A'], [b, 'Bé'], [d, 'D']))
  t.equal(corrected.status, 200, service.logged())
  t.strictSame(corrected.body.difference, { added: 1, removed: 1, changed: 1, unchanged: 1 })
  t.match(corrected.body, {
    id,
    status: 'checked',
    revision: 2,
    counts: { total: 3, ready: 3 },
    problems: [],
  })
  t.equal(corrected.headers.etag, '"2"')
  t.strictSame(
    (await rowsOf(tenant, id)).map(({ line, recipient }) => [line, recipient.email, recipient.name]),
    [
      [2, a, 'A'],
      [3, b, 'Bé'],
      [4, d, 'D'],
    ],
  )
  await untilDone(tenant, id)
  const held = (await assertionsOf(tenant, badge)).map(({ recipient }) => recipient.email).sort()
  t.strictSame(held, [a, b, d].sort(), 'who was taken off the list got nothing')
})

t.test('after the commit only what is new is issued, and nobody loses a credential', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const [a, b, c] = people(3) as [string, string, string]
  const { body } = await postList(tenant, badge, rowsWith([a, 'A'], [b, 'B'], ['c@', 'C']))
  const { id } = body
  await untilDone(tenant, id)
  const before = await rowsOf(tenant, id)
  const corrected = await put(id, rowsWith([c, 'C'], [a.toUpperCase(), 'A']))
  t.strictSame(corrected.body.difference, { added: 1, removed: 1, changed: 1, unchanged: 0 })
  t.strictSame(countsOf(corrected.body), { total: 2, ready: 1, issued: 1 })
  t.equal(corrected.body.status, 'checked')
  t.notOk('finishedAt' in corrected.body)
  const [ready, kept] = await rowsOf(tenant, id)
  t.equal(ready.state, 'ready')
  t.match(kept, { state: 'issued', line: 3, assertionId: before[0].assertionId })
  const done = await untilDone(tenant, id)
  t.strictSame(countsOf(done), { total: 2, issued: 2 })
  t.equal((await assertionsOf(tenant, badge)).length, 3, 'b keeps the badge')

  const back = await put(id, rowsWith([a, 'A'], [b, 'B'], [c, 'C']))
  t.strictSame(countsOf(back.body), { total: 3, issued: 3 })
  t.equal((await rowsOf(tenant, id))[1].assertionId, before[1].assertionId, 'b is known again')
  t.equal((await untilDone(tenant, id)).counts.issued, 3)
  t.equal((await assertionsOf(tenant, badge)).length, 3)
})

t.test('whom the list names no longer is revoked with the batch all the same', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const [a, b, c] = people(3) as [string, string, string]
  const { id } = await checkedBatch(tenant, badge, [a, b])
  await untilDone(tenant, id)
  await put(id, csvOf([a]))
  await put(id, csvOf([a, c]))
  await untilDone(tenant, id)
  const revoked = await tenant.call('POST', `/v1/batches/${id}/revoke`, { reason: 'Erreur' })
  t.strictSame(countsOf(revoked.body), { total: 2, revoked: 2 })
  const held = await assertionsOf(tenant, badge)
  t.strictSame(
    held.map(({ status }) => status),
    ['revoked', 'revoked', 'revoked'],
  )
})

t.test('people of another list hold the badge; those of this one are its own', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const [a, b] = people(2) as [string, string]
  await award(tenant, badge, { recipient: { email: b } })
  const { id } = await checkedBatch(tenant, badge, [a])
  await untilDone(tenant, id)
  const corrected = await put(id, { rows: [{ email: a }, { email: b }] })
  t.strictSame(countsOf(corrected.body), { total: 2, issued: 1, 'already-awarded': 1 })
})

t.test('it needs the ETag of what was read', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(1))
  const headers = { authorization: `Bearer ${tenant.key}`, ...CSV }
  const url = `/v1/batches/${id}/rows`
  const send = (more: object) =>
    service.app.inject({ method: 'PUT', url, payload: csvOf(people(2)), headers: { ...headers, ...more } })
  t.equal((await send({})).statusCode, 428)
  t.equal((await send({ 'if-match': '"7"' })).statusCode, 412)
  t.equal((await tenant.call('GET', `/v1/batches/${id}`)).body.counts.total, 1)
  t.equal((await send({ 'if-match': '"1"' })).statusCode, 200)
  t.equal((await send({ 'if-match': '"1"' })).statusCode, 412)
  const both = await Promise.all([send({ 'if-match': '"2"' }), send({ 'if-match': '"2"' })])
  t.strictSame(both.map(({ statusCode }) => statusCode).sort(), [200, 412])
})

t.test('a list that cannot be read leaves the one before', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(2))
  const before = (await tenant.call('GET', `/v1/batches/${id}`)).text
  const faulty: [string | object, string][] = [
    ['Courriel\n"a', ''],
    ['Nom\nA', ''],
    [{ rows: [] }, '/rows'],
    [{ rows: [{ email: 'a@example.org' }], event: { name: 'F', date: '2025-01-01' } }, '/event'],
    [{ rows: [{ email: 'a@example.org' }], discloseName: true }, '/discloseName'],
  ]
  for (const [list, path] of faulty) {
    t.match(await put(id, list), { status: 400, body: { errors: [{ path }] } }, JSON.stringify(list))
  }
  t.equal((await tenant.call('GET', `/v1/batches/${id}`)).text, before)
  t.equal((await rowsOf(tenant, id)).length, 2)
})

t.test('not while it runs', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(2000))
  await tenant.call('POST', `/v1/batches/${id}/commit`)
  const refused = await put(id, csvOf(people(1)), { 'accept-language': 'fr' })
  t.match(refused, { status: 409, body: { batchStatus: 'running', title: /« running »/ } })
  await tenant.call('POST', `/v1/batches/${id}/cancel`)
})

t.test('columns may move: who is as before is unchanged', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const [a, b] = people(2) as [string, string]
  const { body } = await postList(tenant, badge, rowsWith([a, 'A'], [b, 'B']))
  const corrected = await put(body.id, `Nom complet;Courriel\nA;${a}\nB;${b}`)
  t.strictSame(corrected.body.difference, { added: 0, removed: 0, changed: 0, unchanged: 2 })
})
