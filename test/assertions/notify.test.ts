import t from 'tap'
import { createBadge, createTenant } from '../support/factories.ts'
import { untilTold } from '../support/mails.ts'
import { startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const { id: badge } = await createBadge(tenant)
const award = (body: object) => tenant.call('POST', `/v1/badge-classes/${badge}/assertions`, body)
const mailsAbout = async (id: string) =>
  (await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails?about=${id}`)).body.items

t.test('who is to be told is told by mail, once the award is there', async (t) => {
  const told = await award({ recipient: { email: 'Lea@example.org', name: 'Léa' }, notify: true })
  t.match(told, { status: 201, body: { notified: true } })
  const mail = { template: 'badge-awarded', to: 'lea@example.org', language: 'fr', state: 'queued' }
  t.match(await untilTold(tenant, told.body.id), [mail])
  t.equal((await tenant.call('GET', `/v1/assertions/${told.body.id}`)).body.notified, true)
  const again = await award({ recipient: { email: 'lea@example.org' }, notify: true })
  t.equal(again.status, 409)
  const zoe = { recipient: { email: 'told@example.org' }, notify: true, language: 'en' }
  t.match(await untilTold(tenant, (await award(zoe)).body.id), [{ language: 'en' }])
  const all = await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails`)
  t.equal(all.body.items.length, 2, 'no award, no mail')
})

t.test('a language in which no mail is written is refused', async (t) => {
  const answer = await award({ recipient: { email: 'max@example.org' }, notify: true, language: 'de' })
  t.match(answer, { status: 400, body: { errors: [{ path: '/language' }] } })
})

t.test('nobody else is', async (t) => {
  const silent: string[] = []
  for (const body of [
    { recipient: { email: 'zoe@example.org' } },
    { recipient: { email: 'ana@example.org' }, notify: false },
    { recipient: { did: 'did:web:example.org' }, notify: true },
  ]) {
    const { body: assertion } = await award(body)
    t.equal(assertion.notified, false)
    silent.push(assertion.id)
  }
  const last = await award({ recipient: { email: 'last@example.org' }, notify: true })
  await untilTold(tenant, last.body.id)
  for (const id of silent) t.strictSame(await mailsAbout(id), [])
})
