import { sql } from 'drizzle-orm'
import t from 'tap'
import { award, createBadge, createTenant, type Tenant } from '../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'
import { stranger } from '../support/stranger.ts'

const service = await startService(t)
const { app } = service
const anyone = caller(app)
const askLibrary = stranger(app)

const rotate = (tenant: Tenant) => tenant.call('POST', `/v1/issuers/${tenant.slug}/signing-keys/rotate`)
const didDocument = async (tenant: Tenant) => anyone('GET', `/issuers/${tenant.slug}/did.json`)

t.test('the DID document of a did:web issuer says its keys in the words of the standards', async (t) => {
  const tenant = await createTenant(app)
  t.equal(tenant.did, `did:web:localhost%3A3999:issuers:${tenant.slug}`, 'the port is encoded')
  const answer = await didDocument(tenant)
  t.match(answer.headers['content-type'], /^application\/json/)
  t.equal(answer.headers['access-control-allow-origin'], '*')
  const { body } = answer
  t.strictSame(body['@context'].slice(0, 2), [
    'https://www.w3.org/ns/did/v1',
    'https://w3id.org/security/multikey/v1',
  ])
  t.equal(body.id, tenant.did)
  t.strictSame(body.alsoKnownAs, [`${PUBLIC_URL}/issuers/${tenant.slug}`])
  const [ecKey, edKey] = ['P-256', 'Ed25519'].map((kind) =>
    body.verificationMethod.find((m: { type: string }) => (m.type === 'JsonWebKey') === (kind === 'P-256')),
  )
  t.equal(body.verificationMethod.length, 2)
  t.match(edKey, { type: 'Multikey', controller: tenant.did, publicKeyMultibase: /^z6Mk/ })
  t.equal(edKey.id, `${tenant.did}#${edKey.publicKeyMultibase}`, 'an absolute id')
  t.match(ecKey, { controller: tenant.did, publicKeyJwk: { kty: 'EC', crv: 'P-256', x: String, y: String } })
  t.ok(ecKey.id.startsWith(`${tenant.did}#zDn`), 'an absolute id')
  const ids = body.verificationMethod.map((m: { id: string }) => m.id)
  t.strictSame(body.assertionMethod, ids, 'strings, not objects')
  t.notMatch(answer.text, /"d":/)
})

t.test('the JWKS of an issuer and of the origin hold public keys and no private part', async (t) => {
  const tenant = await createTenant(app)
  const own = await anyone('GET', `/issuers/${tenant.slug}/jwks.json`)
  const all = await anyone('GET', '/.well-known/jwks.json')
  const did = (await didDocument(tenant)).body
  t.match(own.headers['content-type'], /^application\/jwk-set\+json/)
  t.strictSame(
    own.body.keys.map((k: { kid: string }) => k.kid).sort(),
    did.verificationMethod.map((m: { id: string }) => m.id).sort(),
    'each key by the id that the DID document has',
  )
  t.strictSame(own.body.keys.map((k: { alg: string }) => k.alg).sort(), ['ES256', 'EdDSA'])
  for (const key of own.body.keys) {
    t.match(key, { use: 'sig', iss: tenant.did })
    t.strictSame(
      all.body.keys.find((k: { kid: string }) => k.kid === key.kid),
      key,
      'the same key in the set of the origin',
    )
  }
  for (const key of all.body.keys) {
    const members = Object.keys(key).filter((name) => !['kid', 'alg', 'use', 'iss'].includes(name))
    t.strictSame(members.sort(), key.kty === 'OKP' ? ['crv', 'kty', 'x'] : ['crv', 'kty', 'x', 'y'])
  }
})

t.test('after a rotation the new key signs, and what the old one signed still verifies', async (t) => {
  const tenant = await createTenant(app)
  const badge = await createBadge(tenant)
  const before = await award(tenant, badge.id)
  const answer = await rotate(tenant)
  t.equal(answer.status, 201)
  t.strictSame(answer.body.items.map((k: { status: string }) => k.status).sort(), [
    'active',
    'active',
    'retired',
    'retired',
  ])
  for (const key of answer.body.items) t.equal('retiredAt' in key, key.status === 'retired')
  const after = await award(tenant, badge.id)
  const methods: string[] = []
  for (const { path } of [before, after]) {
    const { body: credential } = await anyone('GET', path)
    methods.push(credential.proof[0].verificationMethod)
    t.match(await askLibrary(credential), { verified: true, why: '' }, 'the unmodified library agrees')
    t.equal((await anyone('POST', '/verify', credential)).body.valid, true)
    const jwt = await anyone('GET', `${path}.jwt`)
    const verdict = await anyone('POST', '/verify', jwt.text, { 'content-type': 'text/plain' })
    t.equal(verdict.body.valid, true, 'as a token too')
  }
  t.not(methods[0], methods[1], 'two keys')
  const document = (await didDocument(tenant)).body
  t.equal(document.verificationMethod.length, 4, 'the retired keys stay published')
  for (const method of methods) t.ok(document.assertionMethod.includes(method))
  const set = await anyone('GET', `/issuers/${tenant.slug}/jwks.json`)
  t.equal(set.body.keys.length, 4)
})

t.test(
  'the library notices a credential that was altered or signed by a key that is not published',
  async (t) => {
    const tenant = await createTenant(app)
    const other = await createTenant(app)
    const { path } = await award(tenant, (await createBadge(tenant)).id)
    const { body: credential } = await anyone('GET', path)
    const altered = await askLibrary({ ...credential, name: 'Autre chose' })
    t.match(altered, { verified: false, why: /signature|verif/i })
    const [proof] = credential.proof
    const verificationMethod = proof.verificationMethod.replace(tenant.slug, other.slug)
    const foreign = await askLibrary({ ...credential, proof: [{ ...proof, verificationMethod }] })
    t.match(foreign, { verified: false, why: /has no key/ })
  },
)

