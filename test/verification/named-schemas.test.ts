import type { ServerResponse } from 'node:http'
import t from 'tap'
import { createForeignDocuments } from '../../src/outgoing/foreign-documents.ts'
import { createGuardedFetch } from '../../src/outgoing/guarded-fetch.ts'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { foreignIssuer, type Told, unsigned, verifier } from '../support/foreign-issuer.ts'
import {
  type Certificate,
  makeCertificate,
  startHttpsServer,
  WITHOUT_OPENSSL,
} from '../support/https-server.ts'
import { startService } from '../support/service.ts'

const OFFICIAL = 'https://purl.imsglobal.org/spec/ob/v3p0/schema'
const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
const DIALECT = 'https://json-schema.org/draft'

const base = unsigned('did:web:elsewhere.example')

/** A badge that names schemas, in the way of Open Badges. */
function naming(...credentialSchema: unknown[]): Json {
  return { ...base, '@context': [CREDENTIALS_V2, OPEN_BADGES_V3, EXTENSIONS], credentialSchema }
}

const byOpenBadges = (id: string) => ({ id, type: '1EdTechJsonSchemaValidator2019' })
const byW3c = (id: string) => ({ id, type: 'JsonSchema' })

t.test('where nothing is looked up', async (t) => {
  const verify = verifier((await startService(t)).app)
  const found = async (credential: Json) => (await verify(credential)).checks['named-schemas']

  t.test('the standard’s own schemas are known', async (t) => {
    const official = ['json', 'json-ld'].flatMap((family) =>
      ['achievement', 'anyachievement'].map(
        (name) => `${OFFICIAL}/${family}/ob_v3p0_${name}credential_schema.json`,
      ),
    )
    for (const url of official) {
      t.equal(await found(naming(byOpenBadges(url))), 'named-schemas-ok', url)
      t.equal(await found(naming(byW3c(url))), 'named-schemas-ok', url)
      const broken = { ...naming(byOpenBadges(url)), name: 1 }
      t.equal(await found(broken), 'failed:named-schemas-broken', url)
    }
    const endorsements = `${OFFICIAL}/json/ob_v3p0_endorsementcredential_schema.json`
    t.equal(await found(naming(byOpenBadges(endorsements))), 'failed:named-schemas-broken', 'of another kind')
    const longer = `${OFFICIAL}/json/ob_v3p0_achievementcredential_schema.json/x`
    t.equal(await found(naming(byOpenBadges(longer))), 'skipped:named-schemas-not-looked-up')
  })

  t.test('others are left out, and it is said', async (t) => {
    const elsewhere = 'https://elsewhere.example/schema.json'
    t.equal(await found(base), 'named-schemas-none')
    t.equal(await found({ ...base, credentialSchema: [] }), 'named-schemas-none')
    t.equal(await found(naming(byW3c(elsewhere))), 'skipped:named-schemas-not-looked-up')
    const other = { id: elsewhere, type: 'JsonSchemaCredential' }
    t.equal(await found(naming(other)), 'skipped:named-schemas-other-type')
    for (const odd of ['text', 1, null, {}, { id: 1, type: 'JsonSchema' }, { type: ['JsonSchema'] }])
      t.equal(await found(naming(odd)), 'skipped:named-schemas-other-type', JSON.stringify(odd))
  })
})

const certificate = await makeCertificate()

/** What the publisher of a schema could answer. */
const SCHEMAS: Record<string, unknown> = {
  '/fits': { $schema: `${DIALECT}/2020-12/schema`, required: ['credentialSubject'] },
  '/no-dialect': { properties: { type: { contains: { const: 'OpenBadgeCredential' } } } },
  '/older-dialect': {
    $schema: 'http://json-schema.org/draft-07/schema#',
    properties: { id: { type: 'string' } },
  },
  '/with-definitions': { $ref: '#/$defs/one', $defs: { one: { required: ['id'] } } },
  '/anything': true,
  '/broken': { required: ['licence'], properties: { issuer: { type: 'string' } } },
  '/nothing': false,
  '/other-dialect': { $schema: 'https://elsewhere.example/dialect', type: 'object' },
  '/no-schema': ['a', 'list'],
  '/odd-keyword': { type: 'thing' },
  '/odd-pattern': { properties: { id: { pattern: '(' } } },
  '/refers-elsewhere': { $ref: 'https://localhost/never-asked' },
  '/refers-to-a-neighbour': { allOf: [{ $ref: 'never-asked' }] },
  '/refers-to-nothing': { $ref: '#/$defs/none' },
  '/refers-to-itself': { $ref: '#' },
  '/endless': { properties: { name: { pattern: '^(\\w+\\s?)*$' } } },
  '/doubling': {
    $ref: '#/$defs/0',
    $defs: Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        i,
        { allOf: Array(2).fill(i < 59 ? { $ref: `#/$defs/${i + 1}` } : {}) },
      ]),
    ),
  },
  '/large': { description: 'x'.repeat(255 * 1024) },
  '/too-large': { description: 'x'.repeat(256 * 1024) },
}
const ANSWERS: Record<string, (response: ServerResponse) => void> = {
  '/missing': (response) => response.writeHead(404).end('{}'),
  '/moved': (response) => response.writeHead(302, { location: '/fits' }).end(),
  '/not-json': (response) => response.end('<html></html>'),
  '/not-utf8': (response) => response.end(Buffer.from([0x22, 0xff, 0x22])),
  '/empty': (response) => response.end(),
}

