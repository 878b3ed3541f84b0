import t from 'tap'
import { foreignIssuer, unsigned, verifier } from '../support/foreign-issuer.ts'
import { startService } from '../support/service.ts'

const NOW = '2026-10-01T12:00:00Z'

const service = await startService(t)
service.setTime(NOW)
const verify = verifier(service.app)
const stranger = foreignIssuer()

t.test('the clocks of issuers may be a minute ahead', async (t) => {
  const from = async (validFrom: string) =>
    (await verify(await stranger.issue({ validFrom }))).checks.issuance
  t.equal(await from('2026-10-01T12:01:00Z'), 'issuance-ok')
  t.equal(await from('2026-10-01T12:01:01Z'), 'failed:issuance-future')
  t.equal(await from('2026-10-01T14:01:00+02:00'), 'issuance-ok')
})

t.test('dates must be dates with a zone, in order', async (t) => {
  const cases: [object, Record<string, string>][] = [
    [{}, { expiration: 'expiration-none', issuance: 'issuance-ok' }],
    [{ validUntil: '2026-10-01T12:00:01Z' }, { expiration: 'expiration-ok' }],
    [{ validUntil: NOW }, { expiration: 'failed:expiration-past' }],
    [{ validUntil: '2027-01-01' }, { expiration: 'failed:expiration-unreadable' }],
    [{ validUntil: '2027-01-01T00:00:00' }, { expiration: 'failed:expiration-unreadable' }],
    [{ validUntil: '2027-02-30T00:00:00Z' }, { expiration: 'failed:expiration-unreadable' }],
    [
      { validUntil: ['2099-01-01T00:00:00Z', '2020-01-01T00:00:00Z'] },
      { expiration: 'failed:expiration-unreadable' },
    ],
    [{ validFrom: 'yesterday' }, { issuance: 'failed:issuance-unreadable' }],
    [{ validFrom: undefined }, { issuance: 'failed:issuance-missing' }],
    [
      { validFrom: '2030-01-02T00:00:00Z', validUntil: '2030-01-01T00:00:00Z' },
      { expiration: 'failed:expiration-before-start', issuance: 'failed:issuance-future' },
    ],
    [{ expirationDate: '2020-01-01T00:00:00Z' }, { expiration: 'failed:expiration-past' }],
    [
      { validUntil: '2099-01-01T00:00:00Z', expirationDate: '2020-01-01T00:00:00Z' },
      { expiration: 'failed:expiration-past' },
    ],
    [{ issuanceDate: '2040-01-01T00:00:00Z' }, { issuance: 'failed:issuance-future' }],
  ]
  for (const [change, expected] of cases) {
    const told = await verify({ ...unsigned(stranger.did), ...change })
    t.match(told.checks, expected, JSON.stringify(change))
    t.equal(told.valid, false)
  }
})
