import { randomUUID } from 'node:crypto'
import t from 'tap'
import { createTenant, SVG } from '../support/factories.ts'
import { caller, OPERATOR_KEY, PUBLIC_URL, startService } from '../support/service.ts'

const service = await startService(t)
const operator = caller(service.app, OPERATOR_KEY)
const stranger = caller(service.app)
const ISSUER = { name: 'INAÉ', url: 'https://inae.example' }
const newSlug = () => `i-${randomUUID().slice(0, 13)}`

t.test('the operator makes an issuer and reads it back', async (t) => {
  service.setTime('2026-03-01T10:00:00.250Z')
  const slug = newSlug()
  const input = { slug, ...ISSUER, email: 'badges@inae.example', description: 'Réseau', language: 'fr' }
  const made = await operator('POST', '/v1/issuers', input)
  t.equal(made.status, 201)
  t.equal(made.headers.location, `${PUBLIC_URL}/v1/issuers/${slug}`)
  t.match(made.body, {
    ...input,
    did: `did:web:localhost%3A3999:issuers:${slug}`,
    didMethod: 'web',
    proofSuite: 'eddsa-rdfc-2022',
    profileUrl: `${PUBLIC_URL}/issuers/${slug}`,
    revision: 1,
    createdAt: '2026-03-01T10:00:00.250Z',
    updatedAt: '2026-03-01T10:00:00.250Z',
  })
  const read = await operator('GET', `/v1/issuers/${slug}`)
  t.equal(read.headers.etag, '"1"')
  t.strictSame(read.body, made.body)
})

t.test('a change is seen in the record and in the public Profile, and null removes', async (t) => {
  service.setTime('2026-03-01T10:00:00Z')
  const tenant = await createTenant(service.app, {
    email: 'a@inae.example',
    description: 'Avant',
    language: 'fr',
  })
  service.setTime('2026-03-02T10:00:00Z')
  const change = { name: 'Nouveau nom', description: 'Après', email: null, language: null }
  const changed = await tenant.call('PATCH', `/v1/issuers/${tenant.slug}`, change)
  t.equal(changed.status, 200)
  t.equal(changed.headers.etag, '"2"')
  t.match(changed.body, { name: 'Nouveau nom', description: 'Après', updatedAt: '2026-03-02T10:00:00.000Z' })
  t.equal(changed.body.did, tenant.did, 'the DID stays')
  t.notOk('email' in changed.body || 'language' in changed.body, 'what null removed is gone')
  const profile = await stranger('GET', `/issuers/${tenant.slug}`)
  t.match(profile.body, { name: 'Nouveau nom', description: 'Après' })
  t.notOk('email' in profile.body)
})

t.test('a change needs the ETag that was read', async (t) => {
  const tenant = await createTenant(service.app)
  const path = `/v1/issuers/${tenant.slug}`
  const first = await tenant.call('PATCH', path, { name: 'Un' }, { 'if-match': '"1"' })
  const second = await tenant.call('PATCH', path, { name: 'Deux' }, { 'if-match': '"1"' })
  t.equal(first.status, 200)
  t.equal(second.status, 412)
  t.equal((await tenant.call('GET', path)).body.name, 'Un')
})

t.test('the slug and the DID method of an issuer cannot be changed', async (t) => {
  const tenant = await createTenant(service.app)
  for (const change of [{ slug: newSlug() }, { didMethod: 'key' }, { did: 'did:web:example.org' }]) {
    const answer = await tenant.call('PATCH', `/v1/issuers/${tenant.slug}`, change)
    t.equal(answer.status, 400, JSON.stringify(change))
    t.equal(answer.body.errors[0].path, `/${Object.keys(change)[0]}`)
  }
})

t.test('a slug names one issuer', async (t) => {
  const slug = newSlug()
  const body = { slug, ...ISSUER }
  const answers = await Promise.all(Array.from({ length: 4 }, () => operator('POST', '/v1/issuers', body)))
  t.strictSame(answers.map((a) => a.status).sort(), [201, 409, 409, 409])
  const refused = answers.find((a) => a.status === 409)!
  t.match(refused.body, { type: /\/problems\/slug-taken$/, title: `The slug ${slug} is taken` })
})

