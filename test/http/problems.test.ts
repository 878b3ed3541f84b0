import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { BADGE, createTenant } from '../support/factories.ts'
import { type Answer, caller, OPERATOR_KEY, PUBLIC_URL, startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const stranger = caller(service.app)
const french = { 'accept-language': 'fr' }
const paths = ({ body }: Answer) => body.errors.map((error: { path: string }) => error.path).sort()

t.test('all faults of a body are told at once', async (t) => {
  const answer = await tenant.call('POST', `/v1/issuers/${tenant.slug}/badge-classes`, {
    name: 7,
    criteria: { id: 'ftp://nowhere', extra: true },
    tags: ['a', 'a'],
    alignment: [{ targetName: 'x' }, { targetUrl: 'nope' }],
    'a/b~c': 1,
  })
  t.equal(answer.status, 400)
  t.match(answer.headers['content-type'], /^application\/problem\+json(;|$)/)
  t.strictSame(paths(answer), [
    '/alignment/0/targetUrl',
    '/alignment/1/targetName',
    '/alignment/1/targetUrl',
    '/a~1b~0c',
    '/criteria/extra',
    '/criteria/id',
    '/description',
    '/name',
    '/tags',
  ])
  t.match(answer.body, { type: `${PUBLIC_URL}/problems/invalid`, title: /faults/, status: 400 })
})

t.test('faults of the rules come all at once too', async (t) => {
  const answer = await tenant.call(
    'POST',
    `/v1/issuers/${tenant.slug}/badge-classes`,
    '{"name":"\\u0000","description":"\\ud800","tags":["\\u0001"]}',
    { 'content-type': 'application/json' },
  )
  t.strictSame(paths(answer), ['/description', '/name', '/tags/0'])
})

t.test('a problem is told in French to who prefers it', async (t) => {
  const ask = (language: string) =>
    tenant.call('POST', `/v1/issuers/${tenant.slug}/badge-classes`, {}, { 'accept-language': language })
  const english = await ask('en')
  t.equal(english.headers['content-language'], 'en')
  for (const language of ['fr', 'fr-FR', 'fr-CA,en;q=0.5', 'de, fr;q=0.9, en;q=0.8']) {
    const answer = await ask(language)
    t.equal(answer.headers['content-language'], 'fr', language)
    t.equal(answer.body.title, 'La demande comporte des erreurs')
    t.strictSame(paths(answer), paths(english))
    const words = ({ body }: Answer) => body.errors.map((error: { message: string }) => error.message)
    for (const message of words(answer)) t.notOk(words(english).includes(message), message)
    t.strictSame(answer.body.type, english.body.type, 'the code is the same')
  }
  for (const language of ['en, fr;q=0.5', 'de', '*', '', 'x'.repeat(2000)]) {
    t.equal((await ask(language)).headers['content-language'], 'en', language.slice(0, 20))
  }
})

t.test('each refusal has its words in both languages', async (t) => {
  const reader = caller(service.app, tenant.key)
  const cases: [number, (headers: Record<string, string>) => Promise<Answer>][] = [
    [401, (headers) => stranger('GET', '/v1/issuers', undefined, headers)],
    [403, (headers) => reader('POST', '/v1/issuers', {}, headers)],
    [404, (headers) => reader('GET', `/v1/assertions/${randomUUID()}`, undefined, headers)],
    [404, (headers) => stranger('GET', '/no/such/place', undefined, headers)],
    [
      406,
      (headers) => stranger('GET', `/issuers/${tenant.slug}`, undefined, { ...headers, accept: 'image/gif' }),
    ],
    [
      412,
      (headers) =>
        reader('PATCH', `/v1/issuers/${tenant.slug}`, { name: 'x' }, { ...headers, 'if-match': '"99"' }),
    ],
    [
      413,
      (headers) =>
        reader('POST', '/v1/issuers/x/badge-classes', 'x'.repeat(2_000_000), {
          ...headers,
          'content-type': 'application/json',
        }),
    ],
    [
      415,
      (headers) =>
        reader('POST', `/v1/issuers/${tenant.slug}/badge-classes`, 'x', {
          ...headers,
          'content-type': 'text/css',
        }),
    ],
  ]
  for (const [status, call] of cases) {
    const [en, fr] = [await call({}), await call(french)]
    t.strictSame([en.status, fr.status], [status, status])
    t.strictSame(Object.keys(en.body).sort(), ['status', 'title', 'type'])
    t.equal(en.body.status, status)
    t.equal(fr.body.type, en.body.type)
    t.not(fr.body.title, en.body.title)
    const page = await stranger('GET', new URL(en.body.type).pathname)
    t.equal(page.status, 200, 'the type leads to its meaning')
    t.match(en.body.title, String(page.body.en).split('{')[0]!)
    t.match(fr.body.title, String(page.body.fr).split('{')[0]!)
  }
})

t.test('an unknown problem type has no page', async (t) => {
  for (const code of ['no-such-problem', 'constructor', 'x'.repeat(41), 'toString']) {
    t.equal((await stranger('GET', `/problems/${code}`)).status, 404, code)
  }
})

t.test('a fault of the service says nothing to the caller, and everything to the log', async (t) => {
  await service.ctx.db.execute(sql`alter table badge_class_versions rename to gone`)
  t.teardown(() => service.ctx.db.execute(sql`alter table gone rename to badge_class_versions`))
  const answer = await tenant.call('POST', `/v1/issuers/${tenant.slug}/badge-classes`, BADGE, {
    'idempotency-key': 'broken',
  })
  t.equal(answer.status, 500)
  t.strictSame(answer.body, {
    type: `${PUBLIC_URL}/problems/internal`,
    title: 'Something went wrong on our side',
    status: 500,
  })
  const line = service
    .logged()
    .split('\n')
    .find((text) => text.includes('a request failed'))
  t.match(line, /badge_class_versions/)
  t.match(line, String(answer.headers['x-request-id']), 'and can be found by the id of the request')
})

t.test('after a fault of the service the same Idempotency-Key does the work', async (t) => {
  const answer = await tenant.call('POST', `/v1/issuers/${tenant.slug}/badge-classes`, BADGE, {
    'idempotency-key': 'broken',
  })
  t.equal(answer.status, 201)
  t.equal((await caller(service.app, OPERATOR_KEY)('GET', '/v1/issuers')).status, 200)
})
