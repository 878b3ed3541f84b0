import t from 'tap'
import { createBadge, createTenant } from '../support/factories.ts'
import { startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const { id: badge } = await createBadge(tenant)
const award = (body: object) => tenant.call('POST', `/v1/badge-classes/${badge}/assertions`, body)
const mailsAbout = async (id: string) =>
  (await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails?about=${id}`)).body.items

t.test('who is to be told is told by mail, in the transaction of the award', async (t) => {
  const told = await award({ recipient: { email: 'Lea@example.org', name: 'Léa' }, notify: true })
  t.match(told, { status: 201, body: { notified: true } })
  t.match(await mailsAbout(told.body.id), [
    { template: 'badge-awarded', to: 'lea@example.org', language: 'fr', state: 'queued' },
  ])
  t.equal((await tenant.call('GET', `/v1/assertions/${told.body.id}`)).body.notified, true)
  const again = await award({ recipient: { email: 'lea@example.org' }, notify: true })
  t.equal(again.status, 409)
  const all = await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails`)
  t.equal(all.body.items.length, 1, 'no award, no mail')
})

t.test('nobody else is', async (t) => {
  for (const body of [
    { recipient: { email: 'zoe@example.org' } },
    { recipient: { email: 'ana@example.org' }, notify: false },
    { recipient: { did: 'did:web:example.org' }, notify: true },
  ]) {
    const { body: assertion } = await award(body)
    t.equal(assertion.notified, false)
    t.strictSame(await mailsAbout(assertion.id), [])
  }
})
