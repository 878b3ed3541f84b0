import { randomUUID } from 'node:crypto'
import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose'
import t from 'tap'
import type { Json } from '../../src/vc/credential.ts'
import { didJwkOf, type HolderJwk } from '../../src/vc/holder-key.ts'
import { unsigned, verifier } from '../support/foreign-issuer.ts'
import { startWithStranger } from '../support/foreign-service.ts'
import { type Certificate, makeCertificate, WITHOUT_OPENSSL } from '../support/https-server.ts'
import { signatory } from '../support/proofs.ts'

const certificate = await makeCertificate()

t.test('keys at other addresses', certificate ? {} : { skip: WITHOUT_OPENSSL }, async (t) => {
  const stranger = await startWithStranger(t, certificate as Certificate)
  const { service, origin, pages } = stranger
  const verify = verifier(service.app)
  const signer = signatory()
  const { multibase, did } = signer

  async function judge(issuer: string, verificationMethod: string): Promise<[string | undefined, boolean]> {
    const document = unsigned(issuer)
    const told = await verify({ ...document, proof: await signer.prove(document, { verificationMethod }) })
    return [told.checks.proof, told.valid]
  }

  t.test('an issuer that is no DID and publishes no keys is believed with a warning', async (t) => {
    pages.set('/profile', { id: `${origin}/profile`, type: 'Profile', name: 'Ailleurs' })
    const issuers = [
      'http://elsewhere.example/issuers/1',
      'urn:uuid:6f2e33e5-7a29-4155-840a-59483ba10164',
      `${origin}/absent`,
      `${origin}/profile`,
    ]
    for (const issuer of issuers) {
      for (const method of [`${issuer}#${multibase}`, did, `${did}#${multibase}`])
        t.strictSame(await judge(issuer, method), ['warning:proof-key-unconfirmed', true], method)
      t.strictSame(await judge(issuer, `${issuer}#key-1`), ['skipped:proof-issuer-not-resolved', false])
      const other = signatory().multibase
      t.strictSame(await judge(issuer, `${issuer}#${other}`), ['failed:proof-invalid', false])
    }
  })

  t.test('an issuer that publishes its keys has no others', async (t) => {
    const issuer = `${origin}/issuers/1`
    const own = (id: string) => ({ id, type: 'Multikey', controller: issuer, publicKeyMultibase: multibase })
    const named = `${issuer}#${multibase}`
    const cases: [string, object, string, string][] = [
      ['listed', { verificationMethod: [own(named)], assertionMethod: [named] }, named, 'proof-ok'],
      ['by another name', { assertionMethod: [own(`${issuer}#1`)] }, `${issuer}#1`, 'proof-ok'],
      ['a did:key', { assertionMethod: [`${did}#${multibase}`] }, `${did}#${multibase}`, 'proof-ok'],
      ['a did:key, by its DID', { assertionMethod: [`${did}#${multibase}`] }, did, 'proof-ok'],
      ['not listed', { verificationMethod: [own(named)] }, named, 'failed:proof-key-unknown'],
      ['none', { verificationMethod: [], assertionMethod: [] }, named, 'failed:proof-key-unknown'],
      ['a did:key that is not', { assertionMethod: [] }, did, 'failed:proof-key-unknown'],
      ['of another', { id: `${origin}/x`, assertionMethod: [own(named)] }, named, 'failed:proof-key-unknown'],
    ]
    for (const [name, document, method, expected] of cases) {
      pages.set('/issuers/1', { id: issuer, ...document })
      t.strictSame(await judge(issuer, method), [expected, expected === 'proof-ok'], name)
    }
  })

  t.test('a key that was withdrawn or has expired does not count', async (t) => {
    const issuer = `${stranger.did}:ended`
    const method = { id: `${issuer}#1`, type: 'Multikey', controller: issuer, publicKeyMultibase: multibase }
    const cases: [object, string][] = [
      [{ revoked: '2999-01-01T00:00:00Z', expires: '2999-01-01T00:00:00Z' }, 'proof-ok'],
      [{ revoked: '2024-06-01T00:00:00Z' }, 'failed:proof-key-ended'],
      [{ expires: '2024-06-01T00:00:00Z' }, 'failed:proof-key-ended'],
      [{ revoked: 'yes' }, 'failed:proof-key-ended'],
    ]
    for (const [ends, expected] of cases) {
      pages.set('/ended/did.json', { id: issuer, assertionMethod: [{ ...method, ...ends }] })
      t.strictSame(
        await judge(issuer, `${issuer}#1`),
        [expected, expected === 'proof-ok'],
        JSON.stringify(ends),
      )
    }
  })

  t.test('one method at an address of its own is its controller’s if the controller says so', async (t) => {
    const issuer = `${stranger.did}:far`
    const method = `${origin}/keys/far`
    const key = { id: method, type: 'Multikey', controller: issuer, publicKeyMultibase: multibase }
    pages.set('/keys/far', key)
    pages.set('/far/did.json', { id: issuer, assertionMethod: [method] })
    t.strictSame(await judge(issuer, method), ['proof-ok', true])
    pages.set('/far/did.json', { id: issuer, assertionMethod: [] })
    t.strictSame(await judge(issuer, method), ['failed:proof-key-unknown', false])
    pages.delete('/far/did.json')
    t.strictSame(await judge('did:web:elsewhere.example', method), ['failed:proof-issuer-mismatch', false])
    pages.set('/keys/far', { ...key, controller: 'https://elsewhere.example/issuer' })
    const https = 'https://elsewhere.example/issuer'
    t.strictSame(await judge(https, method), ['warning:proof-key-unconfirmed', true])
    t.strictSame(await judge(signatory().did, method), ['failed:proof-issuer-mismatch', false])
  })

  t.test('tokens', async (t) => {
    const make = async (alg: string, options = {}) => {
      const pair = await generateKeyPair(alg, { extractable: true, ...options })
      return { ...pair, jwk: await exportJWK(pair.publicKey), alg }
    }
    type Made = Awaited<ReturnType<typeof make>>
    const es256 = await make('ES256')
    const eddsa = await make('EdDSA', { crv: 'Ed25519' })
    const es384 = await make('ES384')
    const didJwk = (jwk: JWK) => `did:jwk:${Buffer.from(JSON.stringify(jwk)).toString('base64url')}`

    async function token(key: Made, issuer: string, header: Json, change: Json = {}): Promise<string> {
      const { id, credentialSubject, validFrom, ...rest } = unsigned(issuer)
      const claims = {
        ...rest,
        id,
        credentialSubject,
        validFrom,
        iss: issuer,
        jti: id,
        sub: credentialSubject.id,
        nbf: Date.parse(validFrom) / 1000,
        ...change,
      }
      return new CompactSign(Buffer.from(JSON.stringify(claims)))
        .setProtectedHeader({ alg: key.alg, ...header })
        .sign(key.privateKey)
    }
    const told = async (text: string) => (await verify(text, { 'content-type': 'text/plain' })).checks.proof

    const url = `${origin}/jwk/1`
    pages.set('/jwk/1', { ...es256.jwk, kid: url })
    const https = 'https://elsewhere.example/issuers/1'
    const holder = didJwkOf(es256.jwk as HolderJwk)
    const cases: [string, string, string][] = [
      ['ES256 of a did:jwk', await token(es256, holder, { kid: `${holder}#0` }), 'proof-ok'],
      ['the DID names its key', await token(es256, holder, { kid: holder }), 'proof-ok'],
      ['the fragment names it', await token(es256, holder, { kid: '#0' }), 'proof-ok'],
      ['with its key, for a did:jwk', await token(es256, holder, { jwk: es256.jwk }), 'proof-ok'],
      ['EdDSA', await token(eddsa, didJwk(eddsa.jwk), { kid: `${didJwk(eddsa.jwk)}#0` }), 'proof-ok'],
      ['ES384', await token(es384, didJwk(es384.jwk), { kid: `${didJwk(es384.jwk)}#0` }), 'proof-ok'],
      ['one JWK at an address', await token(es256, https, { kid: url }), 'warning:proof-key-unconfirmed'],
      ['with its key', await token(es256, https, { jwk: es256.jwk }), 'warning:proof-key-unconfirmed'],
      [
        'with its key, for a DID of another',
        await token(es256, did, { jwk: es256.jwk }),
        'failed:proof-key-unknown',
      ],
      ['an address, for a DID', await token(es256, holder, { kid: url }), 'failed:proof-key-unknown'],
      ['no key', await token(es256, https, {}), 'skipped:proof-key-unnamed'],
      [
        'an address with nothing',
        await token(es256, https, { kid: `${url}0` }),
        'skipped:proof-issuer-not-resolved',
      ],
      [
        'with its secret',
        await token(es256, https, { jwk: await exportJWK(es256.privateKey) }),
        'failed:proof-key-unknown',
      ],
      ['for another key', await token(eddsa, https, { kid: url }), 'failed:proof-invalid'],
      [
        'claims of the token alone',
        await token(es256, holder, { kid: holder, typ: 'vc+jwt' }, ABOUT_TOKEN),
        'proof-ok',
      ],
      [
        'which has expired',
        await token(es256, holder, { kid: holder, typ: 'vc+jwt' }, { ...ABOUT_TOKEN, exp: 1_704_067_201 }),
        'failed:proof-expired',
      ],
      [
        'which is not valid yet',
        await token(es256, holder, { kid: holder, typ: 'vc+jwt' }, { ...ABOUT_TOKEN, nbf: 32_503_680_000 }),
        'failed:proof-claims',
      ],
      [
        'which says another id',
        await token(es256, holder, { kid: holder, typ: 'vc+jwt' }, { jti: `urn:uuid:${randomUUID()}` }),
        'failed:proof-claims',
      ],
      ['b64', unencoded(await token(es256, holder, { kid: holder })), 'failed:proof-unsupported'],
    ]
    for (const [name, text, expected] of cases) t.equal(await told(text), expected, name)
    pages.set('/jwk/1', { ...es256.jwk, d: 'AAAA' })
    t.equal(await told(await token(es256, https, { kid: url })), 'skipped:proof-issuer-not-resolved')
  })
})

const ABOUT_TOKEN = { nbf: undefined, jti: undefined, sub: undefined, iss: undefined }

/** The same with a header that asks for another way of signing. */
function unencoded(text: string): string {
  const [head, ...rest] = text.split('.') as [string, string, string]
  const header = { ...JSON.parse(Buffer.from(head, 'base64url').toString()), b64: false, crit: ['b64'] }
  return [Buffer.from(JSON.stringify(header)).toString('base64url'), ...rest].join('.')
}
