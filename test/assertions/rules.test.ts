import t from 'tap'
import { award, BADGE, createBadge, createTenant } from '../support/factories.ts'
import { caller, startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const anyone = caller(service.app)
const NOW = '2026-06-15T12:00:00.750Z'
service.setTime(NOW)

const timesOf = async (path: string) => {
  const { awardedDate, validFrom, validUntil } = (await anyone('GET', path)).body
  return { awardedDate, validFrom, ...(validUntil ? { validUntil } : {}) }
}

t.test('an award says when it was made and from when to when it is valid, to the second', async (t) => {
  const { id } = await createBadge(tenant)
  const now = '2026-06-15T12:00:00Z'
  const cases: [given: object, told: object][] = [
    [{}, { awardedDate: now, validFrom: now }],
    [{ awardedDate: '2019-12-31T23:30:00-01:00' }, { awardedDate: '2020-01-01T00:30:00Z', validFrom: now }],
    [{ awardedDate: '2026-06-15T12:00:00.750Z' }, { awardedDate: now, validFrom: now }],
    [{ validFrom: '2026-07-01t08:00:00.999z' }, { awardedDate: now, validFrom: '2026-07-01T08:00:00Z' }],
    [
      { validUntil: '2026-06-15T14:00:01.5+02:00' },
      { awardedDate: now, validFrom: now, validUntil: '2026-06-15T12:00:01Z' },
    ],
    [
      {
        awardedDate: '1999-02-28T00:00:00Z',
        validFrom: '1999-03-01T00:00:00Z',
        validUntil: '2000-02-29T00:00:00Z',
      },
      {
        awardedDate: '1999-02-28T00:00:00Z',
        validFrom: '1999-03-01T00:00:00Z',
        validUntil: '2000-02-29T00:00:00Z',
      },
    ],
  ]
  for (const [given, told] of cases) {
    const made = await award(tenant, id, given)
    t.match(made, told, JSON.stringify(given))
    t.same(await timesOf(made.path), told, 'and the credential says the same')
  }
})

t.test('an award does not lie in the future, and does not end before it starts', async (t) => {
  const { id } = await createBadge(tenant, { validFor: 'P1Y' })
  const cases: [given: object, path: string, reason: RegExp][] = [
    [{ awardedDate: '2026-06-15T12:00:01Z' }, '/awardedDate', /future/],
    [{ awardedDate: '2026-06-15T13:59:59+01:00' }, '/awardedDate', /future/],
    [{ validUntil: '2026-06-15T12:00:00Z' }, '/validUntil', /after validFrom/],
    [{ validUntil: '2026-06-15T12:00:00.9Z' }, '/validUntil', /after validFrom/],
    [
      { validFrom: '2027-01-01T00:00:00Z', validUntil: '2026-12-31T23:59:59Z' },
      '/validUntil',
      /after validFrom/,
    ],
    [{ validFrom: '9999-12-31T00:00:00Z' }, '/validFrom', /year 9999/],
    [{ awardedDate: '2026-02-30T00:00:00Z' }, '/awardedDate', /RFC 3339/],
    [{ awardedDate: '2025-02-29T00:00:00Z' }, '/awardedDate', /RFC 3339/],
    [{ awardedDate: '2026-01-01' }, '/awardedDate', /RFC 3339/],
    [{ awardedDate: '2026-01-01T00:00:00' }, '/awardedDate', /RFC 3339/],
    [{ validFrom: '2026-01-01T24:00:00Z' }, '/validFrom', /RFC 3339/],
    [{ validFrom: '1899-12-31T00:00:00Z' }, '/validFrom', /RFC 3339/],
    [{ validUntil: '2026-13-01T00:00:00Z' }, '/validUntil', /RFC 3339/],
  ]
  for (const [given, path, reason] of cases) {
    const recipient = { email: 'never@example.org' }
    const refused = await tenant.call('POST', `/v1/badge-classes/${id}/assertions`, { recipient, ...given })
    t.equal(refused.status, 400, JSON.stringify(given))
    t.equal(refused.body.errors[0].path, path)
    t.match(refused.body.errors[0].message, reason)
  }
  const both = {
    recipient: { email: 'never@example.org' },
    awardedDate: '2027-01-01T00:00:00Z',
    validUntil: NOW,
  }
  const refused = await tenant.call('POST', `/v1/badge-classes/${id}/assertions`, both)
  t.same(
    refused.body.errors.map((fault: { path: string }) => fault.path),
    ['/awardedDate', '/validUntil'],
    'every fault at once',
  )
})

t.test('the validity of a badge class is counted by the calendar', async (t) => {
  const cases: [validFrom: string, validFor: string, validUntil: string][] = [
    ['2026-01-31T10:00:00Z', 'P1M', '2026-02-28T10:00:00Z'],
    ['2024-01-31T10:00:00Z', 'P1M', '2024-02-29T10:00:00Z'],
    ['2024-02-29T00:00:00Z', 'P1Y', '2025-02-28T00:00:00Z'],
    ['2024-02-29T00:00:00Z', 'P4Y', '2028-02-29T00:00:00Z'],
    ['2096-02-29T00:00:00Z', 'P4Y', '2100-02-28T00:00:00Z'],
    ['2026-12-31T23:59:59Z', 'P2M', '2027-02-28T23:59:59Z'],
    ['2026-03-31T00:00:00Z', 'P1M', '2026-04-30T00:00:00Z'],
    ['2026-01-31T00:00:00Z', 'P13M', '2027-02-28T00:00:00Z'],
    ['2026-01-31T00:00:00Z', 'P1M1D', '2026-03-01T00:00:00Z'],
    ['2026-01-31T00:00:00Z', 'P1Y2M3W4D', '2027-04-25T00:00:00Z'],
    ['2026-02-22T00:00:00Z', 'P1W', '2026-03-01T00:00:00Z'],
    ['2026-03-28T23:30:00Z', 'P1D', '2026-03-29T23:30:00Z'],
    ['2026-02-01T00:30:00+01:00', 'P1M', '2026-02-28T23:30:00Z'],
    ['2026-01-01T00:00:00Z', 'P365D', '2027-01-01T00:00:00Z'],
  ]
  for (const [validFrom, validFor, validUntil] of cases) {
    const badge = await createBadge(tenant, { validFor })
    const { path } = await award(tenant, badge.id, { validFrom })
    t.equal((await timesOf(path)).validUntil, validUntil, `${validFrom} + ${validFor}`)
  }
  for (const validFor of ['P0D', 'P0Y0M', 'P', 'P1', 'PT1H', 'P1.5Y', '1Y', 'P-1Y']) {
    const body = { ...BADGE, validFor }
    const refused = await tenant.call('POST', `/v1/issuers/${tenant.slug}/badge-classes`, body)
    t.match(refused, { status: 400, body: { errors: [{ path: '/validFor' }] } }, validFor)
  }
  const badge = await createBadge(tenant, { validFor: 'P1Y' })
  const fromNow = await award(tenant, badge.id, { awardedDate: '2020-01-01T00:00:00Z' })
  t.match(fromNow, { validFrom: '2026-06-15T12:00:00Z', validUntil: '2027-06-15T12:00:00Z' }, 'from now on')
  const chosen = await award(tenant, badge.id, { validUntil: '2026-07-01T00:00:00Z' })
  t.match(chosen, { validUntil: '2026-07-01T00:00:00Z' }, 'unless the caller says otherwise')
})

const DESCRIPTIONS = [
  { id: 'percent', name: 'Note', resultType: 'Percent', valueMin: '0', valueMax: '100' },
  { id: 'least', name: 'Points', resultType: 'RawScore', valueMin: '-1.5' },
  { id: 'bounded', name: 'Rang', resultType: 'ext:Rang', valueMax: '3' },
  { id: 'letter', name: 'Lettre', resultType: 'LetterGrade', allowedValue: ['C', 'B', 'A'] },
  { id: 'state', name: 'État', resultType: 'Status' },
  { id: 'free', name: 'Avis', resultType: 'Result' },
  {
    id: 'https://siae.example/rubric',
    name: 'Niveau',
    resultType: 'RubricCriterionLevel',
    rubricCriterionLevel: [
      { id: 'novice', name: 'Novice' },
      { id: 'https://siae.example/levels/expert', name: 'Expert' },
    ],
  },
]

t.test('results that fit the badge’s descriptions stand in the credential, with absolute ids', async (t) => {
  const badge = await createBadge(tenant, { resultDescription: DESCRIPTIONS })
  const url = badge.achievementUrl
  const cases: [result: object, told: object][] = [
    [
      { resultDescription: 'percent', value: '0' },
      { resultDescription: `${url}#percent`, value: '0' },
    ],
    [{ resultDescription: `${url}#percent`, value: '100' }, { resultDescription: `${url}#percent` }],
    [{ resultDescription: 'percent', value: '12,5' }, { value: '12,5' }],
    [{ resultDescription: 'least', value: '-1.5' }, { value: '-1.5' }],
    [{ resultDescription: 'bounded', value: '-40' }, { value: '-40' }],
    [{ resultDescription: 'letter', value: 'B' }, { value: 'B' }],
    [{ resultDescription: 'state', status: 'Completed' }, { status: 'Completed' }],
    [{ resultDescription: 'state', status: 'Failed', value: 'à revoir' }, { value: 'à revoir' }],
    [{ resultDescription: 'free', value: 'très bien' }, { value: 'très bien' }],
    [
      { resultDescription: 'https://siae.example/rubric', achievedLevel: 'novice' },
      { resultDescription: 'https://siae.example/rubric', achievedLevel: `${url}#novice` },
    ],
    [
      {
        resultDescription: 'https://siae.example/rubric',
        achievedLevel: 'https://siae.example/levels/expert',
      },
      { achievedLevel: 'https://siae.example/levels/expert' },
    ],
  ]
  const results = cases.map(([result]) => result)
  const made = await award(tenant, badge.id, { results })
  const { credentialSubject } = (await anyone('GET', made.path)).body
  const { result, achievement } = credentialSubject
  t.equal(result.length, cases.length)
  const described = achievement.resultDescription.map((d: { id: string }) => d.id)
  cases.forEach(([given, told], i) => {
    t.match(result[i], { type: ['Result'], ...told }, JSON.stringify(given))
    t.ok(described.includes(result[i].resultDescription), 'its description is in the achievement')
  })
})

t.test('a result that does not fit is refused, with the place of the fault', async (t) => {
  const badge = await createBadge(tenant, { resultDescription: DESCRIPTIONS })
  const rubric = 'https://siae.example/rubric'
  const cases: [result: object, path: string, reason: RegExp][] = [
    [{ resultDescription: 'missing', value: '1' }, '/resultDescription', /no result description/],
    [{ resultDescription: 'novice', value: '1' }, '/resultDescription', /no result description/],
    [{ resultDescription: 'percent', value: '-0.1' }, '/value', /between 0 and 100/],
    [{ resultDescription: 'percent', value: '100,1' }, '/value', /between 0 and 100/],
    [{ resultDescription: 'percent', value: '87 %' }, '/value', /number/],
    [{ resultDescription: 'percent', value: '1e2' }, '/value', /number/],
    [{ resultDescription: 'percent', value: 'NaN' }, '/value', /number/],
    [{ resultDescription: 'percent', value: '٥' }, '/value', /number/],
    [{ resultDescription: 'least', value: '-1.51' }, '/value', /between -1.5/],
    [{ resultDescription: 'bounded', value: '3.01' }, '/value', /and 3/],
    [{ resultDescription: 'bounded', value: 'premier' }, '/value', /number/],
    [{ resultDescription: 'letter', value: 'b' }, '/value', /one of C, B, A/],
    [{ resultDescription: 'state', value: 'Completed' }, '/status', /required/],
    [{ resultDescription: 'state', status: 'Done' }, '/status', /./],
    [{ resultDescription: 'free' }, '', /value, a status/],
    [{ resultDescription: rubric, achievedLevel: 'expert' }, '/achievedLevel', /no level/],
    [{ resultDescription: 'percent', value: '1', achievedLevel: 'novice' }, '/achievedLevel', /no level/],
    [{ resultDescription: 'percent', value: 1 }, '/value', /string/],
    [{ value: '1' }, '/resultDescription', /./],
    [{ resultDescription: 'free', value: '1', score: 1 }, '/score', /./],
  ]
  for (const [result, path, reason] of cases) {
    const refused = await tenant.call('POST', `/v1/badge-classes/${badge.id}/assertions`, {
      recipient: { email: 'never@example.org' },
      results: [{ resultDescription: 'free', value: 'bien' }, result],
    })
    t.equal(refused.status, 400, JSON.stringify(result))
    t.equal(refused.body.errors[0].path, `/results/1${path}`)
    t.match(refused.body.errors[0].message, reason)
  }
  const plain = await createBadge(tenant)
  const refused = await tenant.call('POST', `/v1/badge-classes/${plain.id}/assertions`, {
    recipient: { email: 'never@example.org' },
    results: [{ resultDescription: 'percent', value: '1' }],
  })
  t.match(refused, { status: 400, body: { errors: [{ path: '/results/0/resultDescription' }] } })
  const stored = await tenant.call('GET', `/v1/issuers/${tenant.slug}/assertions?recipient=never@example.org`)
  t.same(stored.body.items, [], 'nothing was stored')
})
