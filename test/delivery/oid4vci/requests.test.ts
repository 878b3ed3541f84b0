import t from 'tap'
import { createTenant } from '../../support/factories.ts'
import { post, readOffer, tokenForm } from '../../support/openid-wallet.ts'
import { createWallet } from '../../support/wallet.ts'
import { startStand } from './stand.ts'

const stand = await startStand(t)
const { service, tenant, issuer } = stand
const ID = 'OpenBadgeCredential_ldp_vc'
const wallet = createWallet()

async function tokenFor(offered: { link: string }, more: Record<string, string> = {}) {
  return (await post(`${issuer}/token`, tokenForm(await readOffer(offered.link), undefined, more))).body
}

async function proofs() {
  const { body } = await post(`${issuer}/nonce`)
  return { jwt: [await wallet.proofJwt({ aud: issuer, nonce: body.c_nonce })] }
}

const refused = (error: string) => ({ status: 400, body: { error, error_description: String } })

t.test('a request that does not fit its token gets the code of what does not', async (t) => {
  const { access_token } = await tokenFor(await stand.offer('ldp_vc'))
  const ask = (body: unknown) => post(`${issuer}/credential`, body as object, `Bearer ${access_token}`)
  const id = { credential_configuration_id: ID }
  const encryption = { jwk: wallet.publicJwk, alg: 'ECDH-ES', enc: 'A128GCM' }
  const cases: [what: string, body: unknown, error: string][] = [
    ['nothing', {}, 'invalid_credential_request'],
    ['a list', [], 'invalid_credential_request'],
    ['two identifiers', { ...id, format: 'ldp_vc' }, 'invalid_credential_request'],
    ['two others', { ...id, credential_identifier: 'x' }, 'invalid_credential_request'],
    ['an identifier that is no text', { credential_configuration_id: 5 }, 'invalid_credential_request'],
    ['proofs that are no object', { ...id, proofs: 'x' }, 'invalid_credential_request'],
    ['both forms of proof', { ...id, proofs: {}, proof: {} }, 'invalid_credential_request'],
    [
      'an unknown configuration',
      { credential_configuration_id: 'Diploma' },
      'unknown_credential_configuration',
    ],
    [
      'one by the name of a method',
      { credential_configuration_id: 'constructor' },
      'unknown_credential_configuration',
    ],
    [
      'a configuration of another offer',
      { credential_configuration_id: 'OpenBadgeCredential_jwt_vc_json' },
      'unknown_credential_configuration',
    ],
    ['an identifier that was not given', { credential_identifier: 'x' }, 'unknown_credential_identifier'],
    ['an unknown format', { format: 'mso_mdoc' }, 'unsupported_credential_format'],
    ['a format of another offer', { format: 'jwt_vc_json' }, 'unsupported_credential_format'],
    [
      'another type',
      { format: 'ldp_vc', credential_definition: { type: ['VerifiableCredential', 'Diploma'] } },
      'unsupported_credential_type',
    ],
    [
      'an encrypted answer',
      { ...id, credential_response_encryption: encryption },
      'invalid_encryption_parameters',
    ],
    ['a proof without its kind', { format: 'ldp_vc', proof: { jwt: 'x' } }, 'invalid_proof'],
    ['a proof of a kind that is absent', { format: 'ldp_vc', proof: { proof_type: 'jwt' } }, 'invalid_proof'],
    ['a proof of a CWT', { format: 'ldp_vc', proof: { proof_type: 'cwt', cwt: 'x' } }, 'invalid_proof'],
  ]
  for (const [what, body, error] of cases) {
    const answer = await ask(body)
    t.match(answer, refused(error), what)
    t.equal(answer.headers.get('cache-control'), 'no-store')
  }
  const request = { ...id, proofs: await proofs(), client_id: 'x', unknown: [1] }
  t.equal((await ask(request)).status, 200, 'what is not known is ignored')
})

t.test('credential_identifier is for tokens that were asked for with authorization_details', async (t) => {
  const details = JSON.stringify([{ type: 'openid_credential', credential_configuration_id: ID }])
  const offered = await stand.offer('ldp_vc')
  const request = async () => ({ credential_identifier: offered.assertionId, proofs: await proofs() })
  const plain = await tokenFor(offered)
  t.match(
    await post(`${issuer}/credential`, await request(), `Bearer ${plain.access_token}`),
    refused('unknown_credential_identifier'),
  )
  const detailed = await tokenFor(offered, { authorization_details: details })
  const given = await post(`${issuer}/credential`, await request(), `Bearer ${detailed.access_token}`)
  t.equal((await stand.verify(given.body.credentials[0].credential)).subject, wallet.did)
})

