import { SignJWT } from 'jose'
import t from 'tap'
import { CREDENTIALS_V1, CREDENTIALS_V2 } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { CREDENTIAL, issueCredential } from '../support/credentials.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { verifier } from '../support/foreign-issuer.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'
import { createWallet } from '../support/wallet.ts'

const { app } = await startService(t)
const call = caller(app)
const judge = verifier(app)
const tenant = await createTenant(app)
const wallet = createWallet()
const OWN = { Formation: 'https://siae.example/#Formation', niveau: 'https://siae.example/#niveau' }
const DATA = { fiche: { '@id': 'https://siae.example/#fiche', '@type': '@json' } }

const verify = (verifiableCredential: unknown) =>
  call('POST', '/credentials/verify', { verifiableCredential })
const issue = (credential: object, options: object = {}) =>
  tenant.call('POST', `/v1/issuers/${tenant.slug}/credentials/issue`, { credential, options })
const codes = ({ body }: { body: Json }) => ((body.problemDetails ?? []) as Json[]).map(({ code }) => code)
const enveloped = (token: string, mediaType = 'application/vc+jwt') => ({
  '@context': CREDENTIALS_V2,
  id: `data:${mediaType},${token}`,
  type: 'EnvelopedVerifiableCredential',
})
const tokenOf = (claims: object, header: object = { typ: 'vc+jwt' }) =>
  new SignJWT({ ...CREDENTIAL, issuer: wallet.did, ...claims } as Json)
    .setProtectedHeader({ alg: 'EdDSA', kid: wallet.keyId, ...header })
    .sign(wallet.privateKey)

t.test('what the service is known by is not signed under other words', async (t) => {
  const { path, id } = await award(tenant, (await createBadge(tenant)).id)
  const { proof: _, id: url, credentialStatus, ...badge } = (await call('GET', path)).body
  t.ok(id && url)
  const list = credentialStatus.statusListCredential
  const bits = { type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList: 'uH4sI' }
  const linkage =
    'https://identity.foundation/.well-known/resources/did-configuration/#DomainLinkageCredential'
  const cases: [what: string, credential: object][] = [
    ['another badge at its address', { ...badge, '@id': url }],
    [
      'its status list',
      { ...CREDENTIAL, '@id': list, '@type': 'BitstringStatusListCredential', credentialSubject: bits },
    ],
    ['a type beside the types', { ...CREDENTIAL, '@type': ['BitstringStatusListCredential'] }],
    ['the link to a domain, by its address', { ...CREDENTIAL, type: ['VerifiableCredential', linkage] }],
    [
      'the link to a domain, by a word',
      {
        ...CREDENTIAL,
        '@context': [CREDENTIALS_V2, { Link: linkage }],
        type: ['VerifiableCredential', 'Link'],
      },
    ],
  ]
  for (const [what, credential] of cases) {
    const answer = await issue(credential)
    t.equal(answer.status, 400, what)
    t.match(answer.text, /could mean something else/, what)
  }
  const { body } = await issue({ ...CREDENTIAL, id: 'urn:example:1' })
  const { id: _id, ...signed } = body.verifiableCredential
  t.strictSame(codes(await verify({ ...signed, '@id': 'urn:example:1' })), ['terms-not-plain'])
})

t.test('a token with a key of its own does not speak for an issuer of ours', async (t) => {
  const { path } = await award(tenant, (await createBadge(tenant)).id)
  const [, claims] = (await call('GET', `${path}.jwt`)).text.split('.') as [string, string]
  const badge = JSON.parse(Buffer.from(claims, 'base64url').toString())
  const stranger = createWallet('P-256')
  for (const name of [`${PUBLIC_URL}/issuers/${tenant.slug}`, String(badge.iss).replace('did:', 'DID:')]) {
    const forged = { ...badge, iss: name, issuer: { ...badge.issuer, id: name }, credentialStatus: undefined }
    const token = await new SignJWT(forged)
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT', jwk: stranger.publicJwk as object })
      .sign(stranger.privateKey)
    const told = await judge(token, { 'content-type': 'text/plain' })
    t.strictSame([told.valid, told.checks.proof], [false, 'failed:proof-key-unknown'], name)
    t.equal((await verify(enveloped(token))).status, 400, name)
  }
})

