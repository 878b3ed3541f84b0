import t from 'tap'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { caller, startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)

t.test('a person is awarded a badge and a stranger fetches the credential', async (t) => {
  const badge = await createBadge(tenant)
  const { path } = await award(tenant, badge.id)
  const credential = await caller(service.app)('GET', path)
  t.equal(credential.status, 200)
  t.equal(credential.headers['content-type'], 'application/vc+ld+json')
  t.match(credential.body.type, ['VerifiableCredential', 'OpenBadgeCredential'])
})
