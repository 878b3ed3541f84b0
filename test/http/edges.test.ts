import { rm, writeFile } from 'node:fs/promises'
import t from 'tap'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { caller, OPERATOR_KEY, startService } from '../support/service.ts'

const service = await startService(t, {
  rateLimits: { publicWrites: 3, drafts: 3, failedKeys: 3, wallets: 3, verifications: 3 },
})
const tenant = await createTenant(service.app)
const badge = await createBadge(tenant)
const { path: credential } = await award(tenant, badge.id)
const stranger = caller(service.app)
const operator = caller(service.app, OPERATOR_KEY)
const page = { origin: 'https://page.example' }
const image = new URL((await tenant.call('GET', `/v1/badge-classes/${badge.id}`)).body.imageUrl).pathname

const PUBLIC = [
  credential,
  `${credential}.jwt`,
  `/issuers/${tenant.slug}`,
  `/issuers/${tenant.slug}/did.json`,
  `/issuers/${tenant.slug}/jwks.json`,
  `/achievements/${badge.id}`,
  image,
  '/.well-known/jwks.json',
  '/openapi.json',
  '/healthz',
]
const MANAGED = [
  '/v1/issuers',
  `/v1/issuers/${tenant.slug}`,
  `/v1/badge-classes/${badge.id}`,
  '/metrics',
  '/v1',
]

t.test('a page of any origin may read what is public', async (t) => {
  for (const url of PUBLIC) {
    const answer = await stranger('GET', url, undefined, page)
    t.equal(answer.status, 200, url)
    t.equal(answer.headers['access-control-allow-origin'], '*')
    t.notOk(answer.headers['access-control-allow-credentials'])
  }
  const preflight = {
    ...page,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  }
  const asked = await stranger('OPTIONS', '/verify', undefined, preflight)
  t.equal(asked.status, 204)
  t.equal(asked.headers['access-control-allow-origin'], '*')
  t.match(asked.headers['access-control-allow-methods'], 'POST')
  t.equal(
    (await stranger('GET', '/issuers/nobody', undefined, page)).headers['access-control-allow-origin'],
    '*',
  )
})

t.test('the management API is not for pages of others, even with its key', async (t) => {
  for (const url of MANAGED) {
    for (const answer of [
      await operator('GET', url, undefined, page),
      await stranger('GET', url, undefined, page),
      await stranger('OPTIONS', url, undefined, {
        ...page,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      }),
    ]) {
      const names = Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))
      t.strictSame(names, [], url)
    }
  }
})

t.test('every answer carries the headers of security and its own request id', async (t) => {
  const answers = [
    ...(await Promise.all(PUBLIC.map((url) => stranger('GET', url)))),
    await stranger('GET', '/nowhere'),
    await stranger('GET', '/issuers/%ZZ'),
    await stranger('GET', '/v1/issuers'),
    await operator('POST', '/v1/issuers', {}),
    await stranger('POST', '/verify', 'x'.repeat(5_000_000), { 'content-type': 'text/plain' }),
  ]
  for (const { headers } of answers) {
    t.equal(headers['x-content-type-options'], 'nosniff')
    t.equal(headers['x-frame-options'], 'DENY')
    t.match(headers['content-security-policy'], /default-src 'none'/)
    t.ok(headers['strict-transport-security'] && headers['referrer-policy'])
    t.notOk(headers['x-powered-by'] || headers.server)
    t.match(headers['x-request-id'], /^[0-9a-f-]{36}$/)
  }
  t.equal(new Set(answers.map(({ headers }) => headers['x-request-id'])).size, answers.length)
})

t.test('a path that cannot be decoded is a problem like any other', async (t) => {
  for (const path of ['/issuers/%ZZ', '/v1/badge-classes/%', '/%c3%28', '/images/%E0%A4%A']) {
    const answer = await stranger('GET', path, undefined, { 'accept-language': 'fr' })
    t.equal(answer.status, 400, path)
    t.match(answer.headers['content-type'], 'application/problem+json')
    t.match(answer.body, { type: /\/problems\/bad-request$/, title: 'La demande est illisible' })
    t.match(answer.headers['x-request-id'], /^[0-9a-f-]{36}$/)
    t.equal(answer.headers['x-content-type-options'], 'nosniff')
  }
})

t.test('a request id is ours, and leads to the log', async (t) => {
  const answer = await stranger('GET', '/healthz', undefined, {
    'x-request-id': 'forged',
    'request-id': 'forged',
  })
  t.notMatch(answer.headers['x-request-id'], 'forged')
  t.match(service.logged(), String(answer.headers['x-request-id']))
})

t.test('too many writes without a key are 429, reads go on', async (t) => {
  const write = () =>
    service.app.inject({
      method: 'POST',
      url: '/verify',
      payload: '{}',
      headers: { 'content-type': 'application/json' },
      remoteAddress: '198.51.100.1',
    })
  for (let i = 0; i < 3; i++) t.equal((await write()).statusCode, 200)
  const refused = await write()
  t.equal(refused.statusCode, 429)
  t.match(refused.json(), { type: /\/problems\/rate-limited$/, status: 429 })
  t.match(refused.headers['content-type'], 'application/problem+json')
  t.match(refused.headers['retry-after'], /^\d+$/)
  const read = await service.app.inject({ url: credential, remoteAddress: '198.51.100.1' })
  t.equal(read.statusCode, 200)
  const other = await service.app.inject({
    method: 'POST',
    url: '/verify',
    payload: '{}',
    headers: { 'content-type': 'application/json' },
    remoteAddress: '198.51.100.2',
  })
  t.equal(other.statusCode, 200, 'another address has its own count')
})

