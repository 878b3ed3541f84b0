import { randomUUID } from 'node:crypto'
import t from 'tap'
import { CREDENTIALS_V2, ED25519_2020, OPEN_BADGES_V3 } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { CREDENTIAL, issueCredential } from '../support/credentials.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { foreignIssuer, unsigned, verifier } from '../support/foreign-issuer.ts'
import { caller, startService } from '../support/service.ts'
import { createWallet } from '../support/wallet.ts'

const service = await startService(t)
const call = caller(service.app)
const judge = verifier(service.app)
const tenant = await createTenant(service.app)
const problems = ({ body }: { body: { problemDetails?: { code: string }[] } }) =>
  (body.problemDetails ?? []).map(({ code }) => code)
const verify = (verifiableCredential: Json) => call('POST', '/credentials/verify', { verifiableCredential })

const STATUS = 'https://www.w3.org/ns/credentials/status#'
const SECURITY = 'https://w3id.org/security#'
const with_ = (credential: Json, context: object, change: object = {}): Json => ({
  ...credential,
  '@context': [...(credential['@context'] as unknown[]), context],
  ...change,
})

const badge = await createBadge(tenant)
const awarded = await award(tenant, badge.id)
const revoked: Json = (await call('GET', awarded.path)).body
await tenant.call('POST', `/v1/assertions/${awarded.id}/revoke`, { reason: 'Erreur' })
const status = revoked.credentialStatus as Json
const [listUrl, listId] = String(status.statusListCredential).split(/\/(?=[^/]+$)/) as [string, string]

// Each of them leaves the signature as it is.
const REWORDED: [what: string, credential: Json][] = [
  [
    'its entry under a type of its own, whose terms are other words',
    with_(
      revoked,
      {
        Foo: {
          '@id': `${STATUS}BitstringStatusListEntry`,
          '@context': { statusListIndex: '@index', sli: `${STATUS}statusListIndex` },
        },
      },
      { credentialStatus: { ...status, type: 'Foo', statusListIndex: '1', sli: status.statusListIndex } },
    ),
  ],
  [
    'its type under another name',
    with_(
      revoked,
      { Foo: `${STATUS}BitstringStatusListEntry` },
      { credentialStatus: { ...status, type: 'Foo' } },
    ),
  ],
  [
    'its type as a full address',
    { ...revoked, credentialStatus: { ...status, type: `${STATUS}BitstringStatusListEntry` } },
  ],
  [
    'its list by a prefix',
    with_(
      revoked,
      { L: `${listUrl}/` },
      { credentialStatus: { ...status, statusListCredential: `L:${listId}` } },
    ),
  ],
  ['its list by a word of the scheme', with_(revoked, { http: 'http:' })],
  [
    'a base',
    with_(
      revoked,
      { '@base': `${listUrl}/` },
      { credentialStatus: { ...status, statusListCredential: listId } },
    ),
  ],
  [
    'a claim that no signature covers',
    with_(
      revoked,
      { degree: '@default' },
      { credentialSubject: { ...(revoked.credentialSubject as Json), degree: 'Doctor of Medicine' } },
    ),
  ],
  ['a word for a keyword', with_(revoked, { aussi: '@included' })],
  [
    'words within a word',
    with_(revoked, { x: { '@id': 'https://x.example/', '@context': { y: 'https://y.example/' } } }),
  ],
  ['an index of its own', { ...revoked, '@index': 'Doctor of Medicine' }],
  ['a prefix that could become a standard word', with_(revoked, { w: 'https://www.w3.org/' })],
  ['a vocabulary that could', with_(revoked, { '@vocab': 'https://www.w3.org/2018/cred' })],
  ['a language that says more', with_(revoked, { '@language': 'fr .\n<urn:a> <urn:b> <urn:c>' })],
]
for (const [what, credential] of REWORDED) {
  t.test(`a revoked badge stays what it is with ${what}`, async (t) => {
    const [code, ...others] = problems(await verify(credential))
    t.match(code, /^(terms-not-plain|model-context-term|model-url)$/)
    t.strictSame(others, [])
    t.equal((await judge(credential)).valid, false)
  })
}

t.test('a presentation is for one challenge, whatever its words are made to mean', async (t) => {
  const wallet = createWallet()
  const presentation = await wallet.present({
    challenge: 'c1',
    domain: 'd1.example',
    suite: 'Ed25519Signature2020',
    presentation: { '@context': [CREDENTIALS_V2, ED25519_2020] },
  })
  const send = (verifiablePresentation: Json, challenge: string) =>
    call('POST', '/presentations/verify', {
      verifiablePresentation,
      options: { challenge, domain: 'd1.example' },
    })
  t.equal((await send(presentation, 'c1')).status, 200)
  const proof = presentation.proof as Json
  for (const keyword of ['@index', '@default', '@none', '@json', '@embed']) {
    const context = {
      Ed25519Signature2020: {
        '@id': `${SECURITY}Ed25519Signature2020`,
        '@context': { challenge: keyword, c: `${SECURITY}challenge` },
      },
    }
    const replayed = with_(presentation, context, { proof: { ...proof, challenge: 'c2', c: 'c1' } })
    t.strictSame(problems(await send(replayed, 'c2')), ['terms-not-plain'], keyword)
  }
})

