import { createHash } from 'node:crypto'
import t from 'tap'
import { award, BADGE, createBadge, createDraft, createTenant } from '../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const anyone = caller(service.app)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

t.test('a person is awarded a badge and a stranger fetches the credential', async (t) => {
  const badge = await createBadge(tenant)
  const { path } = await award(tenant, badge.id)
  const credential = await anyone('GET', path)
  t.equal(credential.status, 200)
  t.equal(credential.headers['content-type'], 'application/vc+ld+json')
  t.match(credential.body, {
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    id: `${PUBLIC_URL}${path}`,
    issuer: { id: tenant.did, type: ['Profile'] },
    name: BADGE.name,
    credentialSubject: { achievement: { id: badge.achievementUrl, name: BADGE.name, version: '1' } },
  })
})

t.test(
  'a recipient known by anything but a DID is a salted hash that whoever knows it can check',
  async (t) => {
    const badge = await createBadge(tenant)
    const cases: [recipient: object, identityType: string, hashed: string, told: object][] = [
      [
        { email: 'Élise.Dupré@Example.org' },
        'emailAddress',
        'élise.dupré@example.org',
        { email: 'élise.dupré@example.org' },
      ],
      [{ identifier: 'SIAE-33-0042' }, 'identifier', 'SIAE-33-0042', { identifier: 'SIAE-33-0042' }],
      [
        { identifier: { type: 'systemId', value: 'Abc 1' } },
        'systemId',
        'Abc 1',
        { identifier: { type: 'systemId', value: 'Abc 1' } },
      ],
      [
        { identifier: { type: 'ext:pass-iae', value: 'IAE-99' } },
        'ext:pass-iae',
        'IAE-99',
        { identifier: { type: 'ext:pass-iae', value: 'IAE-99' } },
      ],
      [
        { identifier: { type: 'emailAddress', value: 'Zoe@Example.org' } },
        'emailAddress',
        'zoe@example.org',
        { email: 'zoe@example.org' },
      ],
    ]
    const salts = new Set<string>()
    for (const [recipient, identityType, hashed, told] of cases) {
      const made = await award(tenant, badge.id, { recipient })
      t.same((made as unknown as { recipient: object }).recipient, told)
      const { text, body } = await anyone('GET', made.path)
      t.notOk(text.includes(hashed), `${hashed} is not in the document`)
      t.equal(body.credentialSubject.id, undefined)
      t.equal(body.credentialSubject.identifier.length, 1)
      const [identity] = body.credentialSubject.identifier
      t.match(identity.salt, /^[0-9a-f]{32}$/)
      salts.add(identity.salt)
      t.same(identity, {
        type: 'IdentityObject',
        hashed: true,
        identityHash: `sha256$${sha256(hashed + identity.salt)}`,
        identityType,
        salt: identity.salt,
      })
    }
    t.equal(salts.size, cases.length, 'each award has a salt of its own')
  },
)

t.test('a recipient known by a DID is named by it', async (t) => {
  const { id } = await createBadge(tenant)
  const did = 'did:web:siae.example:people:42'
  const { body } = await anyone('GET', (await award(tenant, id, { recipient: { did } })).path)
  t.equal(body.credentialSubject.id, did)
  t.equal(body.credentialSubject.identifier, undefined)
})

t.test('a recipient is named by exactly one identity, and a real one', async (t) => {
  const { id } = await createBadge(tenant)
  const cases: [recipient: object, path: string][] = [
    [{}, '/recipient'],
    [{ name: 'Aïcha' }, '/recipient'],
    [{ email: 'a@example.org', did: 'did:example:1' }, '/recipient'],
    [{ email: 'a@example.org', identifier: '1' }, '/recipient'],
    [{ email: 'not an address' }, '/recipient/email'],
    [{ email: 'a@localhost' }, '/recipient/email'],
    [{ email: 'a@example.org\u202e' }, '/recipient/email'],
    [{ email: 'a\u200b@example.org' }, '/recipient/email'],
    [{ email: 'a@exa\ufeffmple.org' }, '/recipient/email'],
    [{ email: 'a@example.org', name: 'Aïcha \u202eBenhaddou' }, '/recipient/name'],
    [{ email: 'a@example.org', name: '\u2066Aïcha\u2069' }, '/recipient/name'],
    [{ did: 'https://example.org' }, '/recipient/did'],
    [{ identifier: ' ' }, '/recipient/identifier'],
    [{ identifier: { type: 'email', value: 'a@example.org' } }, '/recipient/identifier'],
    [{ identifier: { type: 'systemId' } }, '/recipient/identifier'],
    [{ email: 'a@example.org', phone: '1' }, '/recipient/phone'],
  ]
  for (const [recipient, path] of cases) {
    const refused = await tenant.call('POST', `/v1/badge-classes/${id}/assertions`, { recipient })
    t.equal(refused.status, 400, JSON.stringify(recipient))
    const paths: string[] = refused.body.errors.map((fault: { path: string }) => fault.path)
    t.ok(
      paths.some((found) => found.startsWith(path)),
      `${JSON.stringify(recipient)}: ${paths}`,
    )
  }
  const list = await tenant.call('GET', `/v1/issuers/${tenant.slug}/assertions?badgeClass=${id}`)
  t.same(list.body.items, [], 'nothing was stored')
})

