import t from 'tap'
import { checkedBatch, csvOf, EVENT, people, postList, rowsOf, untilDone } from '../support/batches.ts'
import { createBadge, createTenant, type Tenant } from '../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'
import { withSharedData } from '../support/shared-data.ts'
import { FAMILIES, standardSchema } from '../support/standard-schemas.ts'
import { stranger } from '../support/stranger.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const french = { language: 'fr' }

/** The credentials of a batch that is issued now, in the order of the list. */
async function issued(of: Tenant, badge: string, list: string | object, query = '') {
  const posted = await postList(of, badge, list, { query })
  if (posted.status !== 201) throw new Error(posted.text)
  await untilDone(of, posted.body.id)
  const rows = await rowsOf(of, posted.body.id)
  const urls = rows.map(({ credentialUrl }) => credentialUrl.slice(PUBLIC_URL.length))
  return Promise.all(urls.map(async (url) => (await caller(service.app)('GET', url)).body))
}

t.test('a day: awardedDate, activity dates and an Evidence in each credential', async (t) => {
  const { id: badge } = await createBadge(tenant, french)
  const rows = people(3).map((email) => ({ email, name: 'Aïcha' }))
  const credentials = await issued(tenant, badge, { rows, event: EVENT })
  t.equal(credentials.length, 3)
  for (const credential of credentials) {
    t.equal(credential.awardedDate, '2025-10-15T12:00:00Z')
    t.match(credential.credentialSubject, {
      activityStartDate: '2025-10-15T00:00:00Z',
      activityEndDate: '2025-10-15T23:59:59Z',
    })
    t.strictSame(credential.evidence, [
      {
        id: 'https://www.example.org/pepites',
        type: ['Evidence'],
        name: 'Journée PEPITES',
        description: 'Bordeaux, 15 octobre 2025',
      },
    ])
    t.notMatch(JSON.stringify(credential), /Aïcha|@example/, 'neither name nor address, unasked')
  }
  const { body } = await tenant.call('GET', `/v1/issuers/${tenant.slug}/assertions?badgeClass=${badge}`)
  t.match(body.items[0], { awardedDate: '2025-10-15T12:00:00Z', recipient: { name: 'Aïcha' } })
})

t.test('a period, a moment, and as little as there can be', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id: inFrench } = await createBadge(tenant, french)
  const name = 'Forum'
  const cases: [string, object, [string, string, string], string][] = [
    [
      inFrench,
      { name, startDate: '2025-06-30', endDate: '2025-07-02' },
      ['2025-07-02T12:00:00Z', '2025-06-30T00:00:00Z', '2025-07-02T23:59:59Z'],
      '30 juin – 2 juillet 2025',
    ],
    [
      badge,
      { name, date: '2025-10-15T18:30:00+02:00' },
      ['2025-10-15T16:30:00Z', '2025-10-15T16:30:00Z', '2025-10-15T16:30:00Z'],
      'October 15, 2025',
    ],
    [
      badge,
      { name, startDate: '2024-02-29', place: 'Pau' },
      ['2024-02-29T12:00:00Z', '2024-02-29T00:00:00Z', '2024-02-29T23:59:59Z'],
      'Pau, February 29, 2024',
    ],
  ]
  for (const [of, event, [awardedDate, activityStartDate, activityEndDate], description] of cases) {
    const [credential] = await issued(tenant, of, { rows: [{ email: people(1)[0] }], event })
    t.equal(credential.awardedDate, awardedDate)
    t.match(credential.credentialSubject, { activityStartDate, activityEndDate })
    // Typographers part the days with thin spaces.
    const [{ description: told, ...rest }] = credential.evidence
    t.equal(told.replaceAll('\u2009', ' '), description)
    t.strictSame(rest, { type: ['Evidence'], name })
  }
})

