import t from 'tap'
import { createDraft, createTenant } from '../support/factories.ts'
import { startService } from '../support/service.ts'

const service = await startService(t, {
  trustProxy: 1,
  rateLimits: { publicWrites: 5, drafts: 5, failedKeys: 5, wallets: 5, verifications: 5 },
})

t.test('behind one proxy the limit counts the address that the proxy saw', async (t) => {
  const statuses: number[] = []
  for (let i = 0; i < 8; i++) {
    const headers = { 'x-forwarded-for': `10.9.9.${i}, 203.0.113.7`, 'content-type': 'text/plain' }
    const answer = await service.app.inject({ method: 'POST', url: '/verify', headers, payload: 'x' })
    statuses.push(answer.statusCode)
  }
  t.same(statuses, [200, 200, 200, 200, 200, 429, 429, 429])
})

t.test('the link to the next page names our origin, whatever the request names', async (t) => {
  const tenant = await createTenant(service.app)
  await createDraft(tenant)
  await createDraft(tenant)
  const page = await tenant.call('GET', `http://evil.example/v1/issuers/${tenant.slug}/badge-classes?limit=1`)
  t.match(page.headers.link, /^<http:\/\/localhost:3999\/v1\//)
})
