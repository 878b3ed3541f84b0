import t from 'tap'
import { CREDENTIALS_V2, DATA_INTEGRITY_V2, ED25519_2020 } from '../../src/vc/contexts.ts'
import { CREDENTIAL, CREDENTIAL_1, issueCredential } from '../support/credentials.ts'
import { createTenant, type Tenant } from '../support/factories.ts'
import { caller, startService } from '../support/service.ts'
import { stranger } from '../support/stranger.ts'

const service = await startService(t)
const call = caller(service.app)
const tenants = {
  web: await createTenant(service.app),
  key: await createTenant(service.app, { didMethod: 'key' }),
}
const SUITES = ['eddsa-rdfc-2022', 'eddsa-jcs-2022', 'Ed25519Signature2020']
const issue = (tenant: Tenant, body: unknown, headers?: Record<string, string>) =>
  tenant.call('POST', `/v1/issuers/${tenant.slug}/credentials/issue`, body, headers)
const verify = (verifiableCredential: unknown) =>
  call('POST', '/credentials/verify', { verifiableCredential })

for (const [method, tenant] of Object.entries(tenants)) {
  for (const proofSuite of SUITES) {
    for (const [model, given] of Object.entries({ 'VCDM 2.0': CREDENTIAL, 'VCDM 1.1': CREDENTIAL_1 })) {
      t.test(`did:${method}, ${proofSuite}: a credential of ${model} is signed, and verifies`, async (t) => {
        const signed = await issueCredential(tenant, given, { proofSuite })
        t.match(signed.proof, {
          type: proofSuite === 'Ed25519Signature2020' ? proofSuite : 'DataIntegrityProof',
          proofPurpose: 'assertionMethod',
          created: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
          proofValue: /^z/,
        })
        if (proofSuite !== 'Ed25519Signature2020') t.equal(signed.proof.cryptosuite, proofSuite)
        t.ok(signed.proof.verificationMethod.startsWith(`${tenant.did}#z6Mk`))
        t.equal(signed.issuer, tenant.did)
        t.equal((await verify(signed)).status, 200)
        // The library knows no eddsa-jcs-2022 by default.
        if (proofSuite !== 'eddsa-jcs-2022') {
          t.strictSame(await stranger(service.app)(signed), { verified: true, why: '' })
        }
        t.equal((await verify({ ...signed, id: 'urn:example:other' })).status, 400, 'altered')
      })
    }
  }
}

t.test('what the body says survives: id, dates, texts, contexts that are objects', async (t) => {
  const given = {
    '@context': [
      CREDENTIALS_V2,
      { Stage: 'https://stage.example/#Stage', durée: 'https://stage.example/#d' },
    ],
    id: 'https://siae.example/stages/1?é=1',
    type: ['VerifiableCredential', 'Stage'],
    // Not in NFC, and with a control character: it is signed as it came.
    name: 'E\u0301tape\u0007',
    validFrom: '2024-01-01T10:00:00.250+02:00',
    validUntil: '2024-06-01T00:00:00Z',
    credentialSubject: [{ id: 'did:example:a', durée: 14 }, { id: 'urn:uuid:5f3a' }],
  }
  for (const proofSuite of SUITES) {
    const {
      proof: _,
      issuer: _i,
      '@context': contexts,
      ...signed
    } = await issueCredential(tenants.web, given, { proofSuite })
    const { '@context': givenContexts, ...rest } = given
    t.strictSame(signed, rest, proofSuite)
    t.strictSame((contexts as unknown[]).slice(0, 2), givenContexts)
  }
})

t.test('the context that defines the proof is added where it is missing', async (t) => {
  const contextsOf = async (given: object, proofSuite: string) =>
    (await issueCredential(tenants.web, given, { proofSuite }))['@context']
  t.strictSame(await contextsOf(CREDENTIAL, 'eddsa-rdfc-2022'), [CREDENTIALS_V2])
  t.strictSame(await contextsOf(CREDENTIAL, 'Ed25519Signature2020'), [CREDENTIALS_V2, ED25519_2020])
  const [v1] = CREDENTIAL_1['@context']
  t.strictSame(await contextsOf(CREDENTIAL_1, 'eddsa-rdfc-2022'), [v1, DATA_INTEGRITY_V2])
})

