import { createHmac } from 'node:crypto'
import { CompactSign, exportJWK, generateKeyPair } from 'jose'
import t from 'tap'
import { activeKey } from '../../src/keys/active-key.ts'
import type { Json } from '../../src/vc/credential.ts'
import { award, createBadge, createTenant, type Tenant } from '../support/factories.ts'
import { ALL_WELL, foreignIssuer, unsigned, verifier } from '../support/foreign-issuer.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'

const service = await startService(t)
const call = caller(service.app)
const verify = verifier(service.app)
const ours = await createTenant(service.app)
const other = await createTenant(service.app)
const badge = await createBadge(ours)
const { path } = await award(ours, badge.id, { validUntil: '2099-01-01T00:00:00Z' })
const good = (await call('GET', `${path}.jwt`)).text
const [head, body, signature] = good.split('.') as [string, string, string]
const header = decode(head)
const claims = decode(body)
const ourKey = await activeKey(service.ctx, ours, 'P-256')

const WELL = { ...ALL_WELL, expiration: 'expiration-ok' }

const judge = (token: string) => verify(token, { 'content-type': 'text/plain' })

t.test('a token of ours is genuine, whatever white space stands around it', async (t) => {
  for (const token of [good, `\n  ${good}\r\n`, `\ufeff${good}`]) {
    t.strictSame((await judge(token)).checks, WELL)
  }
  t.strictSame((await verify(good, { 'content-type': 'application/vc+jwt' })).checks, WELL)
})

t.test('the credential that a token holds is told without its claims', async (t) => {
  const { credential } = (await judge(good)).answer.body
  t.equal(credential.id, claims.jti)
  for (const name of ['iss', 'sub', 'jti', 'nbf', 'exp']) t.notOk(name in credential, name)
})

t.test('a token with a changed part, another algorithm or another key is not believed', async (t) => {
  const stranger = await generateKeyPair('ES256', { extractable: true })
  const byStranger = (more: Json) => signedBy(stranger.privateKey, { ...header, ...more }, claims)
  const theirs = await activeKey(service.ctx, other, 'P-256')
  const itsJwk = await exportJWK(stranger.publicKey)
  const publicBytes = Buffer.from(JSON.stringify((await jwksOf(ours))[0]))
  const cases: [string, string, string][] = [
    [
      'changed claims',
      `${head}.${encode({ ...claims, name: 'Autre' })}.${signature}`,
      'failed:proof-invalid',
    ],
    ['changed header', `${encode({ ...header, typ: 'jwt' })}.${body}.${signature}`, 'failed:proof-invalid'],
    [
      'changed signature',
      `${head}.${body}.${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`,
      'failed:proof-invalid',
    ],
    [
      'alg none with a signature',
      `${encode({ ...header, alg: 'none' })}.${body}.${signature}`,
      'failed:proof-unsupported',
    ],
    [
      'alg none in capitals',
      `${encode({ ...header, alg: 'NONE' })}.${body}.AAAA`,
      'failed:proof-unsupported',
    ],
    ['HS256 by our public key', hs256({ ...header, alg: 'HS256' }, publicBytes), 'failed:proof-unsupported'],
    [
      'RS256 in the name of a P-256 key',
      `${encode({ ...header, alg: 'RS256' })}.${body}.${signature}`,
      'failed:proof-invalid',
    ],
    ['a stranger in the name of our key', await byStranger({}), 'failed:proof-invalid'],
    ['a stranger with its own jwk', await byStranger({ jwk: itsJwk }), 'failed:proof-invalid'],
    [
      'a stranger with its own jwk and no kid',
      await byStranger({ jwk: itsJwk, kid: undefined }),
      'failed:proof-key-unknown',
    ],
    ['a stranger’s kid', await byStranger({ kid: 'https://evil.example/key' }), 'failed:proof-key-unknown'],
    ['a key that does not exist', await byStranger({ kid: `${ours.did}#zDn` }), 'failed:proof-key-unknown'],
    [
      'another issuer of this service',
      await signedBy(theirs.privateKey, { ...header, kid: theirs.id }, claims),
      'failed:proof-key-unknown',
    ],
    [
      'another issuer in the name of our key',
      await signedBy(theirs.privateKey, header, claims),
      'failed:proof-invalid',
    ],
    [
      'another issuer by the URL of its key',
      await signedBy(
        theirs.privateKey,
        { ...header, kid: `${PUBLIC_URL}/keys/${theirs.id.split('#')[1]}` },
        claims,
      ),
      'failed:proof-key-unknown',
    ],
    ['a kid that is a number', await byStranger({ kid: 1 }), 'skipped:proof-key-unnamed'],
  ]
  for (const [name, token, expected] of cases) {
    const told = await judge(token)
    t.equal(told.checks.proof, expected, name)
    t.equal(told.valid, false, name)
  }
})

