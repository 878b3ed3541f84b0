import { SignJWT } from 'jose'
import t from 'tap'
import { CREDENTIALS_V1, CREDENTIALS_V2 } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { foreignIssuer } from '../support/foreign-issuer.ts'
import { caller, startService } from '../support/service.ts'
import { createWallet, type Wallet } from '../support/wallet.ts'

const { app } = await startService(t)
const call = caller(app)
const tenant = await createTenant(app)
const { path } = await award(tenant, (await createBadge(tenant)).id)
const badge = (await call('GET', path)).body
const badgeToken = (await call('GET', `${path}.jwt`)).text
const wallet = createWallet()
const asked = { challenge: 'u0123456789', domain: 'verifier.example' }
const answered = { nonce: asked.challenge, aud: asked.domain }
const soon = () => Math.floor(Date.now() / 1000) + 120

const presentation = (changes: object = {}) => ({
  '@context': [CREDENTIALS_V2],
  type: ['VerifiablePresentation'],
  holder: wallet.did,
  verifiableCredential: [badge, enveloped('EnvelopedVerifiableCredential', badgeToken, 'vc+jwt')],
  ...changes,
})

/** VCDM 1.1: in a claim, its credentials bare tokens, its holder named by `iss` alone. */
const wrapped = (claims: object = {}) => ({
  vp: { '@context': [CREDENTIALS_V1], type: ['VerifiablePresentation'], verifiableCredential: [badgeToken] },
  iss: wallet.did,
  ...answered,
  exp: soon(),
  ...claims,
})

function enveloped(type: string, token: string, mediaType: string) {
  return { '@context': CREDENTIALS_V2, id: `data:application/${mediaType},${token}`, type }
}

const tokenOf = (claims: object, { by = wallet, typ = 'vp+jwt' }: { by?: Wallet; typ?: string } = {}) =>
  new SignJWT(claims as Json)
    .setProtectedHeader({ alg: by.algorithm === 'Ed25519' ? 'EdDSA' : 'ES256', typ, kid: by.keyId })
    .sign(by.privateKey)

async function verify(token: string, mediaType = 'vp+jwt', options: object = asked) {
  const verifiablePresentation = enveloped('EnvelopedVerifiablePresentation', token, mediaType)
  return call('POST', '/presentations/verify', { verifiablePresentation, options })
}

const codes = ({ body }: { body: Json }) =>
  ((body.problemDetails ?? []) as Json[]).map(({ code, path }) => (path ? [code, path] : [code]))

t.test('a token of a presentation verifies, with the credentials in it, whatever secures them', async (t) => {
  const { status, body, text } = await verify(await tokenOf({ ...presentation(), ...answered }))
  t.equal(status, 200, text)
  const ofProofs = (body.checks as Json[]).filter(({ check }) => check === 'proof')
  t.strictSame(
    ofProofs.map(({ path, outcome }) => [path, outcome]),
    [
      [undefined, 'passed'],
      ['/verifiableCredential/0', 'passed'],
      ['/verifiableCredential/1', 'passed'],
    ],
  )
  t.strictSame(
    (body.issuers as Json[]).map(({ path, id, trust }) => [path, id, trust]),
    [0, 1].map((i) => [`/verifiableCredential/${i}`, badge.issuer.id, 'ours']),
  )
  const unasked = await verify(await tokenOf(presentation()), 'vp+jwt', {})
  t.equal(unasked.status, 200, 'neither challenge nor domain where none is asked for')
  const phone = createWallet('P-256', 'jwk')
  const other = { ...presentation({ holder: phone.did }), iss: phone.did, ...answered, exp: soon() }
  t.equal((await verify(await tokenOf(other, { by: phone }))).status, 200, 'ES256, of a did:jwk')
})

t.test('VCDM 1.1, section 6.3.1: so does one in the claim vp', async (t) => {
  const { status, text } = await verify(await tokenOf(wrapped(), { typ: 'JWT' }), 'jwt')
  t.equal(status, 200, text)
  const altered = wrapped()
  altered.vp.verifiableCredential = [`${badgeToken.slice(0, -6)}AAAAAA`]
  const answer = await verify(await tokenOf(altered, { typ: 'JWT' }), 'jwt')
  t.strictSame([answer.status, codes(answer)], [400, [['proof-invalid', '/verifiableCredential/0']]])
})

t.test('what does not hold is told', async (t) => {
  const stranger = createWallet()
  const fresh = () => ({ ...presentation(), ...answered })
  const { holder: _, ...nameless } = fresh()
  const unknown = await foreignIssuer('did:web:elsewhere.example').issue()
  const cases: [what: string, token: string, expected: unknown[][]][] = [
    ['signed by another', await tokenOf(fresh(), { by: stranger }), [['holder-key-unknown']]],
    ['for another challenge', await tokenOf({ ...fresh(), nonce: 'other' }), [['proof-challenge']]],
    ['for no challenge', await tokenOf({ ...presentation(), aud: asked.domain }), [['proof-challenge']]],
    ['for another verifier', await tokenOf({ ...fresh(), aud: ['other.example'] }), [['proof-domain']]],
    ['of yesterday', await tokenOf({ ...fresh(), exp: soon() - 86_400 }), [['proof-expired']]],
    ['of tomorrow', await tokenOf({ ...fresh(), nbf: soon() + 86_400 }), [['holder-claims']]],
    ['in another name', await tokenOf({ ...fresh(), iss: stranger.did }), [['holder-claims']]],
    [
      'in a name that is not the signer’s',
      await tokenOf({ ...nameless, iss: stranger.did }),
      [['holder-key-unknown']],
    ],
    ['with a term that nothing defines', await tokenOf({ ...fresh(), mood: 'gai' }), [['terms-undefined']]],
    ['a credential', badgeToken, [['model-type-presentation', '/type']]],
    [
      'another envelope',
      await tokenOf(enveloped('EnvelopedVerifiablePresentation', 'x.y.z', 'vp+jwt')),
      [['proof-unsupported']],
    ],
    ['no token', 'x.y.z', [['proof-unsupported']]],
    [
      'with a credential whose issuer nobody asked',
      await tokenOf({ ...fresh(), verifiableCredential: [badge, unknown] }),
      [['proof-issuer-not-looked-up', '/verifiableCredential/1']],
    ],
  ]
  for (const [what, token, expected] of cases) {
    const answer = await verify(token)
    t.strictSame([answer.status, codes(answer)], [400, expected], what)
  }
  const [header, claims, signature] = (await tokenOf(fresh())).split('.') as [string, string, string]
  const swapped = Buffer.from(JSON.stringify({ ...fresh(), id: 'urn:x:1' })).toString('base64url')
  t.strictSame(codes(await verify(`${header}.${swapped}.${signature}`)), [['proof-invalid']])
  const none = Buffer.from(JSON.stringify({ alg: 'none', kid: wallet.keyId })).toString('base64url')
  t.strictSame(codes(await verify(`${none}.${claims}.${signature}`)), [['proof-unsupported']])
  t.equal(
    (await verify(await tokenOf(fresh()), 'vc+jwt')).status,
    400,
    'the media type is that of a credential',
  )
})

t.test('a token that has expired is refused in the claim vp as well', async (t) => {
  const answer = await verify(await tokenOf(wrapped({ exp: soon() - 86_400 }), { typ: 'JWT' }), 'jwt')
  t.strictSame([answer.status, codes(answer)], [400, [['proof-expired']]])
})
