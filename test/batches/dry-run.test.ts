import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import t from 'tap'
import {
  assertionsOf,
  countsOf,
  csvOf,
  EVENT,
  people,
  postList,
  rowsOf,
  statesOf,
} from '../support/batches.ts'
import { award, createBadge, createDraft, createTenant } from '../support/factories.ts'
import { startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const FRENCH = { 'accept-language': 'fr' }

t.test('a list is judged row by row, and nothing is issued', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const held = await award(tenant, badge, { recipient: { email: 'tenue@example.org' } })
  const before = (await assertionsOf(tenant, badge)).length
  const list = [
    'Prénom;Nom;Courriel;Structure;Date;Fonction',
    'Aïcha;Benhaddou;Aicha@Example.org;Les Jardins;15/10/2025;CIP',
    'Aïcha;B.;aicha@example.org;;;',
    'Tenue;Déjà;Tenue@example.org;;;',
    'Léo;Faux;pas une adresse;;;',
    'Zoé;Demain;zoe@example.org;;15/10/2999;',
    'Max;Faute;max@gmial.com;;;',
    'Sans;Adresse;;;;',
  ].join('\n')
  const posted = await postList(tenant, badge, list, { headers: FRENCH })
  t.equal(posted.status, 201)
  const { body } = posted
  t.match(body, { status: 'checked', badgeClass: badge, discloseName: false, revision: 1 })
  t.equal(posted.headers.location, `${service.ctx.config.publicUrl}/v1/batches/${body.id}`)
  t.equal(posted.headers.etag, '"1"')
  t.strictSame(body.counts, {
    total: 7,
    ready: 2,
    duplicate: 1,
    'already-awarded': 1,
    invalid: 3,
    issued: 0,
    failed: 0,
    cancelled: 0,
    revoked: 0,
  })
  t.strictSame(body.columns, [
    { heading: 'Prénom', field: 'firstName' },
    { heading: 'Nom', field: 'lastName' },
    { heading: 'Courriel', field: 'email' },
    { heading: 'Structure', field: 'structure' },
    { heading: 'Date', field: 'awardedDate' },
    { heading: 'Fonction', field: null },
  ])
  const rows = await rowsOf(tenant, body.id)
  t.strictSame(
    rows.map(({ line, state }) => [line, state]),
    [
      [2, 'ready'],
      [3, 'duplicate'],
      [4, 'already-awarded'],
      [5, 'invalid'],
      [6, 'invalid'],
      [7, 'ready'],
      [8, 'invalid'],
    ],
  )
  t.strictSame(rows[0], {
    line: 2,
    state: 'ready',
    recipient: { email: 'aicha@example.org', name: 'Aïcha Benhaddou' },
    columns: {
      Prénom: 'Aïcha',
      Nom: 'Benhaddou',
      Courriel: 'Aicha@Example.org',
      Structure: 'Les Jardins',
      Date: '15/10/2025',
      Fonction: 'CIP',
    },
  })
  t.equal(rows[5].suggestion, 'max@gmail.com')
  t.match(rows[2], { assertionId: held.id, credentialUrl: held.credentialUrl })

  const problems = body.problems as { line: number; reason?: { code: string; message: string } }[]
  t.strictSame(
    problems.map(({ line, reason }) => [line, reason?.code, reason?.message]),
    [
      [3, 'row-duplicate', 'la même personne figure à la ligne 2'],
      [4, 'row-already-awarded', 'cette personne a déjà ce badge'],
      [5, 'row-email', 'ce n’est pas une adresse e-mail'],
      [6, 'row-in-the-future', '« Date » est dans le futur'],
      [7, undefined, undefined],
      [8, 'row-no-recipient', 'il manque l’adresse e-mail (ou un DID, ou un identifiant)'],
    ],
  )
  t.match(rows[1].reason.message, 'the same person stands on line 2', 'and in English to others')
  t.equal((await assertionsOf(tenant, badge)).length, before)
})

t.test('the list of the examples, as it is', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { status, body } = await postList(tenant, badge, readFileSync('examples/event/attendance.csv'))
  t.equal(status, 201)
  t.strictSame(countsOf(body), { total: 40, ready: 38, duplicate: 1, invalid: 1 })
})