t.test('a token without a signature is no credential', async (t) => {
  const unsecured = `${encode({ alg: 'none' })}.${body}`
  for (const token of [`${unsecured}.`, unsecured, `${head}.${body}`, `.${body}.${signature}`]) {
    const told = await judge(token)
    t.equal(told.checks.parse, 'failed:not-a-credential')
    t.equal(told.valid, false)
  }
})

t.test('claims that do not mirror the credential are told by name, though we signed them', async (t) => {
  const changes: [string, Json][] = [
    ['iss', { iss: other.did }],
    ['jti', { jti: 'urn:uuid:3f0c7c52-6d0c-4b8c-9a54-0f7d6c1f2b11' }],
    ['sub', { sub: 'did:example:other' }],
    ['nbf', { nbf: (claims.nbf as number) - 1 }],
    ['nbf', { nbf: String(claims.nbf) }],
    ['exp', { exp: (claims.exp as number) + 1 }],
    ['exp', { exp: undefined }],
    ['exp', { validUntil: undefined }],
  ]
  for (const [claim, change] of changes) {
    const told = await judge(await signedBy(ourKey.privateKey, header, { ...claims, ...change }))
    t.equal(told.checks.proof, 'failed:proof-claims', claim)
    const { message } = told.answer.body.checks.find(({ check }: { check: string }) => check === 'proof')
    t.match(message, ` ${claim} `)
    t.equal(told.valid, false)
  }
})

t.test('a token of a did:key is checked by its own kind of key alone', async (t) => {
  const { did } = foreignIssuer()
  const { privateKey } = await generateKeyPair('ES256')
  const { credentialSubject, id } = unsigned(did)
  const told = await judge(
    await signedBy(
      privateKey,
      { alg: 'ES256', kid: `${did}#${did.slice('did:key:'.length)}` },
      {
        ...unsigned(did),
        iss: did,
        jti: id,
        sub: credentialSubject.id,
      },
    ),
  )
  t.equal(told.checks.proof, 'failed:proof-invalid')
  t.equal(told.valid, false)
})

t.test('what a token holds follows the rules of every body', async (t) => {
  const holding = (text: string) => `${head}.${Buffer.from(text).toString('base64url')}.${signature}`
  const cases = [
    ['U+0000 in the issuer', holding('{"issuer":{"id":"did:web:\\u0000"}}'), '/issuer/id'],
    ['half a character', holding('{"id":"\\ud800"}'), '/id'],
    ['a member twice', holding('{"iss":"a","iss":"b"}'), '/iss'],
    ['__proto__', holding('{"vc":{"__proto__":{"id":"x"}}}'), '/vc/__proto__'],
    [
      'a header twice',
      `${Buffer.from('{"alg":"ES256","alg":"none"}').toString('base64url')}.${body}.${signature}`,
      '/alg',
    ],
  ] as const
  for (const [name, token, at] of cases) {
    const told = await judge(token)
    t.equal(told.status, 400, name)
    t.equal(told.answer.body.errors?.[0].path, at, name)
  }
  const deep = await judge(holding(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`))
  t.equal(deep.status, 400)
})

t.test('a revoked badge is revoked as a token too', async (t) => {
  const { id, path } = await award(ours, badge.id)
  const token = (await call('GET', `${path}.jwt`)).text
  t.equal((await judge(token)).valid, true)
  await ours.call('POST', `/v1/assertions/${id}/revoke`, { reason: 'Erreur' })
  const told = await judge(token)
  t.strictSame(told.checks, { ...ALL_WELL, status: 'failed:status-revoked' })
  t.equal(told.valid, false)
})

type PrivateKey = Parameters<CompactSign['sign']>[0]

function signedBy(key: PrivateKey, protectedHeader: Json, payload: Json): Promise<string> {
  const { alg = 'ES256', ...rest } = protectedHeader
  return new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: String(alg), ...rest })
    .sign(key)
}

function hs256(protectedHeader: Json, secret: Buffer): string {
  const input = `${encode(protectedHeader)}.${body}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

async function jwksOf(tenant: Tenant): Promise<object[]> {
  return (await call('GET', `/issuers/${tenant.slug}/jwks.json`)).body.keys
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decode(part: string): Json {
  return JSON.parse(Buffer.from(part, 'base64url').toString())
}
