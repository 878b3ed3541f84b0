import t from 'tap'
import type { Json } from '../../../src/vc/credential.ts'
import { collectByExchange, type Post } from '../../support/exchange-wallet.ts'
import { award, createBadge, createTenant } from '../../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../../support/service.ts'
import { stranger } from '../../support/stranger.ts'
import { createWallet, type PresentationSuite } from '../../support/wallet.ts'

const { app, setTime } = await startService(t)
const anyone = caller(app)
const verify = stranger(app)
const tenant = await createTenant(app)
const badge = await createBadge(tenant)

/** A claim of its own, and the exchange by which it is collected. */
async function offer(claim: object = { binding: 'did' }) {
  const { id: assertionId, credentialId } = await award(tenant, badge.id)
  const made = await tenant.call('POST', `/v1/assertions/${assertionId}/claims`, claim)
  if (made.status !== 201) throw new Error(made.text)
  const { id, interactionUrl } = made.body
  const path = `/workflows/claim/exchanges/${id}`
  const send = (body?: unknown) => anyone('POST', path, body)
  const request = async (): Promise<{ challenge: string; domain: string }> =>
    (await send({})).body.verifiablePresentationRequest
  return { id, assertionId, credentialId, path, url: `${PUBLIC_URL}${path}`, interactionUrl, send, request }
}

const post: Post = (url, body) => anyone('POST', url.slice(PUBLIC_URL.length), body)
const subjectOf = (answer: { body: Json }) => credentialOf(answer).credentialSubject as Json
const credentialOf = ({ body }: { body: Json }) =>
  ((body.verifiablePresentation ?? body) as { verifiableCredential: [Json] }).verifiableCredential[0]

t.test('a badge that is bound to a wallet: every state, in order', async (t) => {
  const { id, assertionId, path, url, interactionUrl, send, request } = await offer()
  const [mine, other] = [createWallet(), createWallet()]

  const begun = await send()
  t.equal(begun.status, 200)
  t.equal(begun.headers['content-type'], 'application/json')
  t.equal(begun.headers['cache-control'], 'no-store')
  t.equal(begun.headers['access-control-allow-origin'], '*')
  t.match(begun.body, {
    verifiablePresentationRequest: {
      query: [{ type: 'DIDAuthentication', acceptedMethods: [{ method: 'key' }, { method: 'jwk' }] }],
      challenge: /^[0-9a-f]{64}$/,
      domain: PUBLIC_URL,
      interact: { service: [{ type: 'UnmediatedHttpPresentationService2021', serviceEndpoint: url }] },
    },
  })
  t.same(Object.keys(begun.body), ['verifiablePresentationRequest'])
  t.same((await send({})).body, begun.body, 'the same challenge until it was used')
  t.same((await anyone('GET', `${path}/request`)).body, begun.body, 'and to look at it uses nothing')

  const first = await request()
  const presentation = await mine.present(first)
  const collected = await send({ verifiablePresentation: presentation })
  t.equal(collected.status, 200)
  t.equal(collected.body.redirectUrl, interactionUrl)
  t.match(collected.body.verifiablePresentation, {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    proof: undefined,
  })
  t.equal(subjectOf(collected).id, mine.did)
  t.same(await verify(credentialOf(collected)), { verified: true, why: '' })

  const second = await request()
  t.not(second.challenge, first.challenge, 'another challenge for another presentation')
  const again = await send({ verifiablePresentation: await mine.present(second) })
  t.same(credentialOf(again), credentialOf(collected), 'the same wallet gets the same credential')

  const third = await request()
  const refused = await send({ verifiablePresentation: await other.present(third) })
  t.equal(refused.status, 403)
  t.match(refused.body, { type: /claim-other-wallet$/, status: 403 })
  t.equal(refused.headers['content-type'], 'application/problem+json')
  for (const replayed of [presentation, { ...presentation, proof: [presentation.proof] }]) {
    const answer = await send({ verifiablePresentation: replayed })
    t.equal(answer.status, 400, 'a presentation is taken once')
    t.match(answer.body, { type: /bad-presentation$/, title: /challenge/ })
  }
  t.same(await request(), third, 'what was refused used no challenge')

  const { body: claims } = await tenant.call('GET', `/v1/assertions/${assertionId}/claims`)
  t.match(claims.items, [
    {
      id,
      state: 'collected',
      collections: [{ protocol: 'vcapi', format: 'ldp_vc', did: mine.did }],
    },
  ])
  const { body: state } = await tenant.call('GET', path)
  t.match(state, { id, sequence: 2, step: 'did-authentication', state: 'complete' })

  await tenant.call('POST', `/v1/assertions/${assertionId}/revoke`, { reason: 'Attribué par erreur' })
  t.same(await verify(credentialOf(collected)), { verified: false, why: 'revoked' })
})

