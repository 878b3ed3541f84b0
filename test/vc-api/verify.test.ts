import { randomUUID } from 'node:crypto'
import t from 'tap'
import { CREDENTIALS_V2 } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { signAsGiven } from '../../src/vc/sign.ts'
import { CREDENTIAL, issueCredential, type Signed } from '../support/credentials.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { foreignIssuer } from '../support/foreign-issuer.ts'
import { signatory } from '../support/proofs.ts'
import { caller, startService } from '../support/service.ts'
import { createWallet } from '../support/wallet.ts'

const service = await startService(t)
const call = caller(service.app)
const tenant = await createTenant(service.app, { didMethod: 'key' })
const verify = (verifiableCredential: unknown, options?: object, headers?: Record<string, string>) =>
  call('POST', '/credentials/verify', { verifiableCredential, ...(options ? { options } : {}) }, headers)
const present = (verifiablePresentation: unknown, options?: object) =>
  call('POST', '/presentations/verify', { verifiablePresentation, ...(options ? { options } : {}) })
const problems = ({ body }: { body: { problemDetails?: { code: string; type: string }[] } }) =>
  (body.problemDetails ?? []).map(({ code }) => code)

/** Signed by somebody else, as he likes. */
const stranger = foreignIssuer()
const signedBy = (overrides: object, issuer = stranger): Promise<Json> =>
  signAsGiven({ ...CREDENTIAL, issuer: issuer.did, ...overrides }, issuer.key, {
    suite: 'eddsa-rdfc-2022',
    created: new Date('2024-01-01T00:00:00Z'),
  })

t.test('a credential that verifies is answered with every check, in the reader’s language', async (t) => {
  const { status, body, headers } = await verify(
    await issueCredential(tenant),
    {},
    { 'accept-language': 'fr' },
  )
  t.equal(status, 200)
  t.equal(body.verified, true)
  t.strictSame(body.issuer, { id: tenant.did, trust: 'ours' })
  t.equal(headers['content-language'], 'fr')
  const names = body.checks.map((one: { check: string }) => one.check)
  t.strictSame(names, [
    'model',
    'terms',
    'proof',
    'resources',
    'named-schemas',
    'status',
    'expiration',
    'issuance',
  ])
  t.ok(body.checks.every((one: { outcome: string }) => one.outcome === 'passed'))
})

t.test('a badge of ours verifies here too, in every embedded form and in an envelope', async (t) => {
  const awarded = await award(tenant, (await createBadge(tenant)).id)
  for (const query of ['', '?proof=Ed25519Signature2020']) {
    t.equal((await verify((await call('GET', awarded.path + query)).body)).status, 200, query)
  }
  const jwt = (await call('GET', `${awarded.path}.jwt`)).text
  const envelope = (token: string, type = 'application/vc+jwt') => ({
    '@context': CREDENTIALS_V2,
    id: `data:${type},${token}`,
    type: 'EnvelopedVerifiableCredential',
  })
  const { status, text } = await verify(envelope(jwt))
  t.equal(status, 200, text)
  const [header, claims] = jwt.split('.')
  const altered = Buffer.from(
    Buffer.from(claims!, 'base64url').toString().replace('Badge', 'badge'),
  ).toString('base64url')
  for (const token of [`${header}.${altered}.${jwt.split('.')[2]}`, 'x.y.z', 'eyJ', '']) {
    t.equal((await verify(envelope(token))).status, 400, token.slice(0, 20))
  }
  t.equal((await verify(envelope(jwt, 'text/html'))).status, 400)
})

t.test('what does not verify is a 400 that says why, with the types of the standards', async (t) => {
  const signed = await issueCredential(tenant)
  const { proof } = signed
  const cases: [what: string, credential: unknown, code: string, type: string][] = [
    [
      'altered',
      { ...signed, id: 'urn:example:1' },
      'proof-invalid',
      'https://w3id.org/security#PROOF_VERIFICATION_ERROR',
    ],
    [
      'unsigned',
      { ...signed, proof: undefined },
      'proof-missing',
      'https://w3id.org/security#PROOF_VERIFICATION_ERROR',
    ],
    [
      'not of the model',
      { ...signed, issuer: 'x' },
      'model-party',
      'https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR',
    ],
    [
      'a term more',
      { ...signed, grade: 1 },
      'terms-undefined',
      'https://w3id.org/security#DATA_LOSS_DETECTION_ERROR',
    ],
    [
      'expired',
      await signedBy({ validUntil: '2024-02-01T00:00:00Z' }),
      'expiration-past',
      'https://www.w3.org/TR/vc-data-model#RANGE_ERROR',
    ],
    [
      'a proof of another kind',
      { ...signed, proof: { ...proof, cryptosuite: 'bbs-2023' } },
      'proof-unsupported',
      'https://w3id.org/security#PROOF_VERIFICATION_ERROR',
    ],
  ]
  for (const [what, credential, code, type] of cases) {
    const answer = await verify(credential)
    t.equal(answer.status, 400, what)
    t.match(answer.headers['content-type'], 'application/problem+json')
    t.equal(answer.body.verified, false)
    t.match(answer.body.problemDetails[0], { code, type, title: /\w/, detail: /\w/ }, what)
  }
})