t.test('the issuer is the one whose key signs, whoever the body names', async (t) => {
  const { did } = tenants.web
  const own = { id: did, name: 'SIAE' }
  t.strictSame(
    (await issueCredential(tenants.web, { issuer: own })).issuer,
    own,
    'what it says of itself survives',
  )
  for (const issuer of ['did:example:other', { id: 'did:example:other', name: 'Université' }]) {
    t.equal((await issueCredential(tenants.web, { issuer })).issuer, did)
  }
})

t.test('the suite is asked for in several words, which must agree', async (t) => {
  const kindOf = async (options?: object) => {
    const { proof } = await issueCredential(tenants.web, {}, options)
    return proof.cryptosuite ?? proof.type
  }
  t.equal(await kindOf(), 'eddsa-rdfc-2022')
  t.equal(await kindOf({ cryptosuite: 'eddsa-jcs-2022' }), 'eddsa-jcs-2022')
  t.equal(await kindOf({ type: 'DataIntegrityProof', cryptosuite: 'eddsa-jcs-2022' }), 'eddsa-jcs-2022')
  t.equal(await kindOf({ type: 'Ed25519Signature2020' }), 'Ed25519Signature2020')
  t.equal(await kindOf({ credentialFormat: 'whatever', mandatoryPointers: [] }), 'eddsa-rdfc-2022')
  const legacy = await createTenant(service.app, { proofSuite: 'Ed25519Signature2020' })
  t.equal((await issueCredential(legacy)).proof.type, 'Ed25519Signature2020')
  t.equal(
    (await issueCredential(legacy, {}, { type: 'DataIntegrityProof' })).proof.type,
    'DataIntegrityProof',
  )
  for (const options of [
    { proofSuite: 'eddsa-jcs-2022', cryptosuite: 'eddsa-rdfc-2022' },
    { type: 'Ed25519Signature2020', cryptosuite: 'eddsa-rdfc-2022' },
    { type: 'DataIntegrityProof', proofSuite: 'Ed25519Signature2020' },
  ]) {
    const answer = await issue(tenants.web, { credential: CREDENTIAL, options })
    t.strictSame([answer.status, answer.body.errors?.[0]?.path], [400, '/options'])
  }
  t.equal(
    (await issue(tenants.web, { credential: CREDENTIAL, options: { cryptosuite: 'bbs-2023' } })).status,
    400,
  )
})

t.test('what a proof says of itself is right, whatever is asked for', async (t) => {
  const now = new Date('2026-03-01T09:30:00.700Z')
  service.setTime(now)
  t.teardown(() => service.setTime(new Date()))
  const foreign = { created: '2020-01-01T00:00:00Z', proofPurpose: 'authentication', domain: 'else.example' }
  for (const proofSuite of SUITES) {
    for (const asked of [{}, foreign, { created: 'hier' }]) {
      const {
        '@context': _,
        proofValue,
        ...proof
      } = (await issueCredential(tenants.key, {}, { proofSuite, ...asked })).proof
      t.match(proofValue, /^z/)
      t.strictSame(proof, {
        type: proofSuite === 'Ed25519Signature2020' ? proofSuite : 'DataIntegrityProof',
        ...(proofSuite === 'Ed25519Signature2020' ? {} : { cryptosuite: proofSuite }),
        created: '2026-03-01T09:30:00Z',
        verificationMethod: proof.verificationMethod,
        proofPurpose: 'assertionMethod',
      })
    }
  }
  for (const options of [
    { type: 'UnknownProofType' },
    { type: 5 },
    { cryptosuite: 'bbs-2023' },
    { cryptosuite: ['eddsa-jcs-2022'] },
    { proofSuite: 'ecdsa-rdfc-2019' },
    { proofSuite: null },
  ]) {
    const { status } = await issue(tenants.key, { credential: CREDENTIAL, options })
    t.equal(status, 400, JSON.stringify(options))
  }
})