t.test('a badge that is bound to nobody: the credential, then where to go on', async (t) => {
  const { path, send, interactionUrl, credentialId } = await offer({ binding: 'none' })
  t.same((await anyone('GET', `${path}/request`)).body, { verifiablePresentationRequest: {} })
  const collected = await send({})
  t.equal(collected.status, 200)
  t.same(Object.keys(collected.body), ['verifiablePresentation'])
  t.equal(credentialOf(collected).id, `${PUBLIC_URL}/credentials/${credentialId}`)
  t.equal(subjectOf(collected).id, undefined)
  t.same(await verify(credentialOf(collected)), { verified: true, why: '' })
  for (let i = 0; i < 3; i++) t.same((await send(i ? {} : undefined)).body, { redirectUrl: interactionUrl })
  t.match((await tenant.call('GET', path)).body, { state: 'complete', step: 'delivery', sequence: 0 })
})

t.test('a badge that is bound to nobody stays so, whoever presents itself', async (t) => {
  const { send, url, credentialId } = await offer({ binding: 'none', maxCollections: 3 })
  const wallet = createWallet()
  const link = await challengeOfLink(url)
  const bad = await wallet.present({ challenge: 'another', domain: PUBLIC_URL })
  t.match(await send({ verifiablePresentation: bad }), { status: 400, body: { type: /bad-presentation$/ } })
  const presentation = await wallet.present({ challenge: link, domain: PUBLIC_URL })
  const wrapped = await send({ verifiablePresentation: presentation })
  t.equal(credentialOf(wrapped).id, `${PUBLIC_URL}/credentials/${credentialId}`)
  t.equal(subjectOf(wrapped).id, undefined)
  t.equal((await send(presentation)).status, 400, 'its challenge was used')
  const bare = await send(await wallet.present({ challenge: await challengeOfLink(url) }))
  t.equal(subjectOf(bare).id, undefined)
  t.ok((await send({})).body.verifiablePresentation)
  t.ok((await send({})).body.redirectUrl, 'three times, and no more')
  const late = await send(await wallet.present({ challenge: await challengeOfLink(url) }))
  t.match(late, { status: 410, body: { type: /claim-collected$/ } })
})

/** The challenge that stands in the link of Learner Credential Wallet at this moment. */
async function challengeOfLink(url: string): Promise<string> {
  const { body } = await anyone('GET', `/interactions/${url.split('/').at(-1)}?iuv=1`, undefined, {
    accept: 'application/json',
  })
  return new URL(body.lcw).searchParams.get('challenge')!
}

t.test('every suite, wrapped and bare, with did:key and did:jwk', async (t) => {
  const cases: [suite: PresentationSuite, wallet: ReturnType<typeof createWallet>][] = [
    ['Ed25519Signature2020', createWallet()],
    ['Ed25519Signature2020', createWallet('Ed25519', 'jwk')],
    ['eddsa-rdfc-2022', createWallet()],
    ['eddsa-rdfc-2022', createWallet('Ed25519', 'jwk')],
    ['ecdsa-rdfc-2019', createWallet('P-256')],
    ['ecdsa-rdfc-2019', createWallet('P-256', 'jwk')],
  ]
  for (const [suite, wallet] of cases) {
    const { send, request } = await offer()
    const what = `${suite} of ${wallet.did.slice(0, 12)}`
    const wrapped = await send({
      verifiablePresentation: await wallet.present({ ...(await request()), suite }),
    })
    t.equal(wrapped.status, 200, `${what}, wrapped`)
    const { challenge } = await request()
    const bare = await send(await wallet.present({ challenge, suite }))
    t.equal(bare.status, 200, `${what}, bare and for no domain`)
    t.same(bare.body.type, ['VerifiablePresentation'])
    t.notOk(bare.body.verifiablePresentation)
    t.notOk(bare.body.redirectUrl)
    t.same(credentialOf(bare), credentialOf(wrapped))
    t.equal(subjectOf(bare).id, wallet.did)
    t.same(await verify(credentialOf(bare)), { verified: true, why: '' })
    const listed = await send({
      verifiablePresentation: [await wallet.present({ ...(await request()), suite })],
    })
    t.equal(listed.status, 200, `${what}, alone in a list`)
  }
})

t.test('a presentation without the context of its proof, as LearnCard sends it', async (t) => {
  const { send, request } = await offer()
  const wallet = createWallet()
  const presentation = await wallet.present(await request())
  const [base] = presentation['@context'] as string[]
  const answer = await send({ verifiablePresentation: { ...presentation, '@context': [base] } })
  t.equal(answer.status, 200, answer.text)
  t.equal(subjectOf(answer).id, wallet.did)
})