t.test('a status, an end or an issuer that hides in other words is found out', async (t) => {
  const id = `urn:uuid:${randomUUID()}`
  const revoked = await issueCredential(tenant, { id, validUntil: '2099-01-01T00:00:00Z' }, { status: true })
  await tenant.call('POST', `/v1/issuers/${tenant.slug}/credentials/status`, { credentialId: id })
  t.strictSame(problems(await verify(revoked)), ['status-revoked'])
  const { credentialStatus, ...rest } = revoked
  const VC = 'https://www.w3.org/2018/credentials#'
  const contexts = [...(revoked['@context'] as string[])]
  const node = { id, type: 'VerifiableCredential', credentialStatus }
  const hidden: [string, Json][] = [
    ['a full address', { ...rest, [`${VC}credentialStatus`]: credentialStatus }],
    [
      'a word of its own',
      {
        ...rest,
        '@context': [...contexts, { état: { '@id': `${VC}credentialStatus`, '@type': '@id' } }],
        état: credentialStatus,
      },
    ],
    ['a prefix', { ...rest, '@context': [...contexts, { vc: VC }], 'vc:credentialStatus': credentialStatus }],
    ['another node of the same name', { ...rest, '@included': [node] }],
    ['a keyword of its own', { ...rest, '@context': [...contexts, { aussi: '@included' }], aussi: [node] }],
  ]
  for (const [what, credential] of hidden)
    t.strictSame(problems(await verify(credential)), ['terms-not-plain'], what)
  const { statusListIndex: i, ...entry } = credentialStatus as Json
  const index = { '@id': 'https://www.w3.org/ns/credentials/status#statusListIndex' }
  const renamed = { ...revoked, '@context': [...contexts, { i: index }], credentialStatus: { ...entry, i } }
  t.strictSame(problems(await verify(renamed)), ['model-required'], 'its index under another name')
})

t.test('it says how far the issuer is known', async (t) => {
  const trustOf = async (credential: Json) => (await verify(credential)).body.issuer
  t.strictSame(await trustOf(await signedBy({})), { id: stranger.did, trust: 'confirmed' })
  const school = 'https://ecole.example/profil'
  const impostor = foreignIssuer(school, `${stranger.did}#${stranger.publicKeyMultibase}`)
  const unbound = await signedBy({}, { ...impostor, key: { ...stranger.key, controller: school } })
  t.strictSame(await trustOf(unbound), { id: school, trust: 'unconfirmed' })
})

t.test('contexts that are objects are no fault of a credential', async (t) => {
  const own = {
    '@context': [CREDENTIALS_V2, { durée: 'https://stage.example/#d' }],
    credentialSubject: { durée: 3 },
  }
  // In JCS the words themselves are signed.
  const suites = { 'eddsa-rdfc-2022': 'terms-own', 'eddsa-jcs-2022': 'terms-ok' }
  for (const [proofSuite, code] of Object.entries(suites)) {
    const signed = await issueCredential(tenant, own, { proofSuite })
    const { status, body } = await verify(signed)
    t.equal(status, 200, proofSuite)
    t.equal(body.checks.find(({ check }: { check: string }) => check === 'terms').code, code)
    const renamed = { ...signed, '@context': [CREDENTIALS_V2, { durée: 'https://stage.example/#e' }] }
    t.equal((await verify(renamed)).status, 400, 'another meaning is another credential')
  }
})

t.test('options say what is asked', async (t) => {
  const expired = await signedBy({ validUntil: '2024-02-01T00:00:00Z' })
  t.equal((await verify(expired, { checks: ['proof'] })).status, 200, 'the proof alone')
  t.equal((await verify(expired, { checks: [] })).status, 400)
  t.equal((await verify(expired, { checks: ['proof', 'credentialStatus'] })).status, 400)
  const signed = await issueCredential(tenant)
  t.equal((await verify(signed, { verbose: true })).status, 200, 'unknown ones are passed over')
  t.strictSame(problems(await verify(signed, { challenge: 'x', domain: 'y' })), ['proof-challenge'])
  t.strictSame(problems(await verify(signed, { expectedProofPurpose: 'authentication' })), ['proof-purpose'])
  t.strictSame(problems(await verify(signed, { expectedProofPurpose: 'keyAgreement' })), ['proof-purpose'])
})

