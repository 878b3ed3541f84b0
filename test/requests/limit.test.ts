import t from 'tap'
import { createTenant } from '../support/factories.ts'
import { createForm } from '../support/requests.ts'
import { caller, startService } from '../support/service.ts'

t.test('fifty drafts a minute from one address are too many', async (t) => {
  const rateLimits = {
    publicWrites: 100_000,
    drafts: 30,
    failedKeys: 100_000,
    wallets: 100_000,
    verifications: 100_000,
  }
  const service = await startService(t, { rateLimits })
  const badge = await createForm(await createTenant(service.app))
  const start = () => caller(service.app)('POST', `/achievements/${badge}/requests`, {})
  const answers = []
  for (let i = 0; i < 50; i++) answers.push(await start())
  t.equal(answers.filter(({ status }) => status === 201).length, 30)
  const refused = answers.filter(({ status }) => status === 429)
  t.equal(refused.length, 20)
  t.match(refused[0]!.headers['retry-after'], /^\d+$/)
})