const deep = (depth: number): object => (depth === 0 ? {} : { a: deep(depth - 1) })
const REFUSED: [what: string, body: unknown, path: string][] = [
  ['no credential', {}, '/credential'],
  ['a credential that is a text', { credential: JSON.stringify(CREDENTIAL) }, '/credential'],
  [
    'no subject',
    { credential: { ...CREDENTIAL, credentialSubject: undefined } },
    '/credential/credentialSubject',
  ],
  ['an issuer that is no URL', { credential: { ...CREDENTIAL, issuer: 'INAÉ' } }, '/credential/issuer'],
  ['a proof', { credential: { ...CREDENTIAL, proof: {} } }, '/credential/proof'],
  ['a term that is not defined', { credential: { ...CREDENTIAL, grade: 1 } }, '/credential/@context'],
  [
    'a context that is not known here',
    { credential: { ...CREDENTIAL, '@context': [CREDENTIALS_V2, 'https://elsewhere.example/v1'] } },
    '/credential/@context',
  ],
  [
    'a protected term defined again',
    {
      credential: {
        ...CREDENTIAL,
        '@context': [CREDENTIALS_V2, { VerifiableCredential: 'https://elsewhere.example/#v' }],
      },
    },
    '/credential/@context',
  ],
  [
    'its status under another name',
    {
      credential: {
        ...CREDENTIAL,
        '@context': [
          CREDENTIALS_V2,
          { état: { '@id': 'https://www.w3.org/2018/credentials#credentialStatus' } },
        ],
        état: { id: 'urn:example:1', type: 'BitstringStatusListEntry' },
      },
    },
    '/credential/@context',
  ],
  [
    'a type that is no address',
    {
      credential: {
        ...CREDENTIAL,
        '@context': [CREDENTIALS_V2, { Stage: 'https ://stage' }],
        type: ['VerifiableCredential', 'Stage'],
      },
    },
    '/credential/@context',
  ],
  [
    'a status entry without an index',
    {
      credential: {
        ...CREDENTIAL,
        credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
      },
    },
    '/credential/credentialStatus/statusListIndex',
  ],
  [
    'thousands of members',
    {
      credential: { ...CREDENTIAL, credentialSubject: Array.from({ length: 6000 }, () => ({ id: 'urn:a' })) },
    },
    '/credential',
  ],
  [
    'thirty objects inside of each other',
    { credential: { ...CREDENTIAL, credentialSubject: deep(40) } },
    '/credential',
  ],
  [
    'an id too long to be found again',
    { credential: { ...CREDENTIAL, id: `urn:${'x'.repeat(3000)}` }, options: { status: true } },
    '/credential/id',
  ],
]
for (const [what, body, path] of REFUSED) {
  t.test(`nothing is signed with ${what}`, async (t) => {
    const answer = await issue(tenants.web, body)
    t.equal(answer.status, 400)
    t.match(answer.body.errors[0].path, path)
    t.match(answer.headers['content-type'], 'application/problem+json')
  })
}

t.test('every fault of the model is told at once, in the reader’s language', async (t) => {
  const credential = { ...CREDENTIAL, id: 'a b', credentialSubject: {}, validFrom: 'hier' }
  const { body } = await issue(tenants.web, { credential }, { 'accept-language': 'fr' })
  const paths = body.errors.map((one: { path: string }) => one.path).sort()
  t.strictSame(paths, ['/credential/credentialSubject', '/credential/id', '/credential/validFrom'])
  t.match(body.errors[0].message, /doit|est/)
})

t.test('a repeat with the same Idempotency-Key gets the same signature', async (t) => {
  const headers = { 'idempotency-key': 'once' }
  const body = { credential: CREDENTIAL, options: { status: true } }
  const [first, second] = [await issue(tenants.web, body, headers), await issue(tenants.web, body, headers)]
  t.equal(second.text, first.text)
  t.equal(second.headers['idempotency-replayed'], 'true')
})

t.test('documents come under the media types of the data model too', async (t) => {
  for (const type of ['application/ld+json', 'application/vc', 'application/json; charset=utf-8']) {
    const answer = await issue(tenants.web, JSON.stringify({ credential: CREDENTIAL }), {
      'content-type': type,
    })
    t.equal(answer.status, 201, type)
    t.match(answer.headers['content-type'], 'application/json')
  }
})

t.test('digests of related resources are checked before anything is signed', async (t) => {
  const good = 'sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU'
  const related = (digest: object) => ({
    credential: { ...CREDENTIAL, relatedResource: [{ id: CREDENTIALS_V2, ...digest }] },
  })
  t.equal((await issue(tenants.web, related({ digestSRI: good }))).status, 201)
  t.equal(
    (await issue(tenants.web, related({ digestMultibase: 'uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ' })))
      .status,
    201,
  )
  const wrong = await issue(tenants.web, related({ digestSRI: good.replace('l/H', 'l/I') }))
  t.strictSame([wrong.status, wrong.body.errors[0].path], [400, '/credential/relatedResource/0'])
  t.equal((await issue(tenants.web, related({ digestMultibase: 'uAAAA' }))).status, 400)
})
