import t from 'tap'
import { createTenant, SVG } from '../../support/factories.ts'
import { OPENID_WALLETS } from '../../support/openid-wallet.ts'
import { caller } from '../../support/service.ts'
import { createWallet } from '../../support/wallet.ts'
import { startStand } from './stand.ts'

const stand = await startStand(t, { name: 'Réseau d’insertion', language: 'fr' })
const { tenant, service, issuer } = stand
const anyone = caller(service.app)
const { origin } = new URL(issuer)
const { slug } = tenant

const ISSUER_DOCUMENT = [
  `/.well-known/openid-credential-issuer/oid4vci/${slug}`,
  `/oid4vci/${slug}/.well-known/openid-credential-issuer`,
]
const SERVER_DOCUMENT = [
  `/.well-known/oauth-authorization-server/oid4vci/${slug}`,
  `/oid4vci/${slug}/.well-known/oauth-authorization-server`,
  `/oid4vci/${slug}/.well-known/openid-configuration`,
]
const read = async (path: string) => (await anyone('GET', path)).body

t.test('both forms of the metadata, with and without a slash at the end, are the same bytes', async (t) => {
  for (const paths of [ISSUER_DOCUMENT, SERVER_DOCUMENT]) {
    const texts = new Set<string>()
    for (const path of paths.flatMap((path) => [path, `${path}/`])) {
      const answer = await fetch(`${origin}${path}`, { redirect: 'error' })
      t.equal(answer.status, 200, path)
      t.match(answer.headers.get('content-type'), /^application\/json(;|$)/)
      t.equal(answer.headers.get('cache-control'), 'public, max-age=300')
      t.equal(answer.headers.get('access-control-allow-origin'), '*')
      texts.add(await answer.text())
    }
    t.equal(texts.size, 1)
  }
})

t.test('a page of another origin may ask every endpoint', async (t) => {
  for (const name of ['token', 'nonce', 'credential', 'deferred', 'notification']) {
    const answer = await fetch(`${issuer}/${name}`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://wallet.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    })
    t.equal(answer.status, 204)
    t.match(answer.headers.get('access-control-allow-headers'), /Authorization.*Content-Type/)
  }
})

t.test('the issuer document is what wallets of each edition look for', async (t) => {
  const document = await read(ISSUER_DOCUMENT[0]!)
  const { credential_configurations_supported: configurations, ...rest } = document
  t.strictSame(rest, {
    credential_issuer: issuer,
    issuer,
    authorization_servers: [issuer],
    token_endpoint: `${issuer}/token`,
    grant_types_supported: ['urn:ietf:params:oauth:grant-type:pre-authorized_code'],
    'pre-authorized_grant_anonymous_access_supported': true,
    authorization_details_types_supported: ['openid_credential'],
    credential_endpoint: `${issuer}/credential`,
    nonce_endpoint: `${issuer}/nonce`,
    deferred_credential_endpoint: `${issuer}/deferred`,
    notification_endpoint: `${issuer}/notification`,
    display: [{ name: 'Réseau d’insertion', locale: 'fr' }],
  })
  t.strictSame(Object.keys(configurations), [
    'OpenBadgeCredential_ldp_vc',
    'OpenBadgeCredential_jwt_vc_json',
    'OpenBadgeCredential_ldp_vc_v1',
  ])
  for (const [id, configuration] of Object.entries(configurations) as [string, Record<string, object>][]) {
    t.equal(configuration.scope, id)
    t.match(configuration.credential_definition, { type: ['VerifiableCredential', 'OpenBadgeCredential'] })
    t.match(configuration.proof_types_supported, { jwt: { proof_signing_alg_values_supported: Array } })
    t.match(configuration.display, [{ name: String, locale: 'fr' }])
    t.same((configuration.credential_metadata as { display: object }).display, configuration.display)
  }
  t.match(configurations.OpenBadgeCredential_ldp_vc, {
    format: 'ldp_vc',
    credential_signing_alg_values_supported: ['eddsa-rdfc-2022', 'EdDSA'],
    proof_types_supported: {
      jwt: { proof_signing_alg_values_supported: ['EdDSA', 'ES256'] },
      di_vp: { proof_signing_alg_values_supported: ['eddsa-rdfc-2022', 'ecdsa-rdfc-2019'] },
    },
  })
  t.match(configurations.OpenBadgeCredential_jwt_vc_json, {
    format: 'jwt_vc_json',
    credential_signing_alg_values_supported: ['ES256'],
  })
  t.match(configurations.OpenBadgeCredential_ldp_vc_v1, {
    format: 'ldp_vc',
    credential_signing_alg_values_supported: ['Ed25519Signature2020'],
  })
})

t.test('the server document is one of RFC 8414', async (t) => {
  t.match(await read(SERVER_DOCUMENT[0]!), {
    issuer,
    token_endpoint: `${issuer}/token`,
    grant_types_supported: ['urn:ietf:params:oauth:grant-type:pre-authorized_code'],
    response_types_supported: [],
    token_endpoint_auth_methods_supported: ['none'],
    'pre-authorized_grant_anonymous_access_supported': true,
  })
})

t.test('an issuer with a logo and another suite says so', async (t) => {
  const other = await createTenant(service.app, { name: 'Autre' })
  await other.call('PATCH', `/v1/issuers/${other.slug}`, { proofSuite: 'Ed25519Signature2020' })
  await other.call('PUT', `/v1/issuers/${other.slug}/image`, SVG, { 'content-type': 'image/svg+xml' })
  const document = await read(`/oid4vci/${other.slug}/.well-known/openid-credential-issuer`)
  const logo = { uri: new RegExp(`^${origin}/images/\\w+\\.svg$`), alt_text: 'Autre' }
  t.match(document.display, [{ name: 'Autre', logo }])
  t.notOk('locale' in document.display[0])
  const { OpenBadgeCredential_ldp_vc: canonical } = document.credential_configurations_supported
  t.match(canonical.display, [{ logo }])
  t.match(canonical.credential_signing_alg_values_supported, ['Ed25519Signature2020', 'EdDSA'])
})

t.test('the contexts of a configuration are those of the credential', async (t) => {
  const { credential_configurations_supported: configurations } = await read(ISSUER_DOCUMENT[0]!)
  for (const format of ['ldp_vc', 'ldp_vc_v1'] as const) {
    const { link } = await stand.offer(format)
    const { credential } = await OPENID_WALLETS['walt.id']({ link, wallet: createWallet() })
    const named = (credential as { '@context': unknown[] })['@context'].filter(
      (one) => typeof one === 'string',
    )
    t.strictSame(named, configurations[`OpenBadgeCredential_${format}`].credential_definition['@context'])
  }
})

t.test('of an issuer that there is not, nothing is told but that', async (t) => {
  for (const path of [...ISSUER_DOCUMENT, ...SERVER_DOCUMENT]) {
    for (const unknown of ['nobody', 'N0T-A_SLUG', '%00', 'é', '..', 'x'.repeat(300)]) {
      const answer = await anyone('GET', path.replace(slug, encodeURIComponent(unknown)))
      t.equal(answer.status, 404, `${path} ${unknown}`)
      t.match(answer.headers['content-type'], /json/)
      t.not(answer.headers['cache-control'], 'public, max-age=300')
    }
    const { body, headers } = await anyone('GET', path.replace(slug, 'nobody'))
    t.match(body, { error: 'invalid_request', error_description: String })
    t.match(headers['content-type'], /^application\/json/)
  }
})
