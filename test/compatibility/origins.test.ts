import t, { type Test } from 'tap'
import { reachOf } from '../../src/compatibility/facts.ts'
import type { Compatibility } from '../../src/compatibility/schema.ts'
import { assess, codesOf, createDraftWith, familyOf, fitting, NEVER } from '../support/compatibility.ts'
import { createTenant } from '../support/factories.ts'
import { png } from '../support/images.ts'
import { startService } from '../support/service.ts'

/** What a badge with an image is at this address of the service, for an issuer of this kind. */
async function assessAt(t: Test, publicUrl: string, didMethod: 'web' | 'key'): Promise<Compatibility> {
  const { app } = await startService(t, { publicUrl })
  const tenant = await createTenant(app, { didMethod })
  return assess(tenant, await createDraftWith(tenant, await png(600, 600)))
}

const gravest = (found: Compatibility, family: string) => familyOf(found, family).reasons[0]

t.test('at a local address nothing works for a did:web issuer', async (t) => {
  const found = await assessAt(t, 'http://localhost:3999', 'web')
  t.same(fitting(found, 'yes'), [])
  t.same(fitting(found, 'partly'), [])
  t.match(gravest(found, 'learncard'), { severity: 'blocks', code: 'origin-local' })
  t.ok(
    found.samples.every(({ verified }) => verified),
    'the credentials themselves hold',
  )
  t.match(found.general, [
    { code: 'origin-local', severity: 'blocks', message: /\(http:\/\/localhost:3999\)/ },
  ])
  t.equal(found.general.length, 1)
  t.equal(gravest(found, 'learncard')?.message, 'The address of the service: see above.')
})

t.test('a did:key issuer hands over files that verify anywhere', async (t) => {
  const found = await assessAt(t, 'http://badges.example.org', 'key')
  t.same(fitting(found, 'yes'), [])
  t.same(fitting(found, 'partly'), ['learner-credential-wallet', 'backpacks', '1edtech-validator'])
  t.match(gravest(found, 'backpacks'), { severity: 'limits', code: 'origin-http' })
  t.match(gravest(found, 'linkedin'), { severity: 'blocks', code: 'origin-http' })
  t.match(found.general, [{ severity: 'blocks', code: 'origin-http' }], 'at its gravest')
})

t.test('a did:web has a name, better without a port', async (t) => {
  const ip = await assessAt(t, 'https://8.8.8.8', 'web')
  t.same(fitting(ip, 'yes'), ['linkedin', 'mail-and-paper'])
  t.match(gravest(ip, 'learncard'), { severity: 'blocks', code: 'origin-ip' })
  const port = await assessAt(t, 'https://badges.example.org:8443', 'web')
  t.same(fitting(port, 'no'), NEVER)
  t.match(port.general, [{ severity: 'note', code: 'origin-port' }])
  t.notOk(codesOf(port, 'learncard').includes('origin-port'), 'told once')
})

t.test('how far an origin reaches', async (t) => {
  const cases: [origin: string, reach: string, isIpAddress: boolean, hasPort: boolean][] = [
    ['https://badges.example.org', 'public', false, false],
    ['https://badges.example.org:444', 'public', false, true],
    ['http://badges.example.org', 'http', false, false],
    ['https://localhost', 'local', false, false],
    ['http://badges.localhost:3000', 'local', false, true],
    ['https://imprimante.local', 'local', false, false],
    ['https://badges', 'local', false, false],
    ['https://127.0.0.1', 'local', true, false],
    ['https://10.1.2.3', 'local', true, false],
    ['https://[::1]:3000', 'local', true, true],
    ['https://[::ffff:192.168.1.1]', 'local', true, false],
    ['https://[fe80::1]', 'local', true, false],
    ['https://8.8.8.8', 'public', true, false],
    ['http://[2001:4860:4860::8888]', 'http', true, false],
  ]
  for (const [origin, reach, isIpAddress, hasPort] of cases) {
    t.match(reachOf(origin), { reach, isIpAddress, hasPort }, origin)
  }
})
