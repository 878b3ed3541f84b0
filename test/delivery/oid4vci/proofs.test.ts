import { createHmac, randomBytes } from 'node:crypto'
import t from 'tap'
import type { Json } from '../../../src/vc/credential.ts'
import { createTenant } from '../../support/factories.ts'
import { post, readOffer, tokenForm } from '../../support/openid-wallet.ts'
import { createWallet } from '../../support/wallet.ts'
import { startStand } from './stand.ts'

const stand = await startStand(t)
const aud = stand.issuer
const other = await createTenant(stand.service.app)
const wallet = createWallet()
const thief = createWallet()
const p256 = createWallet('P-256')

const freshNonce = async (issuer = aud): Promise<string> => (await post(`${issuer}/nonce`)).body.c_nonce
const now = () => Math.floor(Date.now() / 1000)

/** A JWT put together by hand, as no library would. */
function forge(header: Json, claims: Json, signature = randomBytes(64)): string {
  const [head, body] = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  return `${head}.${body}.${signature.toString('base64url')}`
}

const typ = 'openid4vci-proof+jwt'
const kid = wallet.keyId
const privateJwk = wallet.privateKey.export({ format: 'jwk' }) as Json

/** Signed over by HMAC with the public key as the secret, as a careless verifier would take it. */
function hmacProof(nonce: string): string {
  const [head, body] = forge({ alg: 'HS256', typ, kid }, { aud, nonce, iat: now() }).split('.')
  const secret = Buffer.from(wallet.publicJwk.x, 'base64url')
  const mac = createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url')
  return `${head}.${body}.${mac}`
}

const jwt =
  (options: object = {}) =>
  async (nonce: string) => ({
    jwt: [await wallet.proofJwt({ aud, nonce, ...options })],
  })

/** Proofs that are none, each as the `proofs` of a request: what is wrong with it, and how it is made for a nonce. */
const BAD_JWTS: Record<string, (nonce: string) => object | Promise<object>> = {
  'no proof': () => ({}),
  'an empty list': () => ({ jwt: [] }),
  'no list': async (nonce) => ({ jwt: await wallet.proofJwt({ aud, nonce }) }),
  'not a JWT': () => ({ jwt: ['x'] }),
  'not a text': () => ({ jwt: [{ a: 1 }] }),
  'a JWT of 20 KB': jwt({ claims: { more: 'x'.repeat(20_000) } }),
  'two proofs': async (nonce) => ({
    jwt: [await wallet.proofJwt({ aud, nonce }), await wallet.proofJwt({ aud, nonce })],
  }),
  'two kinds of proof': async (nonce) => ({
    jwt: [await wallet.proofJwt({ aud, nonce })],
    di_vp: [await wallet.present({ challenge: nonce, domain: aud, suite: 'eddsa-rdfc-2022' })],
  }),
  'an unknown kind of proof': async (nonce) => ({ attestation: [await wallet.proofJwt({ aud, nonce })] }),
  'a kind of proof by the name of a method': () => ({ constructor: ['x'] }),
  'a signature by another key': async (nonce) => ({
    jwt: [await thief.proofJwt({ aud, nonce, header: { kid } })],
  }),
  'a signature that is noise': (nonce) => ({
    jwt: [forge({ alg: 'EdDSA', typ, kid }, { aud, nonce, iat: now() })],
  }),
  'claims that were changed': async (nonce) => {
    const [head, , signature] = (await wallet.proofJwt({ aud, nonce })).split('.')
    const claims = Buffer.from(JSON.stringify({ aud, nonce, iat: now() - 1 })).toString('base64url')
    return { jwt: [`${head}.${claims}.${signature}`] }
  },
  'another audience': jwt({ aud: 'https://other.example' }),
  'the audience of a neighbour': jwt({ aud: `${new URL(aud).origin}/oid4vci/${other.slug}` }),
  'no audience': jwt({ claims: { aud: undefined } }),
  'no nonce': jwt({ nonce: undefined }),
  'a nonce that is a number': jwt({ claims: { nonce: 5 } }),
  'another typ': jwt({ header: { typ: 'JWT' } }),
  'no typ': jwt({ header: { typ: undefined } }),
  'made ten minutes ago': jwt({ claims: { iat: now() - 600 } }),
  'made in ten minutes': jwt({ claims: { iat: now() + 600 } }),
  'made at a time that is text': jwt({ claims: { iat: String(now()) } }),
  'made at no time': jwt({ claims: { iat: undefined } }),
  'expired ten minutes ago': jwt({ claims: { exp: now() - 600 } }),
  'alg none': (nonce) => ({
    jwt: [forge({ alg: 'none', typ, kid }, { aud, nonce, iat: now() }, Buffer.alloc(0))],
  }),
  'alg none, with a signature': (nonce) => ({
    jwt: [forge({ alg: 'none', typ, kid }, { aud, nonce, iat: now() })],
  }),
  'alg HS256 with the public key as the secret': (nonce) => ({ jwt: [hmacProof(nonce)] }),
  'a symmetric key in the header': (nonce) => ({
    jwt: [forge({ alg: 'HS256', typ, jwk: { kty: 'oct', k: 'AAAA' } }, { aud, nonce, iat: now() })],
  }),
  'the algorithm of another key': jwt({ header: { kid: p256.keyId } }),
  'the private key in the header': jwt({ by: 'jwk', header: { jwk: privateJwk } }),
  'a key and its name in the header': jwt({ header: { jwk: wallet.publicJwk } }),
  'no key in the header': jwt({ header: { kid: undefined } }),
  'a certificate in the header': jwt({ header: { kid: undefined, x5c: ['MIIB'] } }),
  'a certificate beside the key': jwt({ header: { x5c: ['MIIB'] } }),
  'a key that would have to be fetched': jwt({ header: { kid: 'did:web:holder.example#1' } }),
  'a key by https': jwt({ header: { kid: 'https://holder.example/key' } }),
  'a name of a key that is no text': jwt({ header: { kid: 5 } }),
  'a key of a did:key that is broken': jwt({ header: { kid: `${wallet.did}x` } }),
  'a point that is not on the curve': (nonce) => {
    const jwk = { kty: 'EC', crv: 'P-256', x: privateJwk.x, y: privateJwk.x }
    return { jwt: [forge({ alg: 'ES256', typ, jwk }, { aud, nonce, iat: now() })] }
  },
}