t.test('rotation stops before the DID document exceeds 8 KB', async (t) => {
  const tenant = await createTenant(app)
  const badge = await createBadge(tenant)
  const { path } = await award(tenant, badge.id)
  let answer = await rotate(tenant)
  let rotations = 0
  while (answer.status === 201 && rotations < 60) {
    rotations++
    answer = await rotate(tenant)
  }
  t.equal(answer.status, 409)
  t.match(answer.body.type, /\/problems\/did-document-full$/)
  t.ok(rotations >= 5, `${rotations} rotations fit`)
  const document = await didDocument(tenant)
  t.ok(document.bytes.length <= 8192, `${document.bytes.length} bytes`)
  t.equal(document.body.verificationMethod.length, 2 * (rotations + 1), 'the refused one left nothing')
  const keys = await tenant.call('GET', `/v1/issuers/${tenant.slug}/signing-keys`)
  t.equal(keys.body.items.filter((k: { status: string }) => k.status === 'active').length, 2)
  const { body: first } = await anyone('GET', path)
  t.match(await askLibrary(first), { verified: true, why: '' }, 'the first credential still verifies')
  const { body: last } = await anyone('GET', (await award(tenant, badge.id)).path)
  t.match(await askLibrary(last), { verified: true, why: '' }, 'and awards go on')
})

t.test('rotations at the same time leave one active key of each kind', async (t) => {
  const tenant = await createTenant(app)
  const answers = await Promise.all([rotate(tenant), rotate(tenant), rotate(tenant)])
  t.strictSame(
    answers.map((a) => a.status),
    [201, 201, 201],
  )
  const { items } = (await tenant.call('GET', `/v1/issuers/${tenant.slug}/signing-keys`)).body
  const active = items.filter((k: { status: string }) => k.status === 'active')
  t.equal(items.length, 8)
  t.strictSame(active.map((k: { algorithm: string }) => k.algorithm).sort(), ['Ed25519', 'P-256'])
})

t.test('a did:key issuer signs with its one key, which is never rotated', async (t) => {
  const tenant = await createTenant(app, { didMethod: 'key' })
  t.match(tenant.did, /^did:key:z6Mk/)
  const document = (await didDocument(tenant)).body
  t.equal(document.id, tenant.did)
  t.strictSame(document.assertionMethod, [`${tenant.did}#${tenant.did.slice('did:key:'.length)}`])
  const { path } = await award(tenant, (await createBadge(tenant)).id)
  const { body: credential } = await anyone('GET', path)
  t.match(await askLibrary(credential), { verified: true, why: '' })
  t.equal((await anyone('POST', '/verify', credential)).body.valid, true)
  const refused = await rotate(tenant)
  t.equal(refused.status, 409)
  t.match(refused.body.type, /\/problems\/did-key-rotation$/)
  t.equal((await tenant.call('GET', `/v1/issuers/${tenant.slug}/signing-keys`)).body.items.length, 2)
})

t.test('the P-256 key of a did:key issuer is a JWK at an address of its own', async (t) => {
  const tenant = await createTenant(app, { didMethod: 'key' })
  const { path } = await award(tenant, (await createBadge(tenant)).id)
  const { text: jwt } = await anyone('GET', `${path}.jwt`)
  const { kid } = JSON.parse(Buffer.from(jwt.split('.')[0]!, 'base64url').toString())
  t.ok(kid.startsWith(`${PUBLIC_URL}/keys/zDn`))
  const key = await anyone('GET', new URL(kid).pathname)
  t.match(key.headers['content-type'], /^application\/jwk\+json/)
  t.match(key.body, { kid, kty: 'EC', crv: 'P-256', alg: 'ES256', iss: tenant.did })
  t.notOk('d' in key.body)
  t.equal((await anyone('GET', `/keys/z${'2'.repeat(48)}`)).status, 404, 'no such key')
  t.equal((await anyone('GET', '/keys/abc')).status, 404, 'no key at all')
})

t.test('private keys are sealed in the database', async (t) => {
  await createTenant(app)
  const { rows } = (await service.ctx.db.execute(sql`select * from signing_keys`)) as {
    rows: { sealed_private_jwk: string; public_jwk: object }[]
  }
  t.ok(rows.length >= 3, 'of issuers and of the service')
  for (const row of rows) {
    const parts = row.sealed_private_jwk.split('.')
    t.equal(parts.length, 5, 'a compact JWE')
    t.strictSame(JSON.parse(Buffer.from(parts[0]!, 'base64url').toString()), { alg: 'dir', enc: 'A256GCM' })
    const { d } = JSON.parse(await service.ctx.sealer.unseal(row.sealed_private_jwk))
    t.equal(Buffer.from(d, 'base64url').length, 32, 'the private part is in there')
    t.notOk(JSON.stringify(row).includes(d), 'and nowhere in clear')
    t.notOk('d' in row.public_jwk)
  }
})

t.test('the origin has a DID document of its own, without the keys of issuers', async (t) => {
  const tenant = await createTenant(app)
  const { body } = await anyone('GET', '/.well-known/did.json')
  t.equal(body.id, 'did:web:localhost%3A3999')
  t.equal(body.verificationMethod.length, 1)
  t.notMatch(JSON.stringify(body), tenant.slug)
})
