import { verify } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import t from 'tap'
import { didJwkOf, holderJwk, publicKeyOf, resolveHolderKey } from '../../src/vc/holder-key.ts'
import { generateKeyPair, toBase58, toMultibase } from '../../src/vc/keys.ts'
import { threadTime } from '../support/thread-time.ts'
import { createWallet } from '../support/wallet.ts'

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

t.test('the published examples resolve to the published keys', async (t) => {
  // did:key method, section "Test vectors"; did:jwk method, section "Examples".
  const examples: [did: string, fragment: string, jwk: object][] = [
    [
      'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
      'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
      { kty: 'OKP', crv: 'Ed25519', x: 'Lm_M42cB3HkUiODQsXRcweM6TByfzEHGO9ND274JcOY' },
    ],
    [
      'did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP',
      'zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP',
      {
        kty: 'EC',
        crv: 'P-256',
        x: 'YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y',
        y: 'eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk',
      },
    ],
    [
      'did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAiLCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9',
      '0',
      {
        kty: 'EC',
        crv: 'P-256',
        x: 'acbIQiuMs3i8_uszEjJ2tpTtRM4EU3yz91PH6CdH2V0',
        y: '_KcyLj9vWMptnmKtm46GqDz8wf74I5LKgrl2GzH3nSE',
      },
    ],
  ]
  for (const [did, fragment, jwk] of examples) {
    t.same(resolveHolderKey(`${did}#${fragment}`), { did, jwk })
    t.same(resolveHolderKey(did), { did, jwk }, 'by the DID alone')
    t.equal(resolveHolderKey(`${did}#${fragment}x`), undefined, 'not by a fragment that is not there')
  }
})

t.test('the published vector of ecdsa-rdfc-2019 verifies with the key of its DID', async (t) => {
  // Data Integrity ECDSA Cryptosuites 1.0, appendix A.1 (Representation: ecdsa-rdfc-2019, with curve P-256).
  const hashes =
    '3a8a522f689025727fb9d1f0fa99a618da023e8494ac74f51015d009d35abc2e517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017'
  const signature =
    '1cb4290918ffb04a55ff7ae1e55e316a9990fda8eec67325eac7fcbf2ddf9dd2b06716a657e72b284c9604df3a172ecbf06a1a475b49ac807b1d9162df855636'
  const multibase = 'zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP'
  const key = publicKeyOf(resolveHolderKey(`did:key:${multibase}`)!.jwk)
  t.ok(
    verify(
      'sha256',
      Buffer.from(hashes, 'hex'),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'hex'),
    ),
  )
})

t.test('each key is found again from its DID, whichever the method', async (t) => {
  for (const algorithm of ['Ed25519', 'P-256'] as const) {
    for (const method of ['key', 'jwk'] as const) {
      for (let i = 0; i < 20; i++) {
        const { did, keyId, publicJwk } = createWallet(algorithm, method)
        const found = resolveHolderKey(keyId)
        t.same(found, { did, jwk: publicJwk })
        t.equal(await calculateJwkThumbprint(found!.jwk), await calculateJwkThumbprint(publicJwk))
      }
    }
  }
})

t.test('a did:jwk keeps its name, and says no more than its key', async (t) => {
  const { publicJwk } = createWallet('P-256')
  const told = { alg: 'ES256', use: 'sig', kid: 'é', ...publicJwk, key_ops: ['verify'] }
  const did = `did:jwk:${encode(told)}`
  t.same(resolveHolderKey(`${did}#0`), { did, jwk: publicJwk })
  const { did: own } = createWallet('Ed25519', 'jwk')
  t.equal(didJwkOf(resolveHolderKey(own)!.jwk), own)
  // RFC 8785: the members stand in the order of the alphabet, and none is there that is not the key.
  const shuffled = { y: (publicJwk as { y: string }).y, kid: 'é', x: publicJwk.x, kty: 'EC', crv: 'P-256' }
  const members = { crv: 'P-256', kty: 'EC', x: publicJwk.x, y: shuffled.y }
  t.equal(didJwkOf(holderJwk(shuffled)!), `did:jwk:${encode(members)}`)
})

t.test('everything else is no key of a holder', async (t) => {
  const { publicJwk } = createWallet('P-256')
  const ed25519 = createWallet()
  const pair = generateKeyPair('P-256')
  const jwks: [what: string, jwk: unknown][] = [
    ['no object', null],
    ['a text', 'x'],
    ['a list', [publicJwk]],
    ['a secret', pair.privateJwk],
    ['another curve', { ...publicJwk, crv: 'P-384' }],
    ['another type', { ...publicJwk, kty: 'oct', k: 'AAAA' }],
    ['X25519', { ...ed25519.publicJwk, crv: 'X25519' }],
    ['secp256k1', { ...publicJwk, crv: 'secp256k1' }],
    ['off the curve', { ...publicJwk, y: publicJwk.x }],
    ['no y', { ...publicJwk, y: undefined }],
    ['a number', { ...publicJwk, x: 1 }],
    ['an object', { ...publicJwk, x: {} }],
    ['too short', { ...ed25519.publicJwk, x: ed25519.publicJwk.x.slice(1) }],
    ['too long', { ...ed25519.publicJwk, x: `${ed25519.publicJwk.x}A` }],
    ['not canonical', { ...ed25519.publicJwk, x: `${ed25519.publicJwk.x.slice(0, -1)}B` }],
    ['with padding', { ...ed25519.publicJwk, x: `${ed25519.publicJwk.x}=` }],
  ]
  for (const [what, jwk] of jwks) {
    t.equal(holderJwk(jwk), undefined, what)
    t.equal(resolveHolderKey(`did:jwk:${encode(jwk)}#0`), undefined, `did:jwk: ${what}`)
  }
  const multibase = toMultibase(publicJwk)
  /** A compressed point of this x. */
  const point = (x: string) => toBase58(Buffer.from(`802403${x.padStart(64, '0')}`, 'hex'))
  t.match(
    resolveHolderKey(`did:key:${point('5')}`),
    { jwk: { crv: 'P-256' } },
    'there is a point with this x',
  )
  const names = [
    '',
    'did:key:',
    'did:key:z6Mk',
    `did:key:${point('1')}`,
    `did:key:${point('f'.repeat(64))}`,
    `did:key:${point('5')}`.replace('zDn', 'zDm'),
    `did:key:${multibase}#`,
    `did:key:${multibase}#0`,
    `did:key:${multibase}#${multibase}#`,
    `did:key:${multibase}?x=1`,
    `did:key:${multibase}/path`,
    ` did:key:${multibase}`,
    `did:key:${multibase}\n`,
    `DID:key:${multibase}`,
    `did:key:${toMultibase(ed25519.publicJwk)}#${multibase}`,
    'did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc',
    'did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme',
    `did:web:${multibase}`,
    'did:web:localhost#key-1',
    'https://example.org/keys/1',
    'did:jwk:#0',
    'did:jwk:e30#0',
    'did:jwk:!!!#0',
    `did:jwk:${encode(publicJwk)}#1`,
    `did:jwk:${encode(publicJwk)}#`,
    `did:jwk:${encode({ ...publicJwk, use: 'enc' })}#0`,
    `did:jwk:${encode({ ...publicJwk, kid: 'x'.repeat(2000) })}#0`,
    `did:key:z6Mk${'1'.repeat(100_000)}`,
    `did:jwk:${'A'.repeat(1_000_000)}`,
  ]
  const start = threadTime()
  for (const name of names) t.equal(resolveHolderKey(name), undefined, name.slice(0, 60))
  t.ok(threadTime() - start < 500, 'and at once')
})