t.test('eddsa-jcs-2022: contexts after those of the proof give no new meaning', async (t) => {
  const signed = await issueCredential(
    tenant,
    { '@context': [CREDENTIALS_V2, OWN], credentialSubject: { id: 'urn:s', type: 'Formation', niveau: '3' } },
    { cryptosuite: 'eddsa-jcs-2022' },
  )
  t.equal((await verify(signed)).status, 200)
  const added: [context: unknown, code: string][] = [
    [{ Formation: 'https://evil.example/#Doctorat' }, 'terms-not-plain'],
    [{ '@vocab': 'https://evil.example/' }, 'terms-not-plain'],
    [{ '@language': 'fr' }, 'terms-not-plain'],
    ['https://evil.example/context', 'terms-context-unknown'],
  ]
  for (const [context, code] of added) {
    const answer = await verify({ ...signed, '@context': [...(signed['@context'] as unknown[]), context] })
    t.strictSame([answer.status, codes(answer)], [400, [code]], JSON.stringify(context))
  }
})

t.test('a JSON literal holds anything, and is no linked data', async (t) => {
  for (const fiche of [
    { type: [null] },
    { x: [1, { y: null }] },
    { '@type': [null] },
    { '@type': { a: 5 } },
    { '@type': 'plain' },
  ]) {
    const named = Object.keys(fiche)[0]!
    const change = { '@context': [CREDENTIALS_V2, DATA], credentialSubject: { id: 'urn:s', fiche } }
    const answer = await issue({ ...CREDENTIAL, ...change })
    // Words of JSON-LD stand for themselves nowhere in a document.
    t.equal(answer.status, named.startsWith('@') ? 400 : 201, JSON.stringify(fiche))
    if (answer.status === 201) t.equal((await verify(answer.body.verifiableCredential)).status, 200)
    const proof = { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' }
    t.equal((await verify({ ...CREDENTIAL, ...change, issuer: wallet.did, proof })).status, 400)
  }
})

t.test('values of no type that was meant are refused, and break nothing', async (t) => {
  const odd = { valueOf: 1 }
  const signed = await issueCredential(tenant)
  const documents: object[] = [
    { type: [odd], '@context': [] },
    { ...signed, proof: { ...signed.proof, cryptosuite: odd } },
    { ...signed, '@context': [CREDENTIALS_V2, { x: { '@id': 'a:b', '@type': odd } }] },
    { ...signed, '@context': [CREDENTIALS_V2, { x: { '@id': 'a:b', constructor: 1, toLocaleString: 1 } }] },
    { ...signed, proof: { ...signed.proof, '@context': { x: 'urn:example:x' } } },
    { ...signed, proof: { ...signed.proof, type: { ...odd, toString: 1 } } },
  ]
  for (const document of documents) {
    t.equal((await verify(document)).status, 400, JSON.stringify(document).slice(-80))
    const { status, valid } = await judge(document)
    t.ok(status === 400 || (status === 200 && valid === false))
  }
  const header = Buffer.from(JSON.stringify({ alg: odd })).toString('base64url')
  const told = await judge(`${header}.${Buffer.from('{}').toString('base64url')}.AAAA`, {
    'content-type': 'text/plain',
  })
  t.strictSame([told.status, told.valid], [200, false])
})

t.test('proofValue is base58-btc and nothing else', async (t) => {
  const { proof, ...rest } = await issueCredential(tenant)
  const value = proof.proofValue
  const others = [
    `${value} `,
    `${value}\n`,
    `${value}\u00a0`,
    `z ${value.slice(1)}`,
    `${value.slice(0, 9)} ${value.slice(9)}`,
  ]
  for (const proofValue of others) {
    const answer = await verify({ ...rest, proof: { ...proof, proofValue } })
    t.strictSame([answer.status, codes(answer)], [400, ['proof-malformed']], JSON.stringify(proofValue))
  }
})

t.test('a token says one thing, and what kind it is', async (t) => {
  t.equal((await verify(enveloped(await tokenOf({})))).status, 200)
  t.equal((await verify(enveloped(await tokenOf({}, {})))).status, 200, 'the envelope says the type')
  const types = ['APPLICATION/VC+JWT', 'application/vc+jwt;charset=utf-8', 'application/vc-ld+jwt']
  for (const type of types) t.equal((await verify(enveloped(await tokenOf({}), type))).status, 200, type)
  const other = { ...CREDENTIAL, issuer: wallet.did, credentialSubject: { id: 'did:example:evil' } }
  const later = Math.floor(Date.now() / 1000) + 600
  const cases: [what: string, token: string, code: string][] = [
    ['a second credential in a claim', await tokenOf({ vc: other }), 'terms-undefined'],
    ['a claim of the older model', await tokenOf({ vc: 'oops' }), 'terms-undefined'],
    ['a presentation in a claim', await tokenOf({ vp: other }), 'terms-undefined'],
    ['a token of presentations', await tokenOf({}, { typ: 'vp+jwt' }), 'proof-claims'],
    ['an end that is no number', await tokenOf({ exp: String(later) }), 'proof-claims'],
    ['an end that is a list', await tokenOf({ exp: [later] }), 'proof-claims'],
    ['a beginning that is nothing', await tokenOf({ nbf: null }), 'proof-claims'],
    ['rules of its own', await tokenOf({}, { typ: 'vc+jwt', b64: true, crit: ['b64'] }), 'proof-unsupported'],
  ]
  for (const [what, token, code] of cases) {
    const answer = await verify(enveloped(token))
    t.strictSame([answer.status, codes(answer)], [400, [code]], what)
  }
  const [header, claims, signature] = (await tokenOf({})).split('.') as [string, string, string]
  t.ok(header)
  const unknown = Buffer.from(JSON.stringify({ alg: 'ES512', kid: wallet.keyId, typ: 'vc+jwt' })).toString(
    'base64url',
  )
  t.strictSame(codes(await verify(enveloped(`${unknown}.${claims}.${signature}`))), ['proof-unsupported'])
})

t.test('whatever dates are signed verify again', async (t) => {
  const OLDER = { ...CREDENTIAL, '@context': [CREDENTIALS_V1] }
  const dated: object[] = [
    { ...CREDENTIAL, validFrom: '2026-01-01T24:00:00Z' },
    { ...CREDENTIAL, validFrom: '2026-01-01T00:00:00.123456789012+01:00' },
    { ...CREDENTIAL, validUntil: '12026-01-01T00:00:00Z' },
    { ...OLDER, issuanceDate: '2026-01-01T00:00:00' },
    { ...OLDER, issuanceDate: '2026-01-01T24:00:00Z' },
  ]
  for (const credential of dated) {
    const { status, body, text } = await issue(credential)
    if (status === 400) t.match(text, /cannot be signed/, 'the library does not know it')
    else t.equal((await verify(body.verifiableCredential)).status, 200, JSON.stringify(credential).slice(-60))
  }
  const dateless = await issue({ ...CREDENTIAL, type: ['VerifiableCredential', 'OpenBadgeCredential'] })
  t.equal(dateless.status, 400, dateless.text)
})

t.test('a credential that could not be signed has no status', async (t) => {
  const id = 'urn:example:unsigned'
  const refused = await issue({ ...CREDENTIAL, id, validFrom: '-0001-01-01T00:00:00Z' }, { status: true })
  t.equal(refused.status, 400)
  t.match(refused.text, /cannot be signed/)
  const path = `/v1/issuers/${tenant.slug}/credentials/status`
  t.equal((await tenant.call('POST', path, { credentialId: id })).status, 404)
})

t.test('a status list of another service like this one is asked there', async (t) => {
  const list = 'https://other.example/status-lists/00000000-0000-4000-8000-000000000000'
  const credentialStatus = {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '1',
    statusListCredential: list,
  }
  const { status, body } = await verify(await issueCredential(tenant, { credentialStatus }))
  t.equal(status, 200)
  const found = (body.checks as Json[]).find(({ check }) => check === 'status')
  t.match(found, { outcome: 'warning', code: 'status-not-checked' })
})

t.test('a number that no reader is sure of is neither signed nor verified', async (t) => {
  const signed = await issueCredential(tenant, {
    '@context': [CREDENTIALS_V2, OWN],
    credentialSubject: { id: 'urn:s', niveau: 9007199254740991 },
  })
  t.equal((await verify(signed)).status, 200)
  const headers = { 'content-type': 'application/json' }
  const text = JSON.stringify({ verifiableCredential: signed })
  for (const number of ['9007199254740993', '123456789012345678901234567890', '1e-400', '1e400', '-1E+309']) {
    const altered = text.replace('9007199254740991', number)
    const answer = await call('POST', '/credentials/verify', Buffer.from(altered), headers)
    t.equal(answer.status, 400, number)
    t.match(answer.text, /json-number|exactly/, number)
  }
})
