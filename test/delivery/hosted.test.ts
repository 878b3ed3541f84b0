import t from 'tap'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const badge = await createBadge(tenant)
const { id: assertionId, path, credentialId } = await award(tenant, badge.id)
const anyone = caller(service.app)
const get = (path: string, headers: Record<string, string> = {}) => anyone('GET', path, undefined, headers)

const CHROME =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7'
const DEFAULT = 'application/vc+ld+json'
const PROBLEM = 'application/problem+json'

t.test('the type of the answer is the one that Accept prefers', async (t) => {
  const cases: [accept: string | undefined, type: string | 406][] = [
    [undefined, DEFAULT],
    ['*/*', DEFAULT],
    ['application/*', DEFAULT],
    [CHROME, 'application/json'],
    ['application/vc+ld+json', 'application/vc+ld+json'],
    ['application/vc', 'application/vc'],
    ['application/ld+json', 'application/ld+json'],
    ['application/json', 'application/json'],
    ['application/vc+jwt', 'application/vc+jwt'],
    ['application/jwt', 'application/jwt'],
    ['text/plain', 'text/plain'],
    ['text/*', 'text/plain'],
    ['image/png', 'image/png'],
    ['image/svg+xml', 'image/svg+xml'],
    ['image/*', 'image/png'],
    ['Application/JSON', 'application/json'],
    ['application/ld+json, application/json', 'application/ld+json'],
    ['application/json, application/ld+json', 'application/json'],
    ['application/json;q=0.5, application/ld+json;q=0.9', 'application/ld+json'],
    ['image/png;q=0.2, text/plain;q=0.3, application/json;q=0.1', 'text/plain'],
    ['application/*;q=0.5, image/svg+xml', 'image/svg+xml'],
    ['text/html, application/json;q=0.1', 'application/json'],
    ['application/json; q=0.2, image/png ; Q=0.3', 'image/png'],
    ['application/vc+ld+json;q=0, */*', 'application/vc'],
    ['image/webp, image/png;q=0.8', 'image/png'],
    ['', DEFAULT],
    ['application/json; charset=utf-8', 'application/json'],
    [
      'application/ld+json;profile="http://www.w3.org/ns/json-ld#context, a;b";q=0.9, image/png;q=0.8',
      'application/ld+json',
    ],
    ['text/html', 406],
    ['text/html, application/xhtml+xml', 406],
    ['application/pdf', 406],
    ['image/webp', 406],
    ['application/json;q=0', 406],
    ['*/*;q=0', 406],
    ['nonsense', 406],
  ]
  for (const [accept, type] of cases) {
    const { status, headers } = await get(path, accept === undefined ? {} : { accept })
    t.equal(status, type === 406 ? 406 : 200, accept ?? 'absent')
    const found = String(headers['content-type'])
    t.equal(type === 406 ? found.split(';')[0] : found, type === 406 ? PROBLEM : type, accept ?? 'absent')
  }
})

t.test('each type holds what it says', async (t) => {
  const json = await get(path)
  for (const accept of ['application/vc', 'application/ld+json', 'application/json']) {
    t.ok((await get(path, { accept })).bytes.equals(json.bytes), accept)
  }
  t.equal(json.body.id, `${PUBLIC_URL}${path}`)
  const jwt = await get(path, { accept: 'text/plain' })
  t.match(jwt.text, /^[\w-]+\.[\w-]+\.[\w-]+$/)
  for (const accept of ['application/vc+jwt', 'application/jwt']) {
    t.equal((await get(path, { accept })).text, jwt.text, accept)
  }
  const png = await get(path, { accept: 'image/png' })
  t.equal(png.bytes.subarray(0, 8).toString('hex'), '89504e470d0a1a0a')
  t.match((await get(path, { accept: 'image/svg+xml' })).text, /^<svg [^>]*xmlns:openbadges=/)
})

t.test('a suffix names the form, whatever Accept says', async (t) => {
  const cases: [suffix: string, type: string, disposition?: string][] = [
    ['json', 'application/vc+ld+json'],
    ['jwt', 'text/plain'],
    ['png', 'image/png', 'attachment; filename="badge.png"'],
    ['svg', 'image/svg+xml', 'attachment; filename="badge.svg"'],
  ]
  for (const [suffix, type, disposition] of cases) {
    for (const accept of ['*/*', 'text/html', 'image/gif', type]) {
      const { status, headers, bytes } = await get(`${path}.${suffix}`, { accept })
      t.match({ status, type: headers['content-type'] }, { status: 200, type }, `${suffix}, ${accept}`)
      t.equal(headers['content-disposition'], disposition)
      t.ok(bytes.equals((await get(path, { accept: type })).bytes))
    }
  }
  t.match(await get(`${path}.html`), { status: 406, headers: { vary: /Accept/ } })
  for (const suffix of ['.xml', '.JSON', '.', '.json.json', '/json', '.gif']) {
    t.equal((await get(path + suffix)).status, 404, suffix)
  }
})