t.test('rows can be asked for by their state, page by page', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const addresses = people(7).flatMap((address) => [address, address.toUpperCase()])
  const { body } = await postList(tenant, badge, csvOf(addresses))
  const url = `/v1/batches/${body.id}/rows`
  const first = await tenant.call('GET', `${url}?state=duplicate&limit=3`)
  t.strictSame(
    first.body.items.map(({ line }: { line: number }) => line),
    [3, 5, 7],
  )
  t.match(first.headers.link, /^<http.*state=duplicate.*>; rel="next"$/)
  const second = await tenant.call('GET', `${url}?state=duplicate&limit=3&cursor=${first.body.nextCursor}`)
  const third = await tenant.call('GET', `${url}?state=duplicate&limit=3&cursor=${second.body.nextCursor}`)
  t.strictSame([second.body.items.length, third.body.items.length], [3, 1])
  t.notOk('nextCursor' in third.body)
  t.equal((await rowsOf(tenant, body.id, '&state=issued')).length, 0)
  t.equal((await rowsOf(tenant, body.id)).length, 14)
  const cursors = [
    'x',
    Buffer.from('line 0x1').toString('base64url'),
    Buffer.from('line 9999999999').toString('base64url'),
  ]
  const faults: [string, string][] = [
    ['state=gone', '/state'],
    ['limit=0', '/limit'],
    ...cursors.map((cursor): [string, string] => [`cursor=${cursor}`, '/cursor']),
  ]
  for (const [query, path] of faults) {
    t.match(await tenant.call('GET', `${url}?${query}`), { status: 400, body: { errors: [{ path }] } }, query)
  }
})

t.test('a list in JSON says its options beside the rows, a CSV in the query', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const rows = [{ email: people(1)[0], name: 'Lou', Groupe: 3, present: true, note: null }]
  const json = await postList(tenant, badge, { rows, event: EVENT, discloseName: true })
  t.match(json, { status: 201, body: { event: EVENT, discloseName: true, counts: { ready: 1 } } })
  t.strictSame((await rowsOf(tenant, json.body.id))[0].columns, {
    email: rows[0]!.email,
    name: 'Lou',
    Groupe: '3',
    present: 'true',
    note: '',
  })
  const query = new URLSearchParams({
    eventName: 'Été à Pau',
    eventStartDate: '2025-07-01',
    eventEndDate: '2025-07-03T18:00:00+02:00',
    eventPlace: 'Pau',
    eventUrl: 'https://example.org/ete',
    discloseName: 'true',
  })
  const csv = await postList(tenant, badge, csvOf(people(1)), { query: `?${query}` })
  t.match(csv, {
    status: 201,
    body: {
      discloseName: true,
      event: {
        name: 'Été à Pau',
        startDate: '2025-07-01',
        endDate: '2025-07-03T18:00:00+02:00',
        place: 'Pau',
        url: 'https://example.org/ete',
      },
    },
  })
})

t.test('options with faults are 400, each with its path, and nothing is stored', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const name = 'Fête'
  const documents: [object, string][] = [
    [{ unknown: 1 }, '/unknown'],
    [{ discloseName: 'true' }, '/discloseName'],
    [{ event: 'Fête' }, '/event'],
    [{ event: null }, '/event'],
    [{ event: { date: '2025-01-01' } }, '/event/name'],
    [{ event: { name } }, '/event'],
    [{ event: { name, date: '2025-01-01', startDate: '2025-01-01' } }, '/event'],
    [{ event: { name, date: '2025-02-30' } }, '/event/date'],
    [{ event: { name, date: '15/10/2025' } }, '/event/date'],
    [{ event: { name, date: '2025-01-01', endDate: '2025-01-02' } }, '/event/endDate'],
    [{ event: { name, startDate: '2025-01-02', endDate: '2025-01-01' } }, '/event/endDate'],
    [{ event: { name, date: '2025-01-01', url: 'javascript:alert(1)' } }, '/event/url'],
    [{ event: { name, date: '2025-01-01', city: 'Pau' } }, '/event/city'],
    [{ event: { name: 'a\nb', date: '2025-01-01' } }, '/event/name'],
    [{ event: { name: 'a\u0000b', date: '2025-01-01' } }, '/event/name'],
  ]
  for (const [options, path] of documents) {
    const refused = await postList(tenant, badge, { rows: [{ email: 'a@example.org' }], ...options })
    t.match(refused, { status: 400, body: { errors: [{ path }] } }, JSON.stringify(options))
  }
  const queries: [string, string][] = [
    ['eventDate=2025-01-01', '/eventName'],
    ['eventName=', '/eventName'],
    ['eventName=F&eventDate=hier', '/eventDate'],
    ['eventName=F&eventDate=2025-01-01&eventUrl=x', '/eventUrl'],
    ['eventName=F&eventDate=2025-01-01&eventStartDate=2025-01-01', '/eventDate'],
    ['eventName=F', '/eventDate'],
    ['eventName=F&eventStartDate=2025-01-02&eventEndDate=2025-01-01', '/eventEndDate'],
    ['discloseName=yes', '/discloseName'],
    ['event=F', '/event'],
    ['eventName=a%00b&eventDate=2025-01-01', '/eventName'],
  ]
  for (const [query, path] of queries) {
    const refused = await postList(tenant, badge, csvOf(['a@example.org']), { query: `?${query}` })
    t.match(refused, { status: 400, body: { errors: [{ path }] } }, query)
  }
  const stored = await tenant.call('GET', `/v1/issuers/${tenant.slug}/batches?badgeClass=${badge}`)
  t.strictSame(stored.body.items, [])
})