type Presenting = Parameters<typeof wallet.present>[0]
const present =
  (options: Partial<Presenting> = {}) =>
  async (nonce: string) => ({
    di_vp: [await wallet.present({ challenge: nonce, domain: aud, suite: 'eddsa-rdfc-2022', ...options })],
  })

const BAD_PRESENTATIONS: Record<string, (nonce: string) => object | Promise<object>> = {
  'no domain': present({ domain: undefined }),
  'another domain': present({ domain: 'https://other.example' }),
  'a holder who did not sign': present({ presentation: { holder: thief.did } }),
  'another purpose': present({ proof: { proofPurpose: 'assertionMethod' } }),
  'a key of somebody else': present({ proof: { verificationMethod: thief.keyId } }),
  'changed after it was signed': async (nonce) => {
    const [presentation] = (await present()(nonce)).di_vp as [Json]
    return { di_vp: [{ ...presentation, id: 'urn:uuid:6f9619ff-8b86-4d01-b42d-00cf4fc964ff' }] }
  },
  'no challenge': present({ proof: { challenge: undefined } }),
  'two presentations': async (nonce) => ({
    di_vp: [...(await present()(nonce)).di_vp, ...(await present()(nonce)).di_vp],
  }),
  null: () => ({ di_vp: [null] }),
  'a text': () => ({ di_vp: ['x'] }),
  'no proof in it': () => ({ di_vp: [{ '@context': [], type: ['VerifiablePresentation'] }] }),
  'a proof that is null': () => ({ di_vp: [{ type: ['VerifiablePresentation'], proof: null }] }),
}

const { link } = await stand.offer('ldp_vc')
const token = (await post(`${aud}/token`, tokenForm(await readOffer(link)))).body.access_token
const ask = (body: object) => post(`${aud}/credential`, body, `Bearer ${token}`)
const askFinal = (proofs: object) =>
  ask({ credential_configuration_id: 'OpenBadgeCredential_ldp_vc', proofs })

/** The same proof in the forms of draft 13, where there are some for it; drafts called a presentation ldp_vp. */
function draftProofs(proofs: object): object[] {
  const [[type, values] = [], ...more] = Object.entries(proofs) as [string?, unknown?][]
  if (type === undefined || more.length > 0 || !Array.isArray(values) || values.length !== 1) return []
  const names = type === 'di_vp' ? [type, 'ldp_vp'] : [type]
  return names.map((name) => ({ format: 'ldp_vc', proof: { proof_type: name, [name]: values[0] } }))
}

for (const [what, make] of Object.entries({ ...BAD_JWTS, ...BAD_PRESENTATIONS })) {
  t.test(`a proof is refused: ${what}`, async (t) => {
    const proofs = await make(await freshNonce())
    const answer = await askFinal(proofs)
    t.equal(answer.status, 400)
    t.match(answer.body, { error: 'invalid_proof', error_description: String, c_nonce_expires_in: 600 })
    t.ok(answer.body.c_nonce, 'with a nonce to try again')
    t.equal(answer.headers.get('cache-control'), 'no-store')
    for (const older of draftProofs(proofs))
      t.match(await ask(older), { status: 400, body: { error: 'invalid_proof', c_nonce: String } })
  })
}

