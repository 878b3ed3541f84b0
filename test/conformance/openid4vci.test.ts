import t from 'tap'
import { startStand } from '../delivery/oid4vci/stand.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { call, OPENID_WALLETS, post, readOffer, tokenForm } from '../support/openid-wallet.ts'
import { caller, startService } from '../support/service.ts'
import { createWallet } from '../support/wallet.ts'

const stand = await startStand(t)
const { issuer } = stand
const wallet = createWallet()

/** A service as the world sees it: by https. */
const publicUrl = 'https://badges.example.org'
const secure = await startService(t, { publicUrl })
const tenant = await createTenant(secure.app)
const identifier = `${publicUrl}/oid4vci/${tenant.slug}`
const { body: metadata } = await caller(secure.app)(
  'GET',
  `/.well-known/openid-credential-issuer/oid4vci/${tenant.slug}`,
)

t.test(
  'OpenID4VCI 1.0, sections 6.2, 7.2, 8.3: answers are application/json, which nobody keeps',
  async (t) => {
    const { link } = await stand.offer('ldp_vc')
    const token = await post(`${issuer}/token`, tokenForm(await readOffer(link)))
    const nonce = await call(`${issuer}/nonce`, { method: 'POST' })
    const proof = await wallet.proofJwt({ aud: issuer, nonce: nonce.body.c_nonce })
    const request = {
      credential_configuration_id: 'OpenBadgeCredential_ldp_vc',
      proofs: { jwt: [proof] },
    }
    const credential = await post(`${issuer}/credential`, request, `Bearer ${token.body.access_token}`)
    for (const [what, answer] of Object.entries({ token, nonce, credential })) {
      t.equal(answer.status, 200, what)
      t.match(answer.headers.get('content-type'), /^application\/json(;|$)/, what)
      t.equal(answer.headers.get('cache-control'), 'no-store', what)
    }
  },
)

t.test('OpenID4VCI 1.0, section 4.1: an offer is given by its https address alone', async (t) => {
  const { id } = await award(tenant, (await createBadge(tenant)).id)
  const { body } = await tenant.call('POST', `/v1/assertions/${id}/claims`, {})
  const links = Object.entries(body.openid as Record<string, string>)
  t.ok(links.length > 0)
  for (const [format, link] of links) {
    const { protocol, searchParams } = new URL(link)
    t.equal(protocol, 'openid-credential-offer:', format)
    t.strictSame([...searchParams.keys()], ['credential_offer_uri'], format)
    t.ok(searchParams.get('credential_offer_uri')!.startsWith(`${identifier}/`), format)
  }
})

t.test('OpenID4VCI 1.0, section 11.1: what a notification has beside is ignored', async (t) => {
  const { link } = await stand.offer('ldp_vc')
  const { token, notificationId } = await OPENID_WALLETS.learncard({ link, wallet })
  const told = { notification_id: notificationId, event: 'credential_accepted', wallet: 'x', list: [1] }
  t.equal((await post(`${issuer}/notification`, told, `Bearer ${token}`)).status, 204)
})

t.test(
  'OpenID4VCI 1.0, section 12.2.1: the identifier is a URL without query and fragment, and every endpoint an https one',
  async (t) => {
    t.equal(metadata.credential_issuer, identifier)
    const { search, hash } = new URL(identifier)
    t.strictSame([search, hash], ['', ''])
    const endpoints = Object.entries(metadata as Record<string, string>).filter(([name]) =>
      name.endsWith('_endpoint'),
    )
    t.strictSame(endpoints.map(([name]) => name).sort(), [
      'credential_endpoint',
      'deferred_credential_endpoint',
      'nonce_endpoint',
      'notification_endpoint',
      'token_endpoint',
    ])
    for (const [name, url] of endpoints) t.ok(url.startsWith(`${identifier}/`), `${name}: ${url}`)
    t.strictSame(metadata.authorization_servers, [identifier])
  },
)

t.test('OpenID4VCI 1.0, section 12.2.4: who binds keys says how, and by which algorithms', async (t) => {
  interface Configuration {
    cryptographic_binding_methods_supported: string[]
    proof_types_supported: Record<string, Record<string, unknown>>
  }
  const configurations = Object.entries<Configuration>(metadata.credential_configurations_supported)
  t.equal(configurations.length, 3)
  for (const [id, configuration] of configurations) {
    const { cryptographic_binding_methods_supported: methods, proof_types_supported: types } = configuration
    t.ok(methods.length > 0 && methods.every((method) => /^did:[a-z]+$/.test(method)), id)
    t.ok(Object.keys(types).length > 0, id)
    for (const [type, { proof_signing_alg_values_supported: algorithms, ...more }] of Object.entries(types)) {
      t.ok(Array.isArray(algorithms) && algorithms.length > 0, `${id}, ${type}`)
      t.strictSame(more, {}, `${id}, ${type}: no key_attestations_required`)
    }
  }
})