t.test('only a published badge class of one’s own takes a list', async (t) => {
  const draft = await createDraft(tenant)
  const archived = await createBadge(tenant)
  await tenant.call('POST', `/v1/badge-classes/${archived.id}/archive`)
  for (const { id } of [draft, archived]) {
    const refused = await postList(tenant, id, csvOf(people(1)))
    t.match(refused, { status: 409, body: { type: /\/problems\/not-published$/ } })
  }
  const other = await createTenant(service.app)
  const foreign = await postList(other, archived.id, csvOf(people(1)))
  const missing = await postList(other, randomUUID(), csvOf(people(1)))
  t.equal(foreign.status, 404)
  t.equal(foreign.text, missing.text)
  t.equal((await postList(tenant, (await createBadge(tenant)).id, '')).status, 400)
})

t.test('people are recognised whichever way they are named', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const [a] = people(1)
  const did = `did:example:${randomUUID()}`
  const recipients = [
    { email: a },
    { email: a!.toUpperCase() },
    { identifier: { type: 'emailAddress', value: a!.toUpperCase() } },
    { did },
    { did, name: 'Lou' },
    { identifier: did },
    { identifier: { type: 'ext:matricule', value: did } },
    { identifier: { type: 'identifier', value: did } },
  ]
  const rows = recipients.map((recipient) => ({ recipient }))
  const { body } = await postList(tenant, badge, { rows })
  t.strictSame(await statesOf(tenant, body.id), [
    'ready',
    'duplicate',
    'duplicate',
    'ready',
    'duplicate',
    'ready',
    'ready',
    'duplicate',
  ])
})

t.test('of many problems the answer names the first hundred', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { body } = await postList(tenant, badge, csvOf(Array.from({ length: 150 }, () => 'x')))
  t.equal(body.problems.length, 100)
  t.equal(body.problems[99].line, 101)
  t.equal(body.counts.invalid, 150)
  t.notOk('problems' in (await tenant.call('GET', `/v1/batches/${body.id}`)).body)
})

t.test('the batches of an issuer are listed, newest first, and filtered', async (t) => {
  const own = await createTenant(service.app)
  const badges = [(await createBadge(own)).id, (await createBadge(own)).id]
  const ids: string[] = []
  for (let i = 0; i < 5; i++) ids.unshift((await postList(own, badges[i % 2]!, csvOf(people(1)))).body.id)
  await own.call('POST', `/v1/batches/${ids[0]}/cancel`)
  const list = async (query: string, call = own.call) => {
    const { body } = await call('GET', `/v1/issuers/${own.slug}/batches${query}`)
    return body.items?.map(({ id }: { id: string }) => id)
  }
  t.strictSame(await list(''), ids)
  t.strictSame(await list(`?badgeClass=${badges[1]}`), [ids[1], ids[3]])
  t.strictSame(await list('?status=cancelled'), [ids[0]])
  const first = await own.call('GET', `/v1/issuers/${own.slug}/batches?limit=3`)
  t.strictSame(await list(`?limit=3&cursor=${first.body.nextCursor}`), ids.slice(3))
  t.equal(await list('', tenant.call), undefined, 'not another tenant’s')
})

t.test('an ETag tells whether a batch has changed', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { body, headers } = await postList(tenant, badge, csvOf(people(1)))
  const url = `/v1/batches/${body.id}`
  const seen = { 'if-none-match': String(headers.etag) }
  t.equal((await tenant.call('GET', url, undefined, seen)).status, 304)
  await tenant.call('POST', `${url}/cancel`)
  const changed = await tenant.call('GET', url, undefined, seen)
  t.equal(changed.status, 200)
  t.equal(changed.headers.etag, `"${changed.body.revision}"`)
})