t.test('a row’s own date, end, narrative and evidence', async (t) => {
  const { id: badge } = await createBadge(tenant, french)
  const [a, b] = people(2)
  const list = `Courriel;Date;Valable jusqu’au;Commentaire;Preuve
${a};14/10/2025;31/12/2999;A tenu le stand;https://example.org/preuve
${b};;;;`
  const query = '?eventName=F%C3%AAte&eventDate=2025-10-15'
  const [own, other] = await issued(tenant, badge, list, query)
  t.match(own, { awardedDate: '2025-10-14T12:00:00Z', validUntil: '2999-12-31T23:59:59Z' })
  t.equal(own.credentialSubject.narrative, 'A tenu le stand')
  t.match(own.evidence, [{ name: 'Fête' }, { id: 'https://example.org/preuve' }])
  t.equal(own.evidence.length, 2)
  t.match(other, { awardedDate: '2025-10-15T12:00:00Z', evidence: [{ name: 'Fête' }] })
  t.notOk('validUntil' in other || 'narrative' in other.credentialSubject)
})

t.test('a name is disclosed where it was asked for', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const [credential] = await issued(tenant, badge, csvOf(people(1)), '?discloseName=true')
  t.match(JSON.stringify(credential.credentialSubject), /"Personne 0"/)
})

t.test('without an event there is nothing of one', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const [credential] = await issued(tenant, badge, csvOf(people(1)))
  t.notMatch(JSON.stringify(credential), /activity|vidence/)
})

t.test('an event that has not begun cannot be committed, now or for before it', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const soon = new Date(Date.now() + 3600_000).toISOString()
  const later = new Date(Date.now() + 7200_000).toISOString()
  const { id } = await checkedBatch(tenant, badge, people(1), { event: { name: 'Bientôt', date: later } })
  const commit = (body: object) => tenant.call('POST', `/v1/batches/${id}/commit`, body)
  const headers = { 'accept-language': 'fr' }
  for (const body of [{}, { commitAt: soon }]) t.match(await commit(body), { status: 409 })
  const refused = await tenant.call('POST', `/v1/batches/${id}/commit`, {}, headers)
  t.match(refused.body.title, 'L’événement n’aura pas commencé')
  t.match(await commit({ commitAt: later }), { status: 202, body: { status: 'scheduled' } })
})

t.test('an event of today, and one that still goes on, can be', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const today = new Date().toISOString().slice(0, 10)
  const [one] = await issued(tenant, badge, {
    rows: [{ email: people(1)[0] }],
    event: { name: 'J', date: today },
  })
  t.ok(Date.parse(one.awardedDate) <= Date.now())
  const event = { name: 'Longue', startDate: '2025-01-01', endDate: '2999-01-01' }
  const [two] = await issued(tenant, badge, { rows: [{ email: people(1)[0] }], event })
  t.equal(two.credentialSubject.activityEndDate, '2999-01-01T23:59:59Z')
  t.ok(Date.parse(two.awardedDate) <= Date.now())
})

t.test('its credentials pass the library and the standard’s schemas', withSharedData, async (t) => {
  const verify = stranger(service.app)
  for (const proofSuite of ['eddsa-rdfc-2022', 'Ed25519Signature2020']) {
    const own = await createTenant(service.app, { proofSuite })
    const { id: badge } = await createBadge(own, { ...french, validFor: 'P1Y' })
    const rows = [
      { recipient: { email: people(1)[0], name: 'Zoé « 🏅 »' }, narrative: 'Ligne 1\n{ligne} "2"\\' },
      { recipient: { did: 'did:example:aicha' }, preuve: 'https://example.org/a?b=1&c=2#d' },
      { recipient: { identifier: { type: 'ext:matricule', value: 'É 12' } } },
    ]
    for (const options of [{}, { event: EVENT, discloseName: true }]) {
      for (const credential of await issued(own, badge, { rows, ...options })) {
        t.strictSame(await verify(credential), { verified: true, why: '' })
        for (const family of FAMILIES) {
          const validate = standardSchema(family, 'achievementcredential')
          t.ok(validate(credential), family)
          t.equal(validate.errors, null)
        }
      }
      for (const { id } of (await own.call('GET', `/v1/issuers/${own.slug}/assertions`)).body.items) {
        await own.call('POST', `/v1/assertions/${id}/revoke`, { reason: 'Pour la liste suivante' })
      }
    }
  }
})
