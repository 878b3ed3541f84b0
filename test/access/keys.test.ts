import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { createKey, createTenant } from '../support/factories.ts'
import { caller, OPERATOR_KEY, startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const keysUrl = `/v1/issuers/${tenant.slug}/api-keys`
const NOON = '2031-03-01T12:00:00.000Z'
const secondsAfterNoon = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1000)

const rowsOfKeys = async () => {
  const result = await service.ctx.db.execute(sql`select to_jsonb(api_keys) as row from api_keys`)
  return JSON.stringify((result as unknown as { rows: unknown[] }).rows)
}
const make = (overrides: object = {}) =>
  tenant.call('POST', keysUrl, { name: 'Script', scopes: ['issuer:read'], ...overrides })
const listed = async (id: string) => {
  const list = await tenant.call('GET', `${keysUrl}?limit=200`)
  return list.body.items.find((item: { id: string }) => item.id === id)
}
const works = async (key: string) => {
  const { status } = await caller(service.app, key)('GET', `/v1/issuers/${tenant.slug}`)
  return status
}

t.test('a key is told once, and only its hash is kept', async (t) => {
  const made = await make()
  t.equal(made.status, 201)
  t.match(made.body.key, /^ecu_[\w-]{43}$/)
  t.equal(await works(made.body.key), 200)
  const list = await tenant.call('GET', keysUrl)
  t.notOk(list.text.includes(made.body.key))
  t.notOk('key' in (await listed(made.body.id)))
  const rows = await rowsOfKeys()
  t.notOk(rows.includes(made.body.key.slice(4)), 'the table does not hold it')
  t.ok(rows.includes(createHash('sha256').update(made.body.key).digest('hex')), 'but its SHA-256')
  t.notOk(rows.includes(OPERATOR_KEY))
})

t.test('a revoked key is refused at once, and revoked once', async (t) => {
  const { body } = await make()
  t.equal(await works(body.key), 200)
  const revoked = await tenant.call('DELETE', `${keysUrl}/${body.id}`)
  t.equal(revoked.status, 204)
  t.equal(revoked.text, '')
  t.equal(await works(body.key), 401)
  t.equal(await listed(body.id), undefined)
  t.equal((await tenant.call('DELETE', `${keysUrl}/${body.id}`)).status, 404)
})

t.test('a key cannot give a scope that it does not have', async (t) => {
  const holder = caller(service.app, await createKey(service.app, tenant.slug, ['keys:write', 'issuer:read']))
  const beyond = await holder('POST', keysUrl, {
    name: 'Plus que moi',
    scopes: ['issuer:read', 'assertions:write'],
  })
  t.equal(beyond.status, 403)
  t.match(beyond.body, { type: /\/problems\/scope-not-held$/, title: /assertions:write/ })
  t.notMatch((await tenant.call('GET', `${keysUrl}?limit=200`)).text, /Plus que moi/)
  const within = await holder('POST', keysUrl, { name: 'Lecture', scopes: ['issuer:read'] })
  t.equal(within.status, 201)
  t.strictSame(within.body.scopes, ['issuer:read'])
})

t.test('a key is of one issuer: the same scope opens no other', async (t) => {
  const other = await createTenant(service.app)
  t.equal((await caller(service.app, other.key)('GET', `/v1/issuers/${tenant.slug}`)).status, 404)
})

t.test('what is no bearer key is 401, however it is written', async (t) => {
  const url = `/v1/issuers/${tenant.slug}`
  const refused = ['', 'Bearer', 'Bearer ', `Basic ${tenant.key}`, tenant.key, `Bearer ${tenant.key} x`]
  const cases = [...refused, `Bearer ${tenant.key}x`, `Bearer ${'a'.repeat(5000)}`, 'Bearer ecu_']
  for (const authorization of cases) {
    const { statusCode, headers } = await service.app.inject({ url, headers: { authorization } })
    t.equal(statusCode, 401, authorization.slice(0, 12))
    t.match(headers['content-type'], 'application/problem+json')
  }
  const headers = { authorization: `bearer ${tenant.key}` }
  t.equal((await service.app.inject({ url, headers })).statusCode, 200, 'the scheme has no case')
})

t.test('a faulty key is refused with every fault', async (t) => {
  const cases = [
    [{ name: 'x', scopes: [] }, '/scopes'],
    [{ name: 'x', scopes: ['issuer:read', 'issuer:read'] }, '/scopes'],
    [{ name: 'x', scopes: ['everything'] }, '/scopes/0'],
    [{ name: ' ', scopes: ['issuer:read'] }, '/name'],
    [{ name: 'x', scopes: ['issuer:read'], expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    [{ name: 'x', scopes: ['issuer:read'], expiresAt: '2031-02-30T00:00:00Z' }, '/expiresAt'],
  ] as const
  const before = await rowsOfKeys()
  for (const [body, path] of cases) {
    const answer = await tenant.call('POST', keysUrl, body)
    t.equal(answer.status, 400)
    t.ok(
      answer.body.errors.some((error: { path: string }) => error.path === path),
      `${path}: ${answer.text}`,
    )
  }
  t.equal(await rowsOfKeys(), before)
})

t.test('the last use of a key is recorded, to the minute', async (t) => {
  service.setTime(NOON)
  const { body } = await make()
  t.equal((await listed(body.id)).lastUsedAt, undefined, 'not used yet')
  await works(body.key)
  t.equal((await listed(body.id)).lastUsedAt, NOON)
  service.setTime(secondsAfterNoon(59))
  await works(body.key)
  t.equal((await listed(body.id)).lastUsedAt, NOON, 'not written at every request')
  service.setTime(secondsAfterNoon(61))
  await works(body.key)
  t.equal((await listed(body.id)).lastUsedAt, secondsAfterNoon(61).toISOString())
})

t.test('a key ends at its time', async (t) => {
  service.setTime(NOON)
  const { body } = await make({ expiresAt: '2031-03-01T13:10:00+01:00' })
  t.equal(body.expiresAt, '2031-03-01T12:10:00.000Z')
  service.setTime(secondsAfterNoon(599.999))
  t.equal(await works(body.key), 200)
  service.setTime(secondsAfterNoon(600))
  t.equal(await works(body.key), 401)
})
