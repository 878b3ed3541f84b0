import { randomUUID } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import type { Json } from '../../../src/vc/credential.ts'
import { award, createBadge, createTenant } from '../../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../../support/service.ts'
import { threadTime } from '../../support/thread-time.ts'
import { createWallet } from '../../support/wallet.ts'

const { app, logged } = await startService(t)
const anyone = caller(app)
const tenant = await createTenant(app)
const { id: badgeId } = await createBadge(tenant)
const { id: assertionId } = await award(tenant, badgeId)
const { body: claim } = await tenant.call('POST', `/v1/assertions/${assertionId}/claims`, { binding: 'did' })
const path = `/workflows/claim/exchanges/${claim.id}`
const wallet = createWallet()

await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address() as AddressInfo

interface Raw {
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer
  readonly chunked?: boolean
}

/** A request as it stands, over a real socket. */
function raw({ headers = {}, body, chunked }: Raw) {
  return new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
    const length = chunked || body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const outgoing = httpRequest(
      { port, path, method: 'POST', headers: { ...length, ...headers } },
      async (response) => {
        let text = ''
        for await (const chunk of response) text += chunk
        resolve({ status: response.statusCode!, type: response.headers['content-type'] ?? '', text })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

t.test('every way to send nothing begins the exchange', async (t) => {
  const nothings: [what: string, sent: Raw][] = [
    ['no body, no type', {}],
    ['an empty body of no type', { body: '' }],
    ['an empty body of JSON', { body: '', headers: { 'content-type': 'application/json' } }],
    ['JSON with a charset', { body: '', headers: { 'content-type': 'application/json; charset=utf-8' } }],
    ['an empty body in chunks', { chunked: true, headers: { 'transfer-encoding': 'chunked' } }],
    ['white space', { body: ' \r\n\t', headers: { 'content-type': 'application/json' } }],
    ['{} of no type', { body: '{}' }],
    ['{} as text', { body: '{}', headers: { 'content-type': 'text/plain;charset=UTF-8' } }],
    ['{} as a form', { body: '{}', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['{} as JSON-LD', { body: '{}', headers: { 'content-type': 'application/ld+json' } }],
    ['{} as bytes', { body: '{}', headers: { 'content-type': 'application/octet-stream' } }],
    ['{} after a mark of byte order', { body: '\ufeff{}', headers: { 'content-type': 'application/json' } }],
    ['a name for the message', { body: '{"referenceId":"urn:uuid:5a1d9a35-3b2a-4f0c-8c12-0f7d6c1f2b11"}' }],
  ]
  for (const [what, sent] of nothings) {
    const { status, type, text } = await raw(sent)
    t.equal(status, 200, `${what}: ${text.slice(0, 100)}`)
    t.equal(type, 'application/json', what)
    t.ok(JSON.parse(text).verifiablePresentationRequest.challenge, what)
  }
})

t.test('a presentation under any type is read, and its text is taken as it was signed', async (t) => {
  const { claimPath, challenge } = await offer()
  // In two characters, which our own texts would not keep.
  const id = 'urn:example:e\u0301'
  const presentation = await wallet.present({ challenge, domain: PUBLIC_URL, presentation: { id } })
  const answer = await anyone('POST', claimPath, JSON.stringify(presentation), {
    'content-type': 'text/plain',
  })
  t.equal(answer.status, 200, answer.text)
})

async function offer() {
  const { id } = await award(tenant, badgeId)
  const { body } = await tenant.call('POST', `/v1/assertions/${id}/claims`, { binding: 'did' })
  const claimPath = `/workflows/claim/exchanges/${body.id}`
  const { challenge } = (await anyone('POST', claimPath)).body.verifiablePresentationRequest
  return { claimPath, challenge: challenge as string }
}

t.test('bodies that are no message of an exchange', async (t) => {
  const { challenge } = (await anyone('POST', path)).body.verifiablePresentationRequest
  const good = await wallet.present({ challenge, domain: PUBLIC_URL })
  const wrong = { ...good, holder: createWallet().did }
  const deep = (depth: number) => `${'{"verifiablePresentation":'.repeat(depth)}1${'}'.repeat(depth)}`
  const bodies: [what: string, body: string | Buffer, status?: number][] = [
    ['half of JSON', '{"verifiablePresentation":'],
    ['HTML', '<html><body>hello</body></html>'],
    ['a form', 'a=b&c=d'],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['UTF-16', Buffer.from('{}', 'utf16le')],
    ['gzip', gzipSync('{}')],
    ['null', 'null'],
    ['true', 'true'],
    ['a number', '1e999'],
    ['a text', '"VerifiablePresentation"'],
    ['a list', '[]'],
    ['a presentation in a list', JSON.stringify([good])],
    ['another member', '{"hello":1}'],
    ['a request of its own', '{"verifiablePresentationRequest":{"query":[]}}'],
    ['one beside the presentation', JSON.stringify({ verifiablePresentation: good, extra: 1 })],
    ['a member twice', `{"verifiablePresentation":{},"verifiablePresentation":${JSON.stringify(good)}}`],
    ['__proto__', '{"__proto__":{"type":"VerifiablePresentation"}}'],
    ['U+0000', '{"verifiablePresentation":{"type":"\\u0000"}}'],
    ['half a character', '{"verifiablePresentation":{"type":"\\ud800"}}'],
    ['lists in lists', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['deep', deep(2000)],
    ['wrapped null', '{"verifiablePresentation":null}'],
    ['wrapped text', '{"verifiablePresentation":"eyJhbGciOiJub25lIn0.e30."}'],
    ['wrapped empty list', '{"verifiablePresentation":[]}'],
    ['two presentations', JSON.stringify({ verifiablePresentation: [good, good] })],
    ['wrapped twice', JSON.stringify({ verifiablePresentation: { verifiablePresentation: good } })],
    ['no proof', JSON.stringify({ ...good, proof: undefined })],
    ['a wrong holder', JSON.stringify(wrong)],
    ['a wrong holder, wrapped', JSON.stringify({ verifiablePresentation: wrong })],
    ['a type that is an object', '{"type":{"a":"VerifiablePresentation"}}'],
    ['a list of types', JSON.stringify({ type: Array(2000).fill('VerifiablePresentation') })],
    ['many members', `{"type":"VerifiablePresentation"${manyMembers(4000)}}`],
    ['a large text', JSON.stringify({ ...good, id: 'x'.repeat(60_000) })],
    ['too large', JSON.stringify({ ...good, id: 'x'.repeat(70_000) }), 413],
  ]
  for (const [what, body, expected = 400] of bodies) {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      const start = threadTime()
      const { status, type: got, text } = await raw({ body, headers: { 'content-type': type } })
      const took = threadTime() - start
      t.equal(status, expected, `${what} as ${type}: ${text.slice(0, 120)}`)
      t.equal(got, 'application/problem+json', what)
      t.match(JSON.parse(text), { type: String, title: String, status: expected })
      t.ok(took < 2000, `${what}: ${Math.round(took)} ms`)
    }
  }
  const { body: state } = await tenant.call('GET', path)
  t.match(state, { sequence: 0, state: 'active' }, 'none of them changed a thing')
  t.equal((await anyone('POST', path, good)).status, 200, 'and the challenge still holds')
})

function manyMembers(count: number): string {
  return Array.from({ length: count }, (_, i) => `,"m${i}":1`).join('')
}

t.test('headers that nobody should send', async (t) => {
  const headers: Record<string, string>[] = [
    { 'content-type': 'application' },
    { 'content-type': ';;;' },
    { 'content-type': 'x'.repeat(5000) },
    { 'content-encoding': 'gzip', 'content-type': 'application/json' },
    { accept: 'text/html' },
    { accept: ';;;,' },
    { 'accept-language': 'x-\u00e9,*;q=7' },
    { authorization: 'Bearer nonsense' },
    { 'idempotency-key': 'é'.repeat(10) },
  ]
  for (const sent of headers) {
    const { status, type } = await raw({ body: '{}', headers: sent })
    t.ok([200, 400, 415].includes(status), `${JSON.stringify(sent).slice(0, 60)}: ${status}`)
    t.match(type, /^application\/(problem\+)?json$/)
  }
})

t.test('addresses without an exchange', async (t) => {
  const ids = [
    randomUUID(),
    'x',
    claim.id.toUpperCase(),
    `${claim.id}x`,
    '%00',
    'é',
    '..%2f',
    'a'.repeat(10_000),
  ]
  const presentation = await wallet.present({ challenge: 'x', domain: PUBLIC_URL })
  for (const id of ids) {
    const at = `/workflows/claim/exchanges/${id}`
    const answers = [
      await anyone('POST', at),
      await anyone('POST', at, {}),
      await anyone('POST', at, presentation),
      await anyone('GET', `${at}/request`),
      await anyone('GET', `${at}/protocols`),
    ]
    for (const { status, headers, body } of answers) {
      t.equal(status, 404, id.slice(0, 40))
      t.equal(headers['content-type'], 'application/problem+json')
      t.equal(body.type, `${PUBLIC_URL}/problems/not-found`)
    }
  }
})

t.test('a wallet in a browser may ask from any page', async (t) => {
  const { status, headers } = await app
    .inject({
      method: 'OPTIONS',
      url: path,
      headers: {
        origin: 'https://wallet.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    })
    .then(({ statusCode, headers }) => ({ status: statusCode, headers: headers as Json }))
  t.equal(status, 204)
  t.equal(headers['access-control-allow-origin'], '*')
  t.match(headers['access-control-allow-methods'], /POST/)
  t.match(headers['access-control-allow-headers'], /Content-Type/)
})

t.test('why a presentation is refused, in English and in French', async (t) => {
  const { claimPath, challenge } = await offer()
  const other = createWallet()
  const present = (more: object) => wallet.present({ challenge, domain: PUBLIC_URL, ...more })
  const signed = await present({})
  const proof = signed.proof as Json
  const cases: [why: RegExp, presentation: Json][] = [
    [/autre défi/, await present({ challenge: 'another' })],
    [/autre domaine/, await present({ domain: 'https://elsewhere.example' })],
    [/expiré/, await present({ proof: { expires: '2020-01-01T00:00:00Z' } })],
    [/titulaire/, await present({ presentation: { holder: other.did } })],
    [/objet/, await present({ proof: { proofPurpose: 'assertionMethod' } })],
    [/clé/, await present({ proof: { verificationMethod: `${wallet.did}#${other.did.slice(8)}` } })],
    [
      /clé/,
      await present({
        proof: { verificationMethod: `${tenant.did}#key` },
        presentation: { holder: undefined },
      }),
    ],
    [
      /signature/,
      await present({ proof: { verificationMethod: other.keyId }, presentation: { holder: undefined } }),
    ],
    [
      /signature/,
      {
        ...signed,
        proof: {
          ...proof,
          proofValue: `${proof.proofValue}`.replace(/.$/, (last) => (last === '2' ? '3' : '2')),
        },
      },
    ],
    [/contextes/, { ...signed, proof: { ...proof, unknown: 'x' } }],
    [/@context/, { ...signed, '@context': ['https://www.w3.org/ns/did/v1'] }],
    [/preuve doit être/, { ...signed, proof: { ...proof, type: 'JsonWebSignature2020' } }],
    [/attestation/, { ...signed, verifiableCredential: [{}] }],
  ]
  for (const [why, presentation] of cases) {
    for (const message of [presentation, { verifiablePresentation: presentation }]) {
      const french = await anyone('POST', claimPath, message, { 'accept-language': 'fr' })
      t.equal(french.status, 400)
      t.equal(french.body.type, `${PUBLIC_URL}/problems/bad-presentation`)
      t.match(french.body.title, why)
      const english = await anyone('POST', claimPath, message)
      t.match(english.body.title, /^The presentation was not accepted: [a-z@].+/)
      t.notMatch(english.body.title, /[{}]/)
    }
  }
  t.equal((await anyone('POST', claimPath, signed)).status, 200)
})

t.test('none of this was a fault of the service', async (t) => {
  t.notMatch(logged(), /"level":50/)
})