t.test('a name keeps the marks of direction that Arabic and Hebrew need', async (t) => {
  const { id } = await createBadge(tenant)
  const name = 'عائشة\u200f (\u200eAïcha\u200e) בן\u200fחדו'
  const made = await award(tenant, id, { recipient: { email: 'a@example.org', name } })
  t.equal((await tenant.call('GET', `/v1/assertions/${made.id}`)).body.recipient.name, name)
})

t.test('the name stands in the credential only when the issuer discloses it', async (t) => {
  const { id } = await createBadge(tenant)
  const name = 'Aïcha Benhaddou'
  const nameIn = async (overrides: object) => {
    const made = await award(tenant, id, overrides)
    const read = await tenant.call('GET', `/v1/assertions/${made.id}`)
    const credential = await anyone('GET', made.path)
    t.equal(credential.text.includes('Benhaddou'), 'name' in credential.body.credentialSubject)
    return [read.body.recipient.name, credential.body.credentialSubject.name]
  }
  const recipient = (n: number) => ({ email: `n${n}@example.org`, name })
  t.same(await nameIn({ recipient: recipient(1) }), [name, undefined])
  t.same(await nameIn({ recipient: recipient(2), discloseName: false }), [name, undefined])
  t.same(await nameIn({ recipient: recipient(3), discloseName: true }), [name, name])
  t.same(await nameIn({ recipient: { email: 'n4@example.org' }, discloseName: true }), [undefined, undefined])
})

t.test('evidence and narrative stand in the credential as they were given', async (t) => {
  const { id } = await createBadge(tenant)
  const evidence = [
    { id: 'https://siae.example/preuve?a=1&b=2', name: 'Photo', genre: 'Photographie', audience: 'Jury' },
    { description: 'Attestation', narrative: '- **vu** par le référent' },
  ]
  const narrative = 'Six semaines\nsans une absence } &quot;'
  const made = await award(tenant, id, { evidence, narrative })
  const { body } = await anyone('GET', made.path)
  t.same(
    body.evidence,
    evidence.map((one) => ({ type: ['Evidence'], ...one })),
  )
  t.equal(body.credentialSubject.narrative, narrative)
  t.match((await tenant.call('GET', `/v1/assertions/${made.id}`)).body, { evidence, narrative })

  const faulty: [body: object, path: string][] = [
    [{ evidence: [] }, '/evidence'],
    [{ evidence: [{}] }, '/evidence/0'],
    [{ evidence: [{ id: 'javascript:alert(1)' }] }, '/evidence/0/id'],
    [{ evidence: [{ name: 'x', url: 'https://siae.example' }] }, '/evidence/0/url'],
    [{ narrative: ' ' }, '/narrative'],
    [{ narrative: 'a\0b' }, '/narrative'],
  ]
  for (const [overrides, path] of faulty) {
    const recipient = { email: 'faulty@example.org' }
    const refused = await tenant.call('POST', `/v1/badge-classes/${id}/assertions`, {
      recipient,
      ...overrides,
    })
    t.equal(refused.status, 400, path)
    t.equal(refused.body.errors[0].path, path)
  }
})

t.test('a badge class is awarded only while it is published', async (t) => {
  const recipient = { email: 'aicha@example.org' }
  const draft = await createDraft(tenant)
  const early = await tenant.call('POST', `/v1/badge-classes/${draft.id}/assertions`, { recipient })
  t.match(early, { status: 409, body: { title: /draft/ } })

  const badge = await createBadge(tenant)
  const { path } = await award(tenant, badge.id)
  await tenant.call('POST', `/v1/badge-classes/${badge.id}/archive`)
  const late = await tenant.call('POST', `/v1/badge-classes/${badge.id}/assertions`, { recipient })
  t.match(late, { status: 409, body: { title: /archived/ } })
  t.equal((await anyone('GET', path)).status, 200, 'who holds it keeps it')
})

t.test('the credential keeps the version of its badge class that was awarded', async (t) => {
  const badge = await createBadge(tenant)
  const { path } = await award(tenant, badge.id)
  await tenant.call('PATCH', `/v1/badge-classes/${badge.id}`, { name: 'Je m’engage encore' })
  const published = await tenant.call('POST', `/v1/badge-classes/${badge.id}/publish`)
  t.match(published, { status: 200, body: { version: 2 } })
  const named = async (path: string) => (await anyone('GET', path)).body.credentialSubject.achievement
  t.match(await named(path), { name: 'Je m’engage', version: '1' })
  t.match(await named((await award(tenant, badge.id)).path), { name: 'Je m’engage encore', version: '2' })
})
