import t from 'tap'
import { createKey, createTenant } from '../support/factories.ts'
import { caller, startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

t.test('a key that expires makes no key that outlives it', async (t) => {
  const key = await createKey(service.app, tenant.slug, ['keys:write'], { expiresAt: inHours(1) })
  const make = (body: object) =>
    caller(service.app, key)('POST', `/v1/issuers/${tenant.slug}/api-keys`, {
      name: 'Child',
      scopes: ['keys:write'],
      ...body,
    })
  const later = await make({ expiresAt: inHours(2) })
  t.equal(later.status, 400)
  t.equal(later.body.errors[0].path, '/expiresAt')
  t.equal((await make({ expiresAt: inHours(0.5) })).status, 201)
  const silent = await make({})
  t.equal(silent.status, 201)
  t.ok(new Date(silent.body.expiresAt) <= new Date(inHours(1)), 'it ends with its maker')
})

t.test('a list of a hundred thousand scopes is refused at once', async (t) => {
  const start = performance.now()
  const scopes = Array.from({ length: 100_000 }, (_, i) => i)
  const answer = await tenant.call('POST', `/v1/issuers/${tenant.slug}/api-keys`, { name: 'x', scopes })
  t.equal(answer.status, 400)
  t.ok(performance.now() - start < 2000)
  t.ok(answer.text.length < 10_000, 'a few faults are told, not each')
})