t.test('an answer has the form of the edition that the request speaks', async (t) => {
  const details = JSON.stringify([{ type: 'openid_credential', credential_configuration_id: ID }])
  const offered = await stand.offer('ldp_vc')
  const { access_token } = await tokenFor(offered, { authorization_details: details })
  const both = async () => ({
    proof: { proof_type: 'jwt', jwt: (await proofs()).jwt[0] },
    proofs: await proofs(),
  })
  const { proof } = await both()
  const [final, draft] = [
    ['credentials', 'notification_id'],
    ['c_nonce', 'c_nonce_expires_in', 'credential'],
  ]
  const cases: [request: object, members: string[] | undefined][] = [
    [{ credential_configuration_id: ID, proofs: await proofs() }, final],
    [{ credential_identifier: offered.assertionId, proofs: await proofs() }, final],
    [{ credential_configuration_id: ID, proof }, final],
    [{ credential_identifier: offered.assertionId, proof: (await both()).proof }, draft],
    [{ format: 'ldp_vc', proof: (await both()).proof }, draft],
    [{ format: 'ldp_vc', proofs: await proofs() }, draft],
  ]
  for (const [request, members] of cases) {
    const { status, body } = await post(`${issuer}/credential`, request, `Bearer ${access_token}`)
    t.equal(status, 200)
    t.strictSame(Object.keys(body).sort(), members, Object.keys(request).join(' and '))
  }
})

t.test('without a good token: 401, and how to get in', async (t) => {
  const { access_token: token } = await tokenFor(await stand.offer('ldp_vc'))
  const neighbour = await createTenant(service.app)
  const elsewhere = `${new URL(issuer).origin}/oid4vci/${neighbour.slug}`
  const bodies = {
    credential: { credential_configuration_id: ID },
    deferred: { transaction_id: 'x' },
    notification: { notification_id: 'x', event: 'credential_accepted' },
  }
  for (const [name, body] of Object.entries(bodies)) {
    const at = `${issuer}/${name}`
    for (const authorization of [undefined, 'Basic eDp5', 'Bearer', 'DPoP x', `Bearer a b`]) {
      const answer = await post(at, body, authorization)
      t.match(answer, { status: 401, body: { error: 'invalid_token' } }, `${name} ${authorization}`)
      t.match(answer.headers.get('www-authenticate'), /^Bearer realm=/)
      t.notMatch(answer.headers.get('www-authenticate'), /error/)
    }
    for (const authorization of [`Bearer ${token.slice(1)}`, `Bearer ${token}x`, `Bearer ${tenant.key}`]) {
      const answer = await post(at, body, authorization)
      t.match(answer, { status: 401, body: { error: 'invalid_token' } }, name)
      t.match(answer.headers.get('www-authenticate'), /^Bearer error="invalid_token"/)
      t.equal(answer.headers.get('cache-control'), 'no-store')
    }
    t.equal((await post(`${elsewhere}/${name}`, body, `Bearer ${token}`)).status, 401, 'of another issuer')
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      t.not((await post(at, body, `${scheme} ${token}`)).status, 401)
    }
  }
  service.setTime(new Date(Date.now() + 601_000))
  const expired = await post(`${issuer}/credential`, bodies.credential, `Bearer ${token}`)
  t.match(expired, { status: 401, body: { error: 'invalid_token' } }, 'expired')
  service.setTime(new Date())
})

t.test('a claim that ended after the token was given is denied', async (t) => {
  const revoked = await stand.offer('ldp_vc')
  const withdrawn = await stand.offer('ldp_vc')
  const expired = await stand.offer('ldp_vc', { expiresIn: 60 })
  const tokens = []
  for (const offered of [revoked, withdrawn, expired]) tokens.push(await tokenFor(offered))
  await tenant.call('POST', `/v1/assertions/${revoked.assertionId}/revoke`, { reason: 'Erreur' })
  await tenant.call('POST', `/v1/assertions/${withdrawn.assertionId}/claims/${withdrawn.claim.id}/withdraw`)
  service.setTime(new Date(Date.now() + 61_000))
  for (const { access_token } of tokens) {
    const request = { credential_configuration_id: ID, proofs: await proofs() }
    t.match(
      await post(`${issuer}/credential`, request, `Bearer ${access_token}`),
      refused('credential_request_denied'),
    )
    const draft = { format: 'ldp_vc', proof: { proof_type: 'jwt', jwt: (await proofs()).jwt[0] } }
    t.match(
      await post(`${issuer}/credential`, draft, `Bearer ${access_token}`),
      refused('credential_request_denied'),
    )
  }
  service.setTime(new Date())
})