const EXPECTED: [string, string][] = [
  ['/fits', 'named-schemas-ok'],
  ['/no-dialect', 'named-schemas-ok'],
  ['/older-dialect', 'named-schemas-ok'],
  ['/with-definitions', 'named-schemas-ok'],
  ['/anything', 'named-schemas-ok'],
  ['/large', 'named-schemas-ok'],
  ['/broken', 'failed:named-schemas-broken'],
  ['/nothing', 'failed:named-schemas-broken'],
  ['/other-dialect', 'warning:named-schemas-not-understood'],
  ['/no-schema', 'warning:named-schemas-not-understood'],
  ['/odd-keyword', 'warning:named-schemas-not-understood'],
  ['/odd-pattern', 'warning:named-schemas-not-understood'],
  ['/refers-elsewhere', 'warning:named-schemas-not-understood'],
  ['/refers-to-a-neighbour', 'warning:named-schemas-not-understood'],
  ['/refers-to-nothing', 'warning:named-schemas-not-understood'],
  ['/refers-to-itself', 'warning:named-schemas-not-understood'],
  ['/not-json', 'warning:named-schemas-not-understood'],
  ['/not-utf8', 'warning:named-schemas-not-understood'],
  ['/empty', 'warning:named-schemas-not-understood'],
  ['/endless', 'warning:named-schemas-too-much'],
  ['/doubling', 'warning:named-schemas-too-much'],
  ['/too-large', 'warning:named-schemas-not-fetched'],
  ['/missing', 'warning:named-schemas-not-fetched'],
  ['/moved', 'warning:named-schemas-not-fetched'],
]

t.test('where they are looked up', certificate ? {} : { skip: WITHOUT_OPENSSL }, async (t) => {
  const asked: string[] = []
  const server = await startHttpsServer(certificate as Certificate, ({ url = '' }, response) => {
    asked.push(url)
    const answer = ANSWERS[url]
    if (answer) return answer(response)
    response.writeHead(200, { 'content-type': 'application/schema+json' }).end(JSON.stringify(SCHEMAS[url]))
  })
  t.teardown(server.close)
  const isAllowed = (address: string) => ['127.0.0.1', '::1'].includes(address)
  const guard = createGuardedFetch({ isAllowed, ca: certificate!.cert })
  const { app } = await startService(t, {}, { foreign: createForeignDocuments(guard, () => new Date()) })
  const verify = verifier(app)
  const at = (path: string) => server.origin + path
  const found = async (credential: Json) => (await verify(credential)).checks['named-schemas']
  // A pattern without end looks for it in a text that nearly fits.
  const named = { name: 'Une attestation de plus en plus longue qui ne finit pas comme il faut !' }

  t.test('each is fetched and held against the credential', async (t) => {
    for (const [path, expected] of EXPECTED)
      t.equal(await found({ ...naming(byW3c(at(path))), ...named }), expected, path)
    t.notOk(asked.includes('/never-asked'), 'no reference is followed')
    t.equal(await found(naming(byOpenBadges(at('/fits')))), 'named-schemas-ok', 'in the way of Open Badges')
  })

  t.test('it says what does not fit', async (t) => {
    const told = await verify(naming(byW3c(at('/broken'))))
    t.ok(
      messageOf(told).includes(`${at('/broken')} that it names, here: /licence, /issuer.`),
      messageOf(told),
    )
  })

  t.test('what is wrong counts more than what is not known', async (t) => {
    const schemas = ['/fits', '/missing', '/broken'].map((path) => byW3c(at(path)))
    t.equal(await found(naming(...schemas)), 'failed:named-schemas-broken')
    t.equal(await found(naming(schemas[0], schemas[1])), 'warning:named-schemas-not-fetched')
    t.equal(await found(naming(schemas[0], { id: 'x:y', type: 'Other' })), 'skipped:named-schemas-other-type')
    const many = Array.from({ length: 5 }, () => byW3c(at('/anything')))
    t.equal(await found(naming(...many)), 'warning:named-schemas-too-many')
  })

  t.test('addresses that may not be reached are not', async (t) => {
    for (const url of [
      'https://10.0.0.1/s',
      'http://localhost/s',
      'file:///etc/passwd',
      'urn:x:y',
      'not a url',
      '',
    ])
      t.equal(await found(naming(byW3c(url))), 'warning:named-schemas-not-fetched', url)
  })

  t.test('a schema that cannot be had leaves a badge valid, one that is broken does not', async (t) => {
    const stranger = foreignIssuer()
    const issue = async (path: string) =>
      verify(
        await stranger.issue({
          '@context': naming()['@context'],
          credentialSchema: [byOpenBadges(at(path))],
        }),
      )
    t.equal((await issue('/missing')).valid, true)
    t.equal((await issue('/endless')).valid, true)
    t.equal((await issue('/broken')).valid, false)
  })

  t.test('many at once wait their turn, and nobody else waits for them', async (t) => {
    const all = Promise.all(
      Array.from({ length: 8 }, () => found({ ...naming(byW3c(at('/endless'))), ...named })),
    )
    const start = performance.now()
    t.equal(await found(base), 'named-schemas-none')
    t.ok(performance.now() - start < 5000)
    t.same(new Set(await all), new Set(['warning:named-schemas-too-much']))
  })
})

function messageOf({ answer }: Told): string {
  return answer.body.checks.find(({ check }: { check: string }) => check === 'named-schemas').message
}
