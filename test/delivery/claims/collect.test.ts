import { importJWK, jwtVerify } from 'jose'
import t from 'tap'
import { collectClaim } from '../../../src/delivery/claims/collect.ts'
import { award, createBadge, createTenant } from '../../support/factories.ts'
import { caller, startService } from '../../support/service.ts'
import { stranger } from '../../support/stranger.ts'

const service = await startService(t)
const { app, ctx } = service
const anyone = caller(app)
const askLibrary = stranger(app)
const tenant = await createTenant(app)
const badge = await createBadge(tenant, { language: 'fr', tags: ['engagement'] })

const JSON_TYPE = { 'content-type': 'application/json' }
const DID = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'
const OTHER = 'did:key:z6MknGc3ocHs3zdPiJbnaaqDi58NGb4pk1Sp9WxWufuXSdxf'

async function offer(claim: object = {}, overrides: object = {}) {
  const assertion = await award(tenant, badge.id, overrides)
  const { status, body, text } = await tenant.call('POST', `/v1/assertions/${assertion.id}/claims`, claim)
  if (status !== 201) throw new Error(text)
  return { assertion, claim: { ...body, assertionId: assertion.id, issuerId: tenant.id } }
}

const revoke = (id: string) => tenant.call('POST', `/v1/assertions/${id}/revoke`, { reason: 'Erreur' })
const listOf = async (url: string) => (await anyone('GET', new URL(url).pathname)).body

t.test('each form is signed once for each holder, and verifies', async (t) => {
  const { assertion, claim } = await offer({ maxCollections: 2 })
  for (const format of ['ldp_vc', 'ldp_vc_v1'] as const) {
    const first = await collectClaim(ctx, claim, { protocol: 'openid4vci', format, subject: DID })
    const again = await collectClaim(ctx, claim, { protocol: 'openid4vci', format, subject: DID })
    t.equal(again.body, first.body, 'the same bytes')
    const document = JSON.parse(first.body)
    t.equal(document.credentialSubject.id, DID)
    t.notOk('identifier' in document.credentialSubject, 'the hash of the address is not shown with the DID')
    const verdict = await askLibrary(document)
    t.ok(verdict.verified, `${format} verifies: ${JSON.stringify(verdict)}`)
    t.match(
      (await anyone('POST', '/verify', first.body, JSON_TYPE)).body,
      { valid: true },
      `${format}: /verify`,
    )
    t.same((await anyone('GET', `/credentials/${first.credentialId}`)).body, document, 'its id is its URL')
    const url = `${ctx.config.publicUrl}/credentials/${first.credentialId}`
    t.match((await anyone('POST', '/verify', { url })).body, { valid: true }, 'by its URL too')
    const png = await anyone('GET', `/credentials/${first.credentialId}.png`)
    t.match((await anyone('POST', '/verify', png.bytes, { 'content-type': 'image/png' })).body, {
      valid: true,
    })
    const other = await collectClaim(ctx, claim, { protocol: 'openid4vci', format, subject: OTHER })
    t.not(other.credentialId, first.credentialId)
  }
  const shown = await tenant.call('GET', `/v1/assertions/${assertion.id}`)
  t.equal(shown.body.renderings.length, 4)
  t.strictSame(
    shown.body.renderings.map((one: { served: number }) => one.served),
    [2, 1, 2, 1],
  )
  t.equal(shown.body.claims[0].state, 'collected')
  t.equal(shown.body.claims[0].collections.length, 4, 'who comes again for the same is told once')
})

t.test('the JWT form mirrors its credential in the registered claims', async (t) => {
  const { claim } = await offer({ binding: 'none', maxCollections: 5 })
  const { keys } = (await anyone('GET', `/issuers/${tenant.slug}/jwks.json`)).body
  const jwk = keys.find((key: { kty: string }) => key.kty === 'EC')
  for (const subject of [DID, undefined]) {
    const how = { protocol: 'openid4vci', format: 'jwt_vc_json', subject } as const
    const { body, credentialId } = await collectClaim(ctx, claim, how)
    const { payload, protectedHeader } = await jwtVerify(body, await importJWK(jwk, 'ES256'))
    t.strictSame(protectedHeader, { alg: 'ES256', kid: jwk.kid, typ: 'JWT' })
    // biome-ignore lint/suspicious/noExplicitAny: a test looks into any answer
    const vc = payload.vc as Record<string, any>
    t.equal(vc['@context'][0], 'https://www.w3.org/2018/credentials/v1')
    t.strictSame([payload.iss, payload.jti, payload.sub], [tenant.did, vc.id, vc.credentialSubject.id])
    t.match(payload.sub, subject ?? /^urn:uuid:/)
    t.equal(payload.nbf, Date.parse(vc.issuanceDate) / 1000)
    t.equal((await anyone('GET', `/credentials/${credentialId}.jwt`)).text, body)
    t.equal((await anyone('GET', `/credentials/${credentialId}.json`)).status, 406)
    const linked = (await anyone('GET', `/credentials/${credentialId}.jwt`)).headers.link
    t.equal(
      linked,
      `<${ctx.config.publicUrl}/credentials/${credentialId}.jwt>; rel="alternate"; type="application/vc+jwt"`,
    )
    const anything = await anyone('GET', `/credentials/${credentialId}`)
    t.match(anything, { status: 200, text: body, headers: { 'content-type': /^application\/vc\+jwt/ } })
    const verdict = await anyone('POST', '/verify', body, { 'content-type': 'text/plain' })
    t.match(verdict.body, { valid: true })
  }
})