t.test('an issuer that is not right is refused with the path of its fault, and not stored', async (t) => {
  const faults: [string, object][] = [
    ['/slug', { slug: 'Inaé' }],
    ['/slug', { slug: 'a' }],
    ['/slug', { slug: 'a'.repeat(64) }],
    ['/slug', { slug: '-a-' }],
    ['/name', { name: '' }],
    ['/name', { name: '  ' }],
    ['/name', { name: 'a\nb' }],
    ['/name', { name: 'a'.repeat(201) }],
    ['/name', { name: 12 }],
    ['/name', { name: 'a\u0000' }],
    ['/url', { url: 'javascript:alert(1)' }],
    ['/url', { url: 'https://user:secret@inae.example' }],
    ['/url', { url: 'inae.example' }],
    ['/email', { email: 'inae' }],
    ['/language', { language: 'français' }],
    ['/didMethod', { didMethod: 'ion' }],
    ['/proofSuite', { proofSuite: 'RsaSignature2018' }],
    ['/description', { description: 'a'.repeat(2001) }],
    ['/image', { image: 'https://inae.example/logo.png' }],
  ]
  for (const [path, fault] of faults) {
    const slug = newSlug()
    const answer = await operator('POST', '/v1/issuers', { slug, ...ISSUER, ...fault })
    t.equal(answer.status, 400, `${path} ${JSON.stringify(fault).slice(0, 60)}`)
    t.strictSame([...new Set(answer.body.errors.map((e: { path: string }) => e.path))], [path])
    t.equal((await operator('GET', `/v1/issuers/${slug}`)).status, 404)
  }
  const empty = await operator('POST', '/v1/issuers', {})
  t.strictSame(empty.body.errors.map((e: { path: string }) => e.path).sort(), ['/name', '/slug', '/url'])
})

t.test('the operator lists every issuer, a key its own', async (t) => {
  const tenant = await createTenant(service.app)
  const own = await tenant.call('GET', '/v1/issuers')
  t.strictSame(
    own.body.items.map((i: { slug: string }) => i.slug),
    [tenant.slug],
  )
  const seen: string[] = []
  for (let url: string | undefined = '/v1/issuers?limit=3'; url; ) {
    const page: Awaited<ReturnType<typeof operator>> = await operator('GET', url)
    t.ok(page.body.items.length <= 3)
    seen.push(...page.body.items.map((i: { slug: string }) => i.slug))
    url = page.body.nextCursor && `/v1/issuers?limit=3&cursor=${encodeURIComponent(page.body.nextCursor)}`
  }
  t.equal(new Set(seen).size, seen.length, 'none twice')
  t.ok(seen.includes(tenant.slug))
})

t.test('the Profile of an issuer is a public document, with its image', async (t) => {
  const tenant = await createTenant(service.app, { email: 'contact@inae.example', description: 'Réseau' })
  await tenant.call('PUT', `/v1/issuers/${tenant.slug}/image`, SVG, { 'content-type': 'image/svg+xml' })
  const profile = await stranger('GET', `/issuers/${tenant.slug}`)
  t.equal(profile.headers['content-type'], 'application/ld+json')
  t.equal(profile.headers['access-control-allow-origin'], '*')
  t.match(profile.headers.vary, /Accept/)
  t.match(profile.body, {
    '@context': ['https://www.w3.org/ns/credentials/v2', /ob\/v3p0\/context-3\.0\.3\.json$/],
    id: tenant.did,
    type: ['Profile'],
    name: 'Association d’insertion',
    url: 'https://siae.example',
    email: 'contact@inae.example',
    description: 'Réseau',
    image: { type: 'Image' },
  })
  const image = await stranger('GET', new URL(profile.body.image.id).pathname)
  t.equal(image.headers['content-type'], 'image/svg+xml')
  const asJson = await stranger('GET', `/issuers/${tenant.slug}`, undefined, { accept: 'application/json' })
  t.equal(asJson.headers['content-type'], 'application/json')
  t.equal((await stranger('GET', `/issuers/${tenant.slug}`, undefined, { accept: 'image/gif' })).status, 406)
  t.equal((await stranger('GET', `/issuers/${newSlug()}`)).status, 404)
})
