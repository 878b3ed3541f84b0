import t from 'tap'
import { readBit } from '../../src/vc/bitstring.ts'
import {
  assertionsOf,
  checkedBatch,
  countsOf,
  people,
  rowsOf,
  statesOf,
  untilDone,
} from '../support/batches.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'
import { stranger } from '../support/stranger.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const anyone = caller(service.app)
const read = async (url: string) => (await anyone('GET', url.slice(PUBLIC_URL.length))).body
const revoke = (id: string, body: unknown = { reason: 'Mauvaise liste' }, headers = {}) =>
  tenant.call('POST', `/v1/batches/${id}/revoke`, body, headers)

t.test('everything that the batch issued is revoked, and nothing else', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const other = await award(tenant, badge)
  const { id } = await checkedBatch(tenant, badge, people(4))
  await untilDone(tenant, id)
  const rows = await rowsOf(tenant, id)
  await tenant.call('POST', `/v1/assertions/${rows[0].assertionId}/revoke`, { reason: 'Avant' })
  const revoked = await revoke(id)
  t.equal(revoked.status, 200)
  t.match(revoked.body, { status: 'done' })
  t.strictSame(countsOf(revoked.body), { total: 4, revoked: 4 })
  t.strictSame(await statesOf(tenant, id), ['revoked', 'revoked', 'revoked', 'revoked'])

  const reasons = []
  const verify = stranger(service.app)
  for (const { assertionId, credentialUrl } of rows) {
    const { body } = await tenant.call('GET', `/v1/assertions/${assertionId}`)
    reasons.push(body.revocationReason)
    t.equal(body.status, 'revoked')
    const credential = await read(credentialUrl)
    const { statusListCredential, statusListIndex } = credential.credentialStatus
    const list = await read(statusListCredential)
    t.ok(readBit(list.credentialSubject.encodedList, Number(statusListIndex)))
    t.match(await verify(credential), { verified: false, why: /revoked/ })
    const told = (await anyone('POST', '/verify', credential)).body
    t.equal(told.valid, false)
    t.ok(
      told.checks.some(
        ({ code, outcome }: Record<string, string>) => /revoked/.test(code!) && outcome === 'failed',
      ),
    )
  }
  t.strictSame(reasons, ['Avant', 'Mauvaise liste', 'Mauvaise liste', 'Mauvaise liste'])
  t.equal((await verify(await read(other.credentialUrl))).verified, true)
})

t.test('once more changes nothing for anybody; the people can be on another list', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const addresses = people(2)
  const { id } = await checkedBatch(tenant, badge, addresses)
  await untilDone(tenant, id)
  await revoke(id)
  const before = await assertionsOf(tenant, badge)
  t.equal((await revoke(id, { reason: 'Encore' })).status, 200)
  t.strictSame(await assertionsOf(tenant, badge), before)
  const again = await checkedBatch(tenant, badge, addresses)
  t.equal((await untilDone(tenant, again.id)).counts.issued, 2)
})

t.test('not while it runs; what was issued before it was cancelled, yes', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(3000))
  await tenant.call('POST', `/v1/batches/${id}/commit`)
  t.match(await revoke(id), { status: 409, body: { batchStatus: 'running' } })
  const { issued, cancelled } = (await tenant.call('POST', `/v1/batches/${id}/cancel`)).body.counts
  t.strictSame(
    countsOf((await revoke(id)).body),
    countsOf({ counts: { total: 3000, revoked: issued, cancelled } }),
  )
})

t.test('it needs a reason', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(1))
  await untilDone(tenant, id)
  for (const body of [{}, { reason: '' }, { reason: ' ' }, { reason: 1 }, { reason: 'x'.repeat(2001) }]) {
    t.match(await revoke(id, body), { status: 400, body: { errors: [{ path: '/reason' }] } })
  }
  t.match(await revoke(id, { reason: 'x', why: 'y' }), { status: 400, body: { errors: [{ path: '/why' }] } })
  t.equal((await revoke(id)).status, 200)
})

t.test('a list of 1,000 in one go', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(1000))
  await untilDone(tenant, id)
  t.equal((await revoke(id)).body.counts.revoked, 1000)
  const held = await assertionsOf(tenant, badge)
  t.equal(held.filter(({ status }) => status === 'revoked').length, 1000)
})
