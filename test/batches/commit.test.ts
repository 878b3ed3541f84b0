import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { readBit } from '../../src/vc/bitstring.ts'
import {
  assertionsOf,
  checkedBatch,
  countsOf,
  csvOf,
  people,
  postList,
  rowsOf,
  untilDone,
  untilStatus,
} from '../support/batches.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'
import { stranger } from '../support/stranger.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const anyone = caller(service.app)
const pathOf = (url: string) => url.slice(PUBLIC_URL.length)

t.test('the ready rows are issued, the others are left', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const [a, b, c] = people(3)
  const { body } = await postList(tenant, badge, csvOf([a!, b!, a!.toUpperCase(), 'x', c!]))
  const committed = await tenant.call('POST', `/v1/batches/${body.id}/commit`)
  t.equal(committed.status, 202)
  t.match(committed.body, { id: body.id, status: 'running', badgeClassVersion: 1, committedAt: String })
  const done = await untilStatus(tenant, body.id, 'done')
  t.strictSame(countsOf(done), { total: 5, duplicate: 1, invalid: 1, issued: 3 })
  t.ok(done.finishedAt >= done.committedAt)

  const rows = await rowsOf(tenant, body.id)
  t.strictSame(
    rows.map(({ state }) => state),
    ['issued', 'issued', 'duplicate', 'invalid', 'issued'],
  )
  const verify = stranger(service.app)
  for (const [email, row] of [
    [a, rows[0]],
    [b, rows[1]],
    [c, rows[4]],
  ]) {
    const assertion = await tenant.call('GET', `/v1/assertions/${row.assertionId}`)
    t.match(assertion.body, { status: 'active', recipient: { email }, credentialUrl: row.credentialUrl })
    const credential = await anyone('GET', pathOf(row.credentialUrl))
    t.equal(credential.status, 200)
    t.strictSame(await verify(credential.body), { verified: true, why: '' })
    t.equal((await anyone('POST', '/verify', credential.body)).body.valid, true)
  }
})

t.test('5,000 rows: each status index is used once, and progress can be read', async (t) => {
  const own = await createTenant(service.app)
  const { id: badge } = await createBadge(own)
  const { body } = await postList(own, badge, csvOf(people(5000)))
  t.strictSame(countsOf(body), { total: 5000, ready: 5000 })
  const url = `/v1/batches/${body.id}`
  await own.call('POST', `${url}/commit`)
  const seen: number[] = []
  for (let status = ''; status !== 'done'; await sleep(20)) {
    const batch = (await own.call('GET', url)).body
    t.equal(batch.counts.ready + batch.counts.issued, 5000)
    seen.push(batch.counts.issued)
    status = batch.status
  }
  t.ok(new Set(seen).size > 2, 'some of it was seen on its way')
  t.strictSame(
    seen,
    seen.toSorted((x, y) => x - y),
  )
  const rows = await rowsOf(own, body.id)
  t.equal(new Set(rows.map(({ assertionId }) => assertionId)).size, 5000)
  const entries: string[] = []
  for (let i = 0; i < rows.length; i += 50) {
    const urls = rows.slice(i, i + 50).map(({ credentialUrl }) => pathOf(credentialUrl))
    const read = urls.map(async (url) => (await anyone('GET', url)).body.credentialStatus.id)
    entries.push(...(await Promise.all(read)))
  }
  t.equal(new Set(entries).size, 5000)
})

t.test('what runs or is over cannot be committed again; a batch without a ready row is done', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(300))
  const commit = (batch = id) => tenant.call('POST', `/v1/batches/${batch}/commit`)
  const answers = await Promise.all([commit(), commit(), commit()])
  t.strictSame(answers.map(({ status }) => status).sort(), [202, 409, 409])
  t.match(
    answers.find(({ status }) => status === 409)!.body,
    { type: /\/problems\/batch-status$/, title: /“running”/, status: 409, batchStatus: 'running' },
    'and it says why',
  )
  await untilStatus(tenant, id, 'done')
  t.match(await commit(), { status: 409, body: { title: /“done”/, batchStatus: 'done' } })
  t.equal((await assertionsOf(tenant, badge)).length, 300)

  const { body } = await postList(tenant, badge, csvOf(['x', 'y']))
  t.match(await commit(body.id), { status: 202, body: { status: 'done', finishedAt: String } })
})