t.test(
  'reading, the proof and the data model: each is enough to fail, whatever the others say',
  async (t) => {
    const signed = await signedBy({})
    t.equal((await verify(signed)).status, 200)
    const { did, prove } = signatory()
    const nonconforming = async () => {
      const document = { ...CREDENTIAL, issuer: did, validFrom: '2024-01-01' }
      return { ...document, proof: await prove(document) }
    }
    const cases: [what: string, credential: unknown, check: string][] = [
      ['what cannot be read', JSON.stringify(signed), 'parse'],
      ['of the model, with a proof of something else', { ...signed, name: 'Autre' }, 'proof'],
      ['genuine, and not of the model', await nonconforming(), 'model'],
    ]
    for (const [what, credential, check] of cases) {
      const { status, body } = await verify(credential)
      t.strictSame([status, body.problemDetails[0].check], [400, check], what)
    }
  },
)

t.test('what verifies is given back where that is asked for, as it came', async (t) => {
  const signed = await issueCredential(tenant)
  const returned = async (options?: object) => (await verify(signed, options)).body.verifiableCredential
  t.strictSame(await returned({ returnCredential: true }), signed)
  for (const options of [undefined, { returnCredential: false }, { returnPresentation: true }])
    t.equal(await returned(options), undefined, JSON.stringify(options))
  const altered = await verify({ ...signed, id: 'urn:example:1' }, { returnCredential: true })
  t.strictSame([altered.status, altered.body.verifiableCredential], [400, undefined])
  t.equal((await verify(signed, { returnCredential: 'yes' })).status, 400)
  const presentation = await createWallet().present({
    challenge: 'c',
    suite: 'eddsa-rdfc-2022',
    presentation: { '@context': [CREDENTIALS_V2], verifiableCredential: [signed] },
  })
  const shown = async (options: object) => (await present(presentation, options)).body.verifiablePresentation
  t.strictSame(await shown({ returnPresentation: true }), presentation)
  t.equal(await shown({ returnCredential: true }), undefined)
})

t.test('too much to work on is refused at once', async (t) => {
  const signed = await issueCredential(tenant)
  const many = { ...signed, credentialSubject: Array.from({ length: 4000 }, (_, i) => ({ id: `urn:${i}` })) }
  const contexts = { ...signed, '@context': [CREDENTIALS_V2, ...Array.from({ length: 100 }, () => ({}))] }
  const proofs = { ...signed, proof: Array.from({ length: 50 }, () => signed.proof) }
  for (const credential of [many, contexts, proofs])
    t.strictSame(problems(await verify(credential)), ['too-complex'])
})

t.test(
  'a presentation verifies with its holder, its challenge, its domain and every credential in it',
  async (t) => {
    for (const algorithm of ['Ed25519', 'P-256'] as const) {
      const wallet = createWallet(algorithm)
      const credentials = [await issueCredential(tenant), await signedBy({})]
      const asked = { challenge: 'c-1', domain: 'portail.example' }
      const presentation = await wallet.present({
        ...asked,
        ...(algorithm === 'Ed25519' ? { suite: 'eddsa-rdfc-2022' as const } : {}),
        presentation: { '@context': [CREDENTIALS_V2], verifiableCredential: credentials },
      })
      const answer = await present(presentation, asked)
      t.equal(answer.status, 200, answer.text)
      t.strictSame(problems(await present(presentation, { ...asked, challenge: 'c-2' })), ['proof-challenge'])
      t.strictSame(problems(await present(presentation, { ...asked, domain: 'ailleurs.example' })), [
        'proof-domain',
      ])
      const foreign = { ...presentation, holder: stranger.did }
      t.equal((await present(foreign, asked)).status, 400, 'another holder')
      const { verifiableCredential: _, ...without } = presentation
      t.equal((await present(without, asked)).status, 400, 'its credentials are signed with it')
      t.equal((await present({ ...presentation, proof: undefined }, asked)).status, 400, 'unsigned')
    }
  },
)

t.test('one credential that does not verify spoils the presentation, and is named', async (t) => {
  const wallet = createWallet()
  const bad = { ...(await issueCredential(tenant)), id: 'urn:example:altered' }
  const presentation = await wallet.present({
    challenge: 'c',
    suite: 'eddsa-rdfc-2022',
    presentation: {
      '@context': [CREDENTIALS_V2],
      verifiableCredential: [await issueCredential(tenant), bad as Signed],
    },
  })
  const answer = await present(presentation, { challenge: 'c' })
  t.equal(answer.status, 400)
  t.match(answer.body.problemDetails, [{ code: 'proof-invalid', path: '/verifiableCredential/1' }])
})