t.test('too many verifications by VC API are 429 too', async (t) => {
  for (const url of ['/credentials/verify', '/presentations/verify']) {
    const verify = () =>
      service.app.inject({ method: 'POST', url, payload: {}, remoteAddress: '198.51.100.3' })
    for (let i = 0; i < 3; i++) t.equal((await verify()).statusCode, 400, url)
    const refused = await verify()
    t.equal(refused.statusCode, 429, url)
    t.match(refused.json(), { type: /\/problems\/rate-limited$/ })
  }
})

t.test('too many wrong keys are 429, a right one still works', async (t) => {
  const attempt = (key: string, more: object = {}) =>
    service.app.inject({
      url: '/v1/issuers',
      headers: { authorization: `Bearer ${key}`, ...more },
      remoteAddress: '198.51.100.3',
    })
  for (let i = 0; i < 3; i++) {
    const forwarded = { 'x-forwarded-for': `203.0.113.${i}` }
    t.equal((await attempt(`ecu_wrong-${i}`, forwarded)).statusCode, 401, 'a forged address is not believed')
  }
  const refused = await attempt('ecu_wrong-again', { 'x-forwarded-for': '203.0.113.9' })
  t.equal(refused.statusCode, 429)
  t.match(refused.headers['retry-after'], /^\d+$/)
  t.equal((await attempt(tenant.key)).statusCode, 200)
  t.equal((await attempt('ecu_wrong')).statusCode, 429, 'a right key does not set the count back')
  const keyless = await service.app.inject({ url: '/v1/issuers', remoteAddress: '198.51.100.3' })
  t.equal(keyless.statusCode, 401, 'no key is no guess')
})

t.test('metrics count by route, never by address, for the operator alone', async (t) => {
  t.equal((await stranger('GET', '/metrics')).status, 401)
  t.equal((await tenant.call('GET', '/metrics')).status, 403)
  const metrics = await operator('GET', '/metrics')
  t.equal(metrics.status, 200)
  t.match(metrics.headers['content-type'], /^text\/plain/)
  t.match(metrics.text, /http_request_duration_seconds_count\{[^}]*status="200"[^}]*\} [1-9]/)
  t.match(metrics.text, /route="\/v1\/issuers\/:slug"/)
  t.match(metrics.text, /process_cpu_seconds_total/)
  for (const secret of [tenant.slug, badge.id, credential]) t.notOk(metrics.text.includes(secret))
})

t.test('the OpenAPI document is for everybody', async (t) => {
  const answer = await stranger('GET', '/openapi.json')
  t.match(answer.headers['content-type'], /^application\/json/)
  t.match(answer.body.openapi, /^3\.1\./)
  t.strictSame(answer.body.servers, [{ url: '/' }], 'of a service on localhost: wherever it was fetched from')
  t.ok(Object.keys(answer.body.paths).length > 20)
})

t.test('the reference page needs no other host', async (t) => {
  const html = await stranger('GET', '/docs/')
  t.equal(html.status, 200)
  t.match(html.headers['content-type'], 'text/html')
  const links = [...html.text.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1]!)
  t.ok(links.length >= 4)
  t.notMatch(html.text, /\/\/[a-z0-9-]+\.|https?:/i)
  for (const link of links) {
    const file = await stranger('GET', new URL(link, 'http://localhost/docs/').pathname)
    t.equal(file.status, 200, link)
    t.notMatch(
      file.headers['content-type']?.toString().startsWith('text/css') && file.text,
      /url\(["']?(https?:)?\/\//,
    )
  }
  const start = await stranger('GET', '/docs/static/swagger-initializer.js')
  t.match(start.text, /validatorUrl"?: null/, 'no page of others is asked to judge the document')
  const policy = String(html.headers['content-security-policy'])
  t.notMatch(policy, /https?:|[a-z0-9]\.[a-z]|upgrade-insecure/i, 'and no other host may be asked')
  t.match(policy, /default-src 'self'|default-src 'none'/)
})

t.test('alive and ready are told apart', async (t) => {
  t.strictSame((await stranger('GET', '/healthz')).body, { alive: true })
  const ready = await stranger('GET', '/readyz')
  t.equal(ready.status, 200)
  t.strictSame(ready.body, { ready: true, checks: { database: true, storage: true, signature: true } })
  t.equal(ready.headers['cache-control'], 'no-store')

  const folder = service.ctx.config.storageUrl.slice('file:'.length)
  await rm(folder, { recursive: true })
  await writeFile(folder, 'a file where the folder was')
  const broken = await stranger('GET', '/readyz')
  t.equal(broken.status, 503)
  t.strictSame(broken.body, { ready: false, checks: { database: true, storage: false, signature: true } })
  t.notMatch(broken.text, folder)
  t.match(service.logged(), /"check":"storage"/)
  t.equal((await stranger('GET', '/healthz')).status, 200)
})
