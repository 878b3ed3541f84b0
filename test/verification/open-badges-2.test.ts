import { deflateSync } from 'node:zlib'
import t from 'tap'
import { bakePng } from '../../src/delivery/baking/png.ts'
import { foreignIssuer, verifier } from '../support/foreign-issuer.ts'
import { png as pngOf } from '../support/images.ts'
import { startService } from '../support/service.ts'

const service = await startService(t)
const verify = verifier(service.app)
const png = await pngOf(16, 16)

/** As the OB 2.0 specification has it (section 4.1, Assertion). */
const ASSERTION = {
  '@context': 'https://w3id.org/openbadges/v2',
  id: 'https://example.org/assertions/123',
  type: 'Assertion',
  recipient: { type: 'email', identity: 'alice@example.org', hashed: false },
  issuedOn: '2016-12-31T23:59:59+00:00',
  verification: { type: 'hosted' },
  badge: 'https://example.org/badges/5',
}
const { '@context': _c, type: _t, ...untyped } = ASSERTION
const HOSTED = 'https://example.org/assertions/123'

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const jws = (payload: object) => `${part({ alg: 'RS256' })}.${part(payload)}.c2lnbmF0dXJl`

const svg = (inside: string, namespace = 'http://openbadges.org') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="${namespace}">${inside}</svg>`

const chunk = (type: string, data: string | Buffer) => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(Buffer.from(data).length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, Buffer.from(data), Buffer.alloc(4)])
}
/** The image with one more chunk before its end. */
const withChunk = (type: string, data: string | Buffer) =>
  Buffer.concat([png.subarray(0, -12), chunk(type, data), png.subarray(-12)])

const BADGES: [string, Buffer | string | object][] = [
  ['a hosted assertion', ASSERTION],
  ['an assertion without a context', { ...untyped, type: 'Assertion' }],
  ['an assertion of which nothing else is known', { id: HOSTED, type: 'Assertion' }],
  [
    'an assertion with a list of types',
    { ...ASSERTION, '@context': [ASSERTION['@context']], type: ['Assertion'] },
  ],
  [
    'a badge class',
    { '@context': 'https://w3id.org/openbadges/v2', type: 'BadgeClass', id: 'https://e.example/b' },
  ],
  ['an Open Badges 1.1 assertion', { ...ASSERTION, '@context': 'https://w3id.org/openbadges/v1' }],
  ['an Open Badges 1.0 assertion', { ...untyped, uid: 'abc', verify: { type: 'hosted', url: HOSTED } }],
  [
    'an Open Badges 0.5 assertion',
    { recipient: 'sha256$abc', salt: 'x', badge: { version: '0.5.0', name: 'Bref', image: '/i.png' } },
  ],
  ['a signed assertion', jws(ASSERTION)],
  ['a signed Open Badges 1.0 assertion', jws({ ...untyped, verify: { type: 'signed', url: HOSTED } })],
  ['a PNG with the assertion', withChunk('iTXt', `openbadges\0\0\0\0\0${JSON.stringify(ASSERTION)}`)],
  ['a PNG with a signed assertion', withChunk('iTXt', `openbadges\0\0\0\0\0${jws(ASSERTION)}`)],
  ['a PNG with the address of one', withChunk('iTXt', `openbadges\0\0\0\0\0${HOSTED}`)],
  ['a PNG of Open Badges 1.0', withChunk('tEXt', `openbadges\0${HOSTED}`)],
  [
    'a PNG with a compressed text',
    withChunk('zTXt', Buffer.concat([Buffer.from('openbadges\0\0'), deflateSync(HOSTED)])),
  ],
  ['a PNG with the assertion in the place of a credential', bakePng(png, JSON.stringify(ASSERTION))],
  [
    'an SVG with the assertion',
    svg(`<openbadges:assertion>${JSON.stringify(ASSERTION)}</openbadges:assertion>`),
  ],
  ['an SVG with a signed assertion', svg(`<openbadges:assertion verify="${jws(ASSERTION)}"/>`)],
  ['an SVG with the address of one', svg(`<openbadges:assertion verify="${HOSTED}"/>`)],
  ['an SVG with a namespace of its own', `<svg><a:assertion xmlns:a='http://openbadges.org'/></svg>`],
]

for (const [name, body] of BADGES) {
  t.test(`${name} is recognised as an older badge`, async (t) => {
    const told = await verify(body, { 'content-type': 'application/octet-stream', 'accept-language': 'fr' })
    t.equal(told.status, 200)
    t.equal(told.valid, false)
    t.equal(told.checks.parse, 'failed:open-badges-2')
    t.equal(told.checks.proof, 'skipped:skipped-before')
    t.equal(told.verdict, 'open-badges-2')
    t.match(told.answer.body.verdict.message, /ancien format Open Badges 2\.0 ou antérieur.*pas vérifié ici/)
    t.notOk('issuer' in told.answer.body)
  })
}

t.test('what only looks like it is not taken for it', async (t) => {
  const cases: [string, Buffer | string | object, string][] = [
    ['a PNG with another text', withChunk('tEXt', `openbadgesx\0${HOSTED}`), 'not-a-badge'],
    ['a PNG that names them in a text', withChunk('tEXt', 'Comment\0openbadges\0'), 'not-a-badge'],
    ['an SVG that names them', svg('<text>assertion</text>'), 'not-a-badge'],
    ['an SVG with another assertion', svg('<openbadges:assertion/>', 'http://example.org'), 'not-a-badge'],
    ['something that has a badge', { badge: 'https://example.org' }, 'not-a-badge'],
    ['a badge that is nothing', { badge: null, recipient: 4 }, 'not-a-badge'],
  ]
  for (const [name, body, verdict] of cases) {
    const told = await verify(body, { 'content-type': 'application/octet-stream' })
    t.equal(told.verdict, verdict, name)
  }
})

t.test('a credential of today is verified, whatever stands beside it', async (t) => {
  const stranger = foreignIssuer()
  const credential = await stranger.issue()
  const both = bakePng(withChunk('tEXt', `openbadges\0${HOSTED}`), JSON.stringify(credential))
  t.equal((await verify(both, { 'content-type': 'image/png' })).valid, true)
  const evidence = [{ id: HOSTED, type: ['Evidence', 'https://w3id.org/openbadges#Assertion'] }]
  t.not((await verify(await stranger.issue({ evidence }))).verdict, 'open-badges-2')
  const told = await verify({
    ...credential,
    badge: 'x',
    recipient: 'y',
    type: [...credential.type, 'Assertion'],
  })
  t.equal(told.checks.parse, 'parse-ok')
})
