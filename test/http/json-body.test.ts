import t from 'tap'
import { BADGE, createDraft, createTenant } from '../support/factories.ts'
import { startService } from '../support/service.ts'
import { threadTime } from '../support/thread-time.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const url = `/v1/issuers/${tenant.slug}/badge-classes`
const json = { 'content-type': 'application/json' }
const post = (body: string | Buffer, headers: Record<string, string> = json) =>
  tenant.call('POST', url, body, headers)
const listOf = async () => (await tenant.call('GET', `${url}?limit=200`)).text

/** A valid body with raw JSON text in one place. */
const withName = (raw: string) => `{"name":${raw},"description":"d","criteria":{"narrative":"n"}}`
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

// What the body is; the body; the path of its fault; a word of its message.
const BAD_BODIES: [string, string | Buffer, string, RegExp][] = [
  ['U+0000, escaped', withName('"a\\u0000b"'), '/name', /U\+0000/],
  ['another control character', withName('"a\\u001bb"'), '/name', /U\+001B/],
  ['DEL', withName('"a\\u007fb"'), '/name', /U\+007F/],
  ['a C1 control character', withName('"a\\u0085b"'), '/name', /U\+0085/],
  ['a lone high surrogate', withName('"a\\ud800b"'), '/name', /surrogate/],
  ['a lone low surrogate', withName('"a\\udc00"'), '/name', /surrogate/],
  ['a surrogate pair the wrong way round', withName('"\\ude00\\ud83d"'), '/name', /surrogate/],
  ['U+0000 in a member name', '{"a\\u0000b":1}', '/a\ufffdb', /U\+0000/],
  ['U+0000 deep inside', withName('"x","tags":["ok","\\u0000"]'), '/tags/1', /U\+0000/],
  ['one member twice', withName('"a","name":"b"'), '/name', /twice/],
  ['one member twice, once escaped', withName('"a","n\\u0061me":"b"'), '/name', /twice/],
  [
    'one member twice, deep inside',
    '{"name":"x","criteria":{"id":"https://a.example","id":"https://b.example"}}',
    '/criteria/id',
    /twice/,
  ],
  ['__proto__', withName('"x","__proto__":{"slug":"polluted"}'), '/__proto__', /allowed/],
  ['__proto__ deep inside', '{"criteria":{"__proto__":{"narrative":"n"}}}', '/criteria/__proto__', /allowed/],
  ['constructor', withName('"x","constructor":{"prototype":{}}'), '/constructor', /./],
  [
    'a whole number that no double holds',
    withName('"x","creditsAvailable":9007199254740993'),
    '/creditsAvailable',
    /exactly/,
  ],
  [
    'a number that would be nothing',
    withName('"x","creditsAvailable":1e-400'),
    '/creditsAvailable',
    /exactly/,
  ],
  ['33 levels', `{"name":${nested(33)}}`, `/name${'/0'.repeat(31)}`, /deep/],
  ['half a document', '{"name":', '', /JSON/],
  ['two documents', '{} {}', '', /JSON/],
  ['a comment', '{} // no', '', /JSON/],
  ['a trailing comma', '{"name":"x",}', '', /JSON/],
  ['NaN', withName('NaN'), '', /JSON/],
  ['a byte order mark in UTF-16', Buffer.from('\ufeff{}', 'utf16le'), '', /UTF-8/],
  ['Latin-1', Buffer.from(withName('"é"'), 'latin1'), '', /UTF-8/],
  [
    'an overlong NUL',
    Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc0, 0x80]), Buffer.from('"}')]),
    '',
    /UTF-8/,
  ],
  ['a raw line end in a text', withName('"a\nb"'), '', /JSON/],
  ['an array', '[]', '', /object/],
  ['a text', '"x"', '', /object/],
  ['null', 'null', '', /object/],
  ['white space', '  ', '', /JSON/],
]

t.test('a body that breaks a rule of text or JSON is 400, with the path of its fault', async (t) => {
  const before = await listOf()
  for (const [what, body, path, message] of BAD_BODIES) {
    const answer = await post(body)
    t.equal(answer.status, 400, what)
    t.match(answer.headers['content-type'], 'application/problem+json')
    const fault = answer.body.errors?.find((error: { path: string }) => error.path === path)
    t.match(fault?.message, message, `${what}: ${answer.text}`)
  }
  t.equal(await listOf(), before, 'nothing was stored')
  t.notOk('slug' in {}, 'no prototype was touched')
})

t.test('a very deep body is refused, not a crash', async (t) => {
  t.equal((await post(`{"name":${nested(200_000)}}`)).status, 400)
  t.equal((await post(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)).status, 400)
  t.equal((await post(`{"name":${nested(31)}}`)).body.errors[0].path, '/description', '32 levels are read')
})

t.test('text is stored in NFC, whichever form it came in', async (t) => {
  const decomposed = 'Ame\u0301lie s\u2019engage \u{1F389}'
  const made = await post(withName(JSON.stringify(decomposed)))
  t.equal(made.status, 201)
  t.equal(made.body.name, 'Am\u00e9lie s\u2019engage \u{1F389}')
  t.equal((await tenant.call('GET', `/v1/badge-classes/${made.body.id}`)).body.name, made.body.name)
})

t.test('lines and tabs are text, other spaces and a rocket too', async (t) => {
  const narrative = 'un\n\tdeux\r\ntrois\u00a0\u202f\u{1F680}\u{10FFFF}'
  const made = await post(JSON.stringify({ ...BADGE, criteria: { narrative } }))
  t.equal(made.status, 201)
  t.equal(made.body.criteria.narrative, narrative)
})