t.test('an end that is said of another node of the same name is found in /verify too', async (t) => {
  const issuer = foreignIssuer()
  const id = `urn:uuid:${randomUUID()}`
  const subject = { id, type: ['EndorsementSubject'] }
  const endorsement = {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_V3],
    id: `urn:uuid:${randomUUID()}`,
    type: ['VerifiableCredential', 'EndorsementCredential'],
    issuer: { id: issuer.did, type: ['Profile'] },
    validFrom: '2024-01-01T00:00:00Z',
    name: 'Recommandation',
    credentialSubject: subject,
  }
  const expired = await issuer.issue({
    ...unsigned(issuer.did),
    id,
    validUntil: '2024-02-01T00:00:00Z',
    endorsement: [endorsement],
  })
  t.equal((await judge(expired)).checks.expiration, 'failed:expiration-past')
  const { validUntil, ...rest } = expired
  const moved = { ...subject, type: ['EndorsementSubject', 'VerifiableCredential'], validUntil }
  const told = await judge({ ...rest, endorsement: [{ ...endorsement, credentialSubject: moved }] })
  t.strictSame([told.valid, told.checks.terms], [false, 'failed:terms-not-plain'])
})

t.test('an issuer has one name: nobody passes for one of ours by writing it otherwise', async (t) => {
  const impostor = foreignIssuer()
  const { origin, host } = new URL(service.ctx.config.publicUrl)
  const names = [
    `${origin}/issuers/${tenant.slug}`,
    `HTTP://${host.toUpperCase()}/issuers/${tenant.slug}`,
    origin,
    `DID:${tenant.did.slice(4)}`,
  ]
  for (const name of names) {
    const forged = await foreignIssuer(name, `${impostor.did}#${impostor.publicKeyMultibase}`).issue()
    t.equal((await judge(forged)).valid, false, name)
    t.equal((await verify(forged as Json)).status, 400, name)
  }
})

t.test('a word that is the name of a prototype is refused, and reaches no object', async (t) => {
  const signed = await issueCredential(tenant)
  const documents: Json[] = [
    with_(
      signed,
      { p: { '@id': 'urn:p', '@type': '@id' } },
      { credentialSubject: { id: 'urn:s', p: '__proto__' } },
    ),
    { ...signed, credentialStatus: { ...status, statusListCredential: '__proto__' } },
    { ...signed, proof: { ...signed.proof, previousProof: '__proto__' } },
  ]
  for (const document of documents) {
    t.equal((await verify(document)).status, 400)
    t.equal((await judge(document)).status, 400)
    t.strictSame(Object.keys(Object.prototype), [])
  }
  t.throws(() => Object.assign(Object.prototype, { polluted: true }), TypeError)
  t.equal((await call('GET', '/healthz')).status, 200)
})

t.test('contexts within contexts cost nothing: they are refused before they are used', async (t) => {
  const scoped = { x: { '@id': 'urn:x', '@context': Array.from({ length: 24 }, () => OPEN_BADGES_V3) } }
  const signed = await issueCredential(tenant)
  const many = Array.from({ length: 500 }, (_, i) => ({ x: { id: `urn:${i}` } }))
  const before = process.cpuUsage()
  t.strictSame(problems(await verify(with_(signed, scoped, { credentialSubject: many }))), [
    'terms-not-plain',
  ])
  const { user, system } = process.cpuUsage(before)
  t.ok(user + system < 1_000_000, `${user + system} µs`)
})

t.test('nobody signs what this service is known by, nor what cannot be verified', async (t) => {
  const issue = (overrides: object, options: object = {}) =>
    tenant.call('POST', `/v1/issuers/${tenant.slug}/credentials/issue`, {
      credential: { ...CREDENTIAL, ...overrides },
      options,
    })
  const v1 = 'https://www.w3.org/2018/credentials/v1'
  const cases: [what: string, overrides: object, path: string, options?: object][] = [
    ['the address of a real badge', { id: awarded.credentialUrl }, '/credential/id'],
    ['an address of the service, otherwise written', { id: `HTTP://LOCALHOST:3999/x` }, '/credential/id'],
    [
      'a status list',
      { type: ['VerifiableCredential', 'BitstringStatusListCredential'] },
      '/credential/type',
    ],
    ['the entry of a badge', { credentialStatus: status }, '/credential/credentialStatus'],
    [
      'a relative address',
      { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3], termsOfUse: { type: 'urn:x', id: 'urn:a b' } },
      '/credential/termsOfUse/id',
    ],
    [
      'a context that is defined again by that of the status',
      {
        '@context': [v1, 'https://www.w3.org/ns/credentials/status/v1'],
        issuanceDate: '2024-01-01T00:00:00Z',
      },
      '/credential',
      { status: true },
    ],
    ['a year that is none', { validFrom: '12020-01-01T00:00:00Z' }, '/credential'],
  ]
  for (const [what, overrides, path, options] of cases) {
    const answer = await issue(overrides, options)
    t.equal(answer.status, 400, `${what}: ${answer.text}`)
    t.match(answer.body.errors?.[0]?.path, path, what)
  }
  t.equal(
    (
      await issue({
        '@context': [v1],
        issuanceDate: '2024-02-01T00:00:00Z',
        expirationDate: '2024-03-01T00:00:00Z',
      })
    ).status,
    201,
    'one that has expired',
  )
})