t.test('a nonce that is not a live one of this issuer is refused, each edition in its words', async (t) => {
  const { setTime } = stand.service
  setTime(new Date(Date.now() - 601_000))
  const expired = await freshNonce()
  setTime(new Date())
  const good = await freshNonce()
  const altered = `${good.startsWith('A') ? 'B' : 'A'}${good.slice(1)}`
  const ofOther = await freshNonce(`${new URL(aud).origin}/oid4vci/${other.slug}`)
  const cases = {
    expired,
    altered,
    ofOther,
    short: good.slice(0, 20),
    longer: `${good}A`,
    made: 'x',
    odd: `${good}=`,
  }
  for (const [what, nonce] of Object.entries(cases)) {
    for (const proofs of [await jwt()(nonce), await present()(nonce)]) {
      const final = await askFinal(proofs)
      t.match(final, { status: 400, body: { error: 'invalid_nonce', c_nonce: String } }, what)
      const draft = await ask(draftProofs(proofs)[0]!)
      t.match(draft, { status: 400, body: { error: 'invalid_proof', c_nonce: String } }, what)
    }
  }
})

t.test('what was refused used up nothing: the right proof is taken, once', async (t) => {
  const nonce = await freshNonce()
  const wrong = await wallet.proofJwt({ aud: 'https://other.example', nonce })
  t.equal((await askFinal({ jwt: [wrong] })).body.error, 'invalid_proof')
  const proofs = await jwt({ aud: [`${aud}/`, 'https://other.example'] })(nonce)
  const given = await askFinal(proofs)
  t.equal(given.status, 200, 'one audience of several, with a slash at the end')
  const again = await askFinal(proofs)
  t.match(again, { status: 400, body: { error: 'invalid_nonce', c_nonce: String } }, 'a replayed nonce')
  const draft = await ask(draftProofs(proofs)[0]!)
  t.match(draft, { status: 400, body: { error: 'invalid_proof', c_nonce: String } }, 'in draft 13 too')
  const fresh = await jwt()(draft.body.c_nonce)
  t.equal((await askFinal(fresh)).status, 200, 'the nonce of the refusal is a good one')
})

t.test('the credential is bound to the first wallet, and another one is denied it', async (t) => {
  const denied = await askFinal({ jwt: [await thief.proofJwt({ aud, nonce: await freshNonce() })] })
  t.match(denied, { status: 400, body: { error: 'credential_request_denied' } })
  t.notOk('c_nonce' in denied.body, 'no other proof would help')
  t.equal((await askFinal(await jwt()(await freshNonce()))).status, 200)
})

t.test('of twenty requests at once with one nonce one is answered', async (t) => {
  const proofs = await jwt()(await freshNonce())
  const answers = await Promise.all(Array.from({ length: 20 }, () => askFinal(proofs)))
  const codes = answers.map(({ status, body }) => (status === 200 ? 'ok' : body.error))
  t.strictSame(codes.sort(), [...Array(19).fill('invalid_nonce'), 'ok'])
})

t.test('of twenty wallets at once with one token one collects', async (t) => {
  const offered = await stand.offer('ldp_vc')
  const { body } = await post(`${aud}/token`, tokenForm(await readOffer(offered.link)))
  const wallets = Array.from({ length: 20 }, () => createWallet())
  const answers = await Promise.all(
    wallets.map(async (one) => {
      const jwt = await one.proofJwt({ aud, nonce: await freshNonce() })
      const request = { credential_configuration_id: 'OpenBadgeCredential_ldp_vc', proofs: { jwt: [jwt] } }
      return post(`${aud}/credential`, request, `Bearer ${body.access_token}`)
    }),
  )
  const codes = answers.map(({ status, body }) => (status === 200 ? 'ok' : body.error))
  t.strictSame(codes.sort(), [...Array(19).fill('credential_request_denied'), 'ok'])
})

t.test('a presentation is for the canonical form alone, as the metadata says', async (t) => {
  const offered = await stand.offer('jwt_vc_json')
  const { body } = await post(`${aud}/token`, tokenForm(await readOffer(offered.link)))
  const request = {
    credential_configuration_id: 'OpenBadgeCredential_jwt_vc_json',
    proofs: await present()(body.c_nonce),
  }
  const answer = await post(`${aud}/credential`, request, `Bearer ${body.access_token}`)
  t.match(answer, { status: 400, body: { error: 'invalid_proof' } })
})