t.test('every answer says how it may be kept, shown and read', async (t) => {
  for (const [suffix, status] of [
    ['', 200],
    ['.json', 200],
    ['.jwt', 200],
    ['.png', 200],
    ['.svg', 200],
    ['.html', 406],
  ] as const) {
    const answer = await get(path + suffix, { origin: 'https://wallet.example' })
    t.equal(answer.status, status)
    t.match(answer.headers, {
      vary: /\bAccept\b/,
      'access-control-allow-origin': '*',
      'x-robots-tag': 'noindex',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    t.equal(answer.headers['access-control-allow-credentials'], undefined)
    t.equal(answer.headers['set-cookie'], undefined)
  }
})

t.test('a wallet in a web page may ask first', async (t) => {
  for (const method of ['GET', 'HEAD']) {
    const { status, headers } = await anyone('OPTIONS', path, undefined, {
      origin: 'https://wallet.example',
      'access-control-request-method': method,
      'access-control-request-headers': 'accept, authorization, content-type',
    })
    t.equal(status, 204)
    t.equal(headers['access-control-allow-origin'], '*')
    const listed = (name: string) => String(headers[name]).toLowerCase().split(/, */)
    t.ok(listed('access-control-allow-methods').includes(method.toLowerCase()))
    for (const name of ['accept', 'authorization', 'content-type']) {
      t.ok(listed('access-control-allow-headers').includes(name), name)
    }
  }
})

t.test('the other forms are linked, each at an address that serves it', async (t) => {
  for (const from of [path, `${path}.png`]) {
    const link = String((await get(from)).headers.link)
    const links = [...link.matchAll(/<([^>]+)>; rel="alternate"; type="([^"]+)"/g)].map((m) => m.slice(1))
    t.same(links, [
      [`${PUBLIC_URL}${path}.json`, 'application/vc'],
      [`${PUBLIC_URL}${path}.jwt`, 'application/vc+jwt'],
      [`${PUBLIC_URL}${path}.png`, 'image/png'],
      [`${PUBLIC_URL}${path}.svg`, 'image/svg+xml'],
    ])
    for (const [url] of links) t.equal((await get(url!.slice(PUBLIC_URL.length))).status, 200, url!)
  }
})

t.test('who has the bytes already is told so', async (t) => {
  const etags = new Set<unknown>()
  for (const form of ['.json', '.jwt', '.png', '.svg', '.json?proof=Ed25519Signature2020']) {
    const { etag } = (await get(path + form)).headers as { etag: string }
    t.match(etag, /^"[\w-]+"$/)
    etags.add(etag)
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get(path + form, { 'if-none-match': known })
      t.match(again, { status: 304, text: '', headers: { etag } }, `${form} ${known}`)
      t.match(again.headers, { vary: /Accept/, 'access-control-allow-origin': '*' })
    }
    t.equal((await get(path + form, { 'if-none-match': '"other"' })).status, 200)
  }
  t.equal(etags.size, 5, 'each form has its own')
  const { etag } = (await get(`${path}.json`)).headers as { etag: string }
  const other = await get(path, { 'if-none-match': etag, accept: 'image/png' })
  t.equal(other.status, 200, 'the tag of one form is none of another’s')
})

t.test('HEAD tells the same as GET, without the bytes', async (t) => {
  for (const form of ['', '.jwt', '.png', '.svg']) {
    const [head, full] = [await anyone('HEAD', path + form), await get(path + form)]
    t.match(head, { status: 200, text: '' })
    for (const name of ['content-type', 'content-length', 'etag', 'link', 'vary', 'x-robots-tag']) {
      t.equal(head.headers[name], full.headers[name], `${form} ${name}`)
    }
    t.equal(Number(head.headers['content-length']), full.bytes.length)
  }
  t.equal((await anyone('HEAD', `${path}.html`)).status, 406)
})

t.test('no address redirects, and what is no credential is not found', async (t) => {
  const unknown = [
    `/credentials/${crypto.randomUUID()}`,
    `/credentials/${crypto.randomUUID()}.png`,
    `/credentials/${credentialId.toUpperCase()}`,
    `/credentials/${credentialId.toUpperCase()}.json`,
    `/credentials/${assertionId}`,
    `/credentials/${badge.id}`,
    `/credentials/${credentialId}x`,
    `/credentials/${credentialId.slice(1)}`,
    `/credentials/%00`,
    `/credentials/${credentialId}%2Ejson%00`,
    '/credentials/',
    '/credentials',
  ]
  for (const url of unknown) {
    const { status, headers } = await get(url)
    t.equal(status, 404, url)
    t.equal(headers.location, undefined)
    t.equal(headers['content-type']?.toString().split(';')[0], PROBLEM)
  }
  t.equal((await get(path, { accept: CHROME })).headers.location, undefined)
})