t.test('without a holder the credential is the one of the award', async (t) => {
  const { assertion, claim } = await offer({ binding: 'none' })
  const how = { protocol: 'vcapi', format: 'ldp_vc' } as const
  const { body, credentialId } = await collectClaim(ctx, claim, how)
  t.equal(credentialId, assertion.credentialId)
  t.equal(body, (await anyone('GET', assertion.path)).text)
  await t.rejects(collectClaim(ctx, claim, how), { status: 410, code: 'claim-collected' })
})

t.test('revoking an assertion revokes all that was collected of it, each by its own entry', async (t) => {
  const { assertion, claim } = await offer()
  const formats = ['ldp_vc', 'ldp_vc_v1'] as const
  const collected = []
  for (const format of formats) {
    const { body } = await collectClaim(ctx, claim, { protocol: 'openid4vci', format, subject: DID })
    collected.push(JSON.parse(body))
  }
  const hosted = (await anyone('GET', assertion.path)).body
  const all = [hosted, ...collected]
  t.equal(new Set(all.map((one) => one.credentialStatus.id)).size, 3, 'three entries')
  await listOf(hosted.credentialStatus.statusListCredential)
  t.equal((await revoke(assertion.id)).status, 200)
  for (const credential of all) {
    const verdict = await askLibrary(credential)
    t.match(verdict, { verified: false, why: /revoked/ })
  }
  const how = { protocol: 'openid4vci', format: 'ldp_vc', subject: DID } as const
  await t.rejects(collectClaim(ctx, claim, how), { status: 410, code: 'claim-revoked' })
  t.equal((await tenant.call('POST', `/v1/assertions/${assertion.id}/claims`, {})).status, 409)
})

t.test('a revocation beside collections has an ETag of its own', async (t) => {
  const { assertion, claim } = await offer({ binding: 'none', maxCollections: 100 })
  const seen = new Map<string, Set<boolean>>()
  const look = async () => {
    const { headers, body } = await tenant.call('GET', `/v1/assertions/${assertion.id}`)
    const states = seen.get(String(headers.etag)) ?? new Set()
    seen.set(String(headers.etag), states.add(body.revokedAt !== undefined))
  }
  const how = { protocol: 'vcapi', format: 'ldp_vc' } as const
  const collecting = Array.from({ length: 12 }, async () => {
    await collectClaim(ctx, claim, how).catch(() => undefined)
    await look()
  })
  await Promise.all([...collecting, look(), revoke(assertion.id), look(), look()])
  await look()
  t.ok(
    [...seen.values()].every((states) => states.size === 1),
    'one ETag is never that of two states',
  )
})

t.test('of twenty wallets at once as many collect as may', async (t) => {
  const { claim } = await offer({ maxCollections: 3 })
  const wallets = Array.from({ length: 20 }, (_, i) => `did:example:${i}`)
  const outcomes = await Promise.allSettled(
    wallets.map((subject) => collectClaim(ctx, claim, { protocol: 'openid4vci', format: 'ldp_vc', subject })),
  )
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
  t.equal(refused.length, 17)
  t.strictSame(new Set(refused), new Set(['claim-other-wallet']))
})

t.test('twenty times the same wallet at once is one rendering', async (t) => {
  const { assertion, claim } = await offer()
  const how = { protocol: 'openid4vci', format: 'ldp_vc', subject: DID } as const
  const all = await Promise.all(Array.from({ length: 20 }, () => collectClaim(ctx, claim, how)))
  t.equal(new Set(all.map(({ body }) => body)).size, 1)
  const { body } = await tenant.call('GET', `/v1/assertions/${assertion.id}`)
  t.match(body.renderings, [{ served: 20, did: DID }])
})

t.test('a badge that was awarded to a DID is collected by that DID alone', async (t) => {
  const { claim, assertion } = await offer({}, { recipient: { did: DID } })
  const how = { protocol: 'openid4vci', format: 'ldp_vc' } as const
  await t.rejects(collectClaim(ctx, claim, { ...how, subject: OTHER }), { code: 'claim-other-wallet' })
  await t.rejects(collectClaim(ctx, claim, how), { status: 403, code: 'claim-needs-wallet' })
  const { credentialId } = await collectClaim(ctx, claim, { ...how, subject: DID })
  t.equal(credentialId, assertion.credentialId, 'the credential of the award names it already')
})

t.test('a claim that has ended gives nothing', async (t) => {
  const { claim, assertion } = await offer({ expiresIn: 60 })
  const how = { protocol: 'openid4vci', format: 'ldp_vc', subject: DID } as const
  const withdrawn = await offer()
  const path = `/v1/assertions/${withdrawn.assertion.id}/claims/${withdrawn.claim.id}/withdraw`
  const answer = await tenant.call('POST', path)
  t.match(answer, { status: 200, body: { state: 'withdrawn', withdrawal: 'asked' } })
  await t.rejects(collectClaim(ctx, withdrawn.claim, how), { status: 410, code: 'claim-withdrawn' })
  service.setTime(new Date(Date.now() + 61_000))
  await t.rejects(collectClaim(ctx, claim, how), { status: 410, code: 'claim-expired' })
  const { body } = await tenant.call('GET', `/v1/assertions/${assertion.id}/claims`)
  t.match(body.items, [{ state: 'expired' }])
})