t.test('as many wallets as the claim allows, and each as often as it likes', async (t) => {
  const { url, send, path, request } = await offer({ binding: 'did', maxCollections: 2 })
  const [a, b, c] = [createWallet(), createWallet('P-256'), createWallet('Ed25519', 'jwk')]
  const ofA = await collectByExchange(a, url, post)
  t.match((await tenant.call('GET', path)).body, { state: 'active' })
  const ofB = await collectByExchange(b, url, post)
  t.not(ofA.credential.id, ofB.credential.id)
  t.same((await collectByExchange(a, url, post)).credential, ofA.credential)
  t.same((await collectByExchange(b, url, post)).credential, ofB.credential)
  t.match((await tenant.call('GET', path)).body, { state: 'complete', sequence: 4 })
  const refused = await send({ verifiablePresentation: await c.present(await request()) })
  t.match(refused, { status: 403, body: { type: /claim-other-wallet$/ } })
  for (const { credential } of [ofA, ofB]) t.ok((await verify(credential)).verified)
})

t.test('a badge that was awarded to a DID is for that wallet alone', async (t) => {
  const [mine, other] = [createWallet(), createWallet()]
  const { id } = await award(tenant, badge.id, { recipient: { did: mine.did } })
  const { body } = await tenant.call('POST', `/v1/assertions/${id}/claims`, { binding: 'did' })
  const url = `${PUBLIC_URL}/workflows/claim/exchanges/${body.id}`
  await t.rejects(collectByExchange(other, url, post), /403.*claim-other-wallet/)
  const { credential } = await collectByExchange(mine, url, post)
  t.match(credential.credentialSubject, { id: mine.did })
})

t.test('a claim with a code is collected by OpenID alone', async (t) => {
  const { path, send } = await offer({ binding: 'did', pin: 'returned' })
  const presentation = await createWallet().present({ challenge: 'x', domain: PUBLIC_URL })
  const answers = [
    await send({}),
    await send(presentation),
    await send({ verifiablePresentation: presentation }),
    await anyone('GET', `${path}/request`),
  ]
  for (const answer of answers) t.match(answer, { status: 403, body: { type: /claim-pin-needed$/ } })
  const { body } = await anyone('GET', `${path}/protocols`)
  t.match(body.protocols, { vcapi: undefined, openid4vci: /^openid-credential-offer:/, website: String })
})

t.test('the protocols, by every name that they have', async (t) => {
  const { path, url, id } = await offer()
  const { status, headers, body } = await anyone('GET', `${path}/protocols`)
  t.equal(status, 200)
  t.equal(headers['cache-control'], 'no-store')
  const openid = `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(`${PUBLIC_URL}/oid4vci/${tenant.slug}/offers/${id}.ldp_vc`)}`
  t.same(body, {
    protocols: {
      vcapi: url,
      OID4VCI: openid,
      'oid4vci-1.0': openid,
      openid4vci: openid,
      website: `${PUBLIC_URL}/interactions/${id}`,
    },
  })
})

t.test('what has ended tells why, whatever it is asked', async (t) => {
  const wallet = createWallet()
  const withdrawn = await offer()
  await tenant.call('POST', `/v1/assertions/${withdrawn.assertionId}/claims/${withdrawn.id}/withdraw`)
  const revoked = await offer({ binding: 'none' })
  await tenant.call('POST', `/v1/assertions/${revoked.assertionId}/revoke`, { reason: 'Erreur' })
  const expired = await offer({ binding: 'did', expiresIn: 'PT1H' })
  const late = await expired.request()
  setTime(new Date(Date.now() + 3_600_001))
  const ended: [code: string, exchange: typeof expired][] = [
    ['claim-withdrawn', withdrawn],
    ['claim-revoked', revoked],
    ['claim-expired', expired],
  ]
  for (const [code, { path, send }] of ended) {
    const presentation = await wallet.present(late)
    const answers = [
      await send(),
      await send({}),
      await send({ verifiablePresentation: presentation }),
      await send(presentation),
      await anyone('GET', `${path}/request`),
      await anyone('GET', `${path}/protocols`),
      await anyone('POST', path, {}, { accept: 'text/html', 'accept-language': 'fr' }),
    ]
    for (const { status, headers, body } of answers) {
      t.equal(status, 410, code)
      t.equal(headers['content-type'], 'application/problem+json')
      t.equal(headers['cache-control'], 'no-store')
      t.equal(body.type, `${PUBLIC_URL}/problems/${code}`)
    }
    t.match(answers.at(-1)!.body.title, /^Ce (lien|badge) a/, 'in the language that was asked for')
    const { body } = await tenant.call('GET', path)
    t.match(body, { state: 'invalid', lastError: { type: `${PUBLIC_URL}/problems/${code}`, status: 410 } })
  }
})