t.test('a person who is awarded between check and commit is not awarded twice', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const [a, b] = people(2)
  const { id } = await checkedBatch(tenant, badge, [a!, b!])
  const single = await award(tenant, badge, { recipient: { email: a } })
  const done = await untilDone(tenant, id)
  t.strictSame(countsOf(done), { total: 2, 'already-awarded': 1, issued: 1 })
  const [first] = await rowsOf(tenant, id)
  t.match(first, { state: 'already-awarded', reason: { code: 'row-already-awarded' } })
  t.match(first, { assertionId: single.id, credentialUrl: single.credentialUrl }, 'the award that is there')
  t.equal((await assertionsOf(tenant, badge)).length, 2)
})

t.test('a version that is published after the commit does not split the batch', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const url = `/v1/badge-classes/${badge}`
  const publish = async (name: string) => {
    await tenant.call('PATCH', url, { name })
    t.equal((await tenant.call('POST', `${url}/publish`)).status, 200)
  }
  const { id } = await checkedBatch(tenant, badge, people(2000))
  await publish('Deux')
  t.equal((await tenant.call('POST', `/v1/batches/${id}/commit`)).body.badgeClassVersion, 2)
  await publish('Trois')
  t.equal((await tenant.call('GET', `/v1/batches/${id}`)).body.status, 'running', 'in the middle of it')
  await untilStatus(tenant, id, 'done')
  const versions = (await assertionsOf(tenant, badge)).map(({ badgeClassVersion }) => badgeClassVersion)
  t.strictSame([versions.length, ...new Set(versions)], [2000, 2])
  const [row] = await rowsOf(tenant, id)
  t.equal((await anyone('GET', pathOf(row.credentialUrl))).body.credentialSubject.achievement.name, 'Deux')
})

t.test('a badge that is archived pauses the batch; published again and committed, it goes on', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(3000))
  await tenant.call('POST', `/v1/batches/${id}/commit`)
  await tenant.call('POST', `/v1/badge-classes/${badge}/archive`)
  const paused = await untilStatus(tenant, id, 'paused', 'done')
  t.match(paused, { status: 'paused', pauseReason: { code: 'not-published', message: String } })
  const french = await tenant.call('GET', `/v1/batches/${id}`, undefined, { 'accept-language': 'fr' })
  t.equal(french.body.pauseReason.message, 'Le badge n’est plus publié')
  const archived = await tenant.call('POST', `/v1/batches/${id}/commit`)
  t.match(archived, { status: 409, body: { type: /\/problems\/not-published$/ } })
  await tenant.call('POST', `/v1/badge-classes/${badge}/publish`)
  await tenant.call('PATCH', `/v1/badge-classes/${badge}`, { name: 'Une autre version' })
  await tenant.call('POST', `/v1/badge-classes/${badge}/publish`)
  const resumed = await tenant.call('POST', `/v1/batches/${id}/commit`)
  t.match(resumed, { status: 202, body: { badgeClassVersion: 1 } }, 'at the version of its first commit')
  const done = await untilStatus(tenant, id, 'done')
  t.notOk('pauseReason' in done)
  t.equal(done.counts.issued, 3000)
  t.equal((await assertionsOf(tenant, badge)).length, 3000)
})

t.test('a reader may look and not touch', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(1))
  const other = await createTenant(service.app)
  for (const path of ['', '/rows', '/report.csv', '/events']) {
    t.equal((await other.call('GET', `/v1/batches/${id}${path}`)).status, 404, path)
  }
  for (const act of ['commit', 'retry', 'cancel']) {
    t.equal((await other.call('POST', `/v1/batches/${id}/${act}`)).status, 404, act)
  }
  const correction = await other.call('PUT', `/v1/batches/${id}/rows`, csvOf(people(1)), {
    'content-type': 'text/csv',
  })
  t.equal(correction.status, 404)
  t.match((await tenant.call('GET', `/v1/batches/${id}`)).body, { status: 'checked', revision: 1 })
})

t.test('revoking single credentials of a batch sets their bits alone', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(3))
  await untilDone(tenant, id)
  const rows = await rowsOf(tenant, id)
  await tenant.call('POST', `/v1/assertions/${rows[1].assertionId}/revoke`, { reason: 'Erreur' })
  const bits = []
  for (const { credentialUrl } of rows) {
    const { statusListCredential, statusListIndex } = (await anyone('GET', pathOf(credentialUrl))).body
      .credentialStatus
    const list = await anyone('GET', pathOf(statusListCredential))
    bits.push(readBit(list.body.credentialSubject.encodedList, Number(statusListIndex)))
  }
  t.strictSame(bits, [false, true, false])
})