t.test('a body that is too large is 413', async (t) => {
  const before = await listOf()
  const large = await post(withName(JSON.stringify('a'.repeat(10 * 1024 * 1024))))
  t.equal(large.status, 413)
  t.match(large.body, { type: /\/problems\/too-large$/ })
  const { id } = await createDraft(tenant)
  const image = Buffer.alloc(10 * 1024 * 1024)
  const put = await tenant.call('PUT', `/v1/badge-classes/${id}/image`, image, {
    'content-type': 'image/png',
  })
  t.equal(put.status, 413)
  t.equal((await tenant.call('GET', `/v1/badge-classes/${id}`)).body.imageUrl, undefined)
  t.equal(JSON.parse(await listOf()).items.length, JSON.parse(before).items.length + 1)
})

t.test('another media type is 415', async (t) => {
  for (const type of [
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'json',
    'a/b/c',
  ]) {
    const answer = await post(JSON.stringify(BADGE), { 'content-type': type })
    t.equal(answer.status, 415, type)
    t.match(answer.headers['content-type'], 'application/problem+json')
  }
  const { id } = await createDraft(tenant)
  const gif = await tenant.call('PUT', `/v1/badge-classes/${id}/image`, 'GIF89a', {
    'content-type': 'image/gif',
  })
  t.equal(gif.status, 415)
  for (const type of ['application/json; charset=utf-8', 'application/json;charset="UTF-8"']) {
    t.equal((await post(JSON.stringify(BADGE), { 'content-type': type })).status, 201, type)
  }
})

t.test('no body where one is needed is 400, and where none is needed none is missed', async (t) => {
  t.equal((await post('')).status, 400)
  t.equal((await tenant.call('POST', url)).status, 400)
  const { id } = await createDraft(tenant)
  const archived = await tenant.call('POST', `/v1/badge-classes/${id}/archive`, '', json)
  t.equal(archived.status, 200)
})

t.test('a date that no calendar has is refused', async (t) => {
  const dates = [
    '2026-02-30T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-04-31T00:00:00Z',
  ]
  const times = [
    '2026-01-01T24:00:00Z',
    '2026-01-01T23:60:00Z',
    '2026-01-01T00:00:00',
    '2026-01-01',
    'tomorrow',
  ]
  const more = [
    '2026-01-01T00:00:00+24:00',
    '0000-01-01T00:00:00Z',
    '99999-01-01T00:00:00Z',
    '1899-12-31T23:59:59Z',
    '',
  ]
  const keys = `/v1/issuers/${tenant.slug}/api-keys`
  for (const expiresAt of [...dates, ...times, ...more]) {
    const answer = await tenant.call('POST', keys, { name: 'x', scopes: ['issuer:read'], expiresAt })
    t.equal(answer.status, 400, expiresAt)
    t.equal(answer.body.errors[0].path, '/expiresAt')
  }
  const leap = { name: 'x', scopes: ['issuer:read'], expiresAt: '2032-02-29t23:59:59.5+02:00' }
  t.equal((await tenant.call('POST', keys, leap)).body.expiresAt, '2032-02-29T21:59:59.500Z')
  const since = await tenant.call('GET', `/v1/issuers/${tenant.slug}/assertions?since=2026-02-30T00:00:00Z`)
  t.equal(since.status, 400)
  t.equal(since.body.errors[0].path, '/since')
})

t.test('a query follows the rules of text', async (t) => {
  const assertions = `/v1/issuers/${tenant.slug}/assertions`
  for (const query of ['recipient=a%00b', 'recipient=%1b', 'recipient=a&recipient=%00']) {
    const answer = await tenant.call('GET', `${assertions}?${query}`)
    t.equal(answer.status, 400, query)
    t.equal(answer.body.errors[0].path, '/recipient')
  }
  t.equal((await tenant.call('GET', `${url}?slug=%00`)).body.errors[0].path, '/slug')
  t.ok((await tenant.call('GET', `${url}?a%00b=1`)).status === 400)
  for (const query of [
    'recipient=%ED%A0%80',
    'recipient=%ff',
    'recipient=a%',
    '%c3=a',
    'recipient=%C3&a=%A9',
  ]) {
    const answer = await tenant.call('GET', `${assertions}?${query}`)
    t.equal(answer.status, 400, query)
    t.match(answer.headers['content-type'], 'application/problem+json')
  }
  t.equal((await tenant.call('GET', `${assertions}?recipient=%C3%A9+%F0%9F%8F%85?%25`)).status, 200)
})

t.test('marks without end are refused before they are sorted', async (t) => {
  const marks = `a${'\u0301\u0323'.repeat(100_000)}`
  for (const [path, body] of [
    ['/name', JSON.stringify({ name: marks })],
    [undefined, JSON.stringify({ [marks]: 1 })],
  ] as const) {
    const started = threadTime()
    const answer = await post(body)
    t.ok(threadTime() - started < 2000)
    t.equal(answer.status, 400)
    t.match(answer.body.errors[0].message, /combining marks/)
    if (path) t.equal(answer.body.errors[0].path, path)
  }
  t.equal((await post(withName(`"a${'\u0301'.repeat(30)}"`))).status, 201)
  const started = threadTime()
  await tenant.call('POST', '/verify', JSON.stringify({ [marks]: 1 }), json)
  t.ok(threadTime() - started < 2000, 'not in a foreign document either')
})

t.test('a path with what no id can hold is 404', async (t) => {
  for (const id of ['%00', 'a%00b', '..%2f..', '%F0%9F%9A%80', 'x'.repeat(3000), 'NULL', '0']) {
    t.equal((await tenant.call('GET', `/v1/badge-classes/${id}`)).status, 404, id.slice(0, 20))
  }
  const broken = await tenant.call('GET', '/v1/badge-classes/%ZZ')
  t.ok(broken.status === 400 || broken.status === 404)
  t.match(broken.headers['content-type'], 'application/problem+json')
})
