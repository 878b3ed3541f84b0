import t from 'tap'
import { OPENID_WALLETS, post, readOffer, tokenForm } from '../../support/openid-wallet.ts'
import { createWallet } from '../../support/wallet.ts'
import { startStand } from './stand.ts'

const stand = await startStand(t)
const FORMATS = ['ldp_vc', 'jwt_vc_json', 'ldp_vc_v1'] as const
const CONFIGURATION = 'OpenBadgeCredential_ldp_vc'

for (const [name, collect] of Object.entries(OPENID_WALLETS)) {
  t.test(`a wallet like ${name} collects every form, and the credential names it`, async (t) => {
    for (const format of FORMATS) {
      for (const wallet of [createWallet(), createWallet('P-256'), createWallet('Ed25519', 'jwk')]) {
        const { link } = await stand.offer(format)
        const { credential } = await collect({ link, wallet })
        const { subject } = await stand.verify(credential)
        // Whoever puts the key into the header is known by it.
        t.match(subject, name === 'inji' ? /^did:jwk:/ : wallet.did, `${format} ${wallet.algorithm}`)
      }
    }
  })

  t.test(`a wallet like ${name} hands in the code of the person`, async (t) => {
    const { link, claim } = await stand.offer('ldp_vc', { pin: 'returned' })
    const wallet = createWallet()
    await t.rejects(collect({ link, wallet, txCode: 'no' }), /invalid_grant/)
    const { credential } = await collect({ link, wallet, txCode: claim.pin })
    await stand.verify(credential)
  })
}

t.test('asked without a proof: 400 invalid_proof with a nonce, and then the credential', async (t) => {
  const { link } = await stand.offer('ldp_vc')
  const token = await post(`${stand.issuer}/token`, tokenForm(await readOffer(link)))
  t.equal(token.body.token_type, 'bearer')
  t.match(token.headers.get('content-type'), /^application\/json/)
  const authorization = `Bearer ${token.body.access_token}`
  const wallet = createWallet()
  for (const asked of [{ credential_configuration_id: CONFIGURATION }, { format: 'ldp_vc' }]) {
    const refused = await post(`${stand.issuer}/credential`, asked, authorization)
    t.equal(refused.status, 400)
    t.match(refused.body, { error: 'invalid_proof', c_nonce: String, c_nonce_expires_in: 600 })
    t.equal(refused.headers.get('cache-control'), 'no-store')
    const jwt = await wallet.proofJwt({ aud: stand.issuer, nonce: refused.body.c_nonce })
    const proven = 'format' in asked ? { proof: { proof_type: 'jwt', jwt } } : { proofs: { jwt: [jwt] } }
    const given = await post(`${stand.issuer}/credential`, { ...asked, ...proven }, authorization)
    t.equal(given.status, 200)
    t.equal(given.headers.get('cache-control'), 'no-store')
  }
})

t.test('a claim that binds nobody gives its credential to a wallet that names nobody', async (t) => {
  const { link } = await stand.offer('ldp_vc', { binding: 'none' })
  const { credential } = await OPENID_WALLETS['digital-bazaar']({ link, wallet: createWallet() })
  const { subject, document } = await stand.verify(credential)
  t.equal(subject, undefined)
  t.match(document.credentialSubject, { identifier: [{ identityType: 'emailAddress' }] })
  const named = await stand.offer('ldp_vc', { binding: 'none' })
  const wallet = createWallet()
  const { credential: bound } = await OPENID_WALLETS.learncard({ link: named.link, wallet })
  t.equal((await stand.verify(bound)).subject, wallet.did, 'one that proves its DID is named')
})

t.test(
  'the same wallet may ask again with the same token, or by a new code, and gets the same',
  async (t) => {
    const { link } = await stand.offer('ldp_vc')
    const wallet = createWallet()
    const first = await OPENID_WALLETS.learncard({ link, wallet })
    const { body } = await post(`${stand.issuer}/nonce`)
    const jwt = await wallet.proofJwt({ aud: stand.issuer, nonce: body.c_nonce })
    const request = { credential_configuration_id: CONFIGURATION, proofs: { jwt: [jwt] } }
    const again = await post(`${stand.issuer}/credential`, request, `Bearer ${first.token}`)
    t.strictSame(again.body.credentials, [{ credential: first.credential }])
    const later = await OPENID_WALLETS.inji({ link, wallet: createWallet() }).catch(String)
    t.match(later, /credential_request_denied/, 'another wallet does not')
    const { credential } = await OPENID_WALLETS['walt.id']({ link, wallet })
    t.strictSame(credential, first.credential)
  },
)

t.test('drafts that call a presentation ldp_vp, and Ed25519Signature2020, are understood', async (t) => {
  for (const [type, suite] of [
    ['ldp_vp', 'eddsa-rdfc-2022'],
    ['ldp_vp', 'Ed25519Signature2020'],
    ['di_vp', 'Ed25519Signature2020'],
  ] as const) {
    const { link } = await stand.offer('ldp_vc')
    const token = await post(`${stand.issuer}/token`, tokenForm(await readOffer(link)))
    const wallet = createWallet()
    const proof = await wallet.present({ challenge: token.body.c_nonce, domain: stand.issuer, suite })
    const request = { format: 'ldp_vc', proof: { proof_type: type, [type]: proof } }
    const { body } = await post(`${stand.issuer}/credential`, request, `bearer ${token.body.access_token}`)
    t.equal((await stand.verify(body.credential)).subject, wallet.did, `${type} ${suite}`)
  }
})
