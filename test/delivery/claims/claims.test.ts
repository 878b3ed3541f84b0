import { sql } from 'drizzle-orm'
import t from 'tap'
import { award, createBadge, createKey, createTenant } from '../../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../../support/service.ts'

const service = await startService(t)
const { app } = service
const anyone = caller(app)
const tenant = await createTenant(app, { name: 'Régie & Co « du quartier »' })
const badge = await createBadge(tenant, { validFor: 'P2Y' })

const claimsOf = (id: string) => `/v1/assertions/${id}/claims`
const DAY = 24 * 3600 * 1000

t.test('a claim of no body lasts seven days, is bound to a DID and collected once', async (t) => {
  const { id, credentialId, credentialUrl } = await award(tenant, badge.id)
  const before = Date.now()
  const { status, headers, body } = await tenant.call('POST', claimsOf(id))
  t.equal(status, 201)
  t.equal(headers.location, `${PUBLIC_URL}${claimsOf(id)}`)
  t.match(body, { state: 'offered', binding: 'did', maxCollections: 1, collections: [] })
  const lasts = Date.parse(body.expiresAt) - before
  t.ok(lasts >= 7 * DAY && lasts < 7 * DAY + 60_000, 'seven days')
  t.equal(body.interactionUrl, `${PUBLIC_URL}/interactions/${body.id}?iuv=1`)
  t.strictSame(
    [body.hosted, body.json, body.jwt, body.png, body.svg],
    [credentialUrl, ...['json', 'jwt', 'png', 'svg'].map((suffix) => `${credentialUrl}.${suffix}`)],
  )
  t.notOk('pin' in body)

  const exchange = `${PUBLIC_URL}/workflows/claim/exchanges/${body.id}`
  const lcw = new URL(body.lcw)
  t.equal(`${lcw.origin}${lcw.pathname}`, 'https://lcw.app/request.html')
  const { challenge, ...rest } = Object.fromEntries(lcw.searchParams)
  t.strictSame(rest, { issuer: 'localhost:3999', auth_type: 'bearer', vc_request_url: exchange })
  t.match(challenge, /^[0-9a-f]{64}$/)
  t.equal(body.lcw.split('?').length, 2, 'one question mark: LCW splits on the first')
  const request = `vc_request_url=${encodeURIComponent(exchange)}`
  t.equal(body.learncard, `https://learncard.app/request?${request}`)
  t.equal(body.asu, `asuprequest://request?${request}`)
  t.equal(body.msp, `msprequest://request?${request}`)

  for (const format of ['ldp_vc', 'jwt_vc_json', 'ldp_vc_v1']) {
    const uri = `${PUBLIC_URL}/oid4vci/${tenant.slug}/offers/${body.id}.${format}`
    t.equal(
      body.openid[format],
      `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(uri)}`,
      `${format} in an offer of its own`,
    )
  }
  t.equal(body.verifierplus, `https://verifierplus.org/#verify?vc=${encodeURIComponent(credentialUrl)}`)
  const linkedin = Object.fromEntries(new URL(body.linkedin).searchParams)
  const now = new Date()
  t.strictSame(linkedin, {
    startTask: 'CERTIFICATION_NAME',
    name: 'Je m’engage',
    organizationName: 'Régie & Co « du quartier »',
    issueYear: String(now.getUTCFullYear()),
    issueMonth: String(now.getUTCMonth() + 1),
    expirationYear: String(now.getUTCFullYear() + 2),
    expirationMonth: String(now.getUTCMonth() + 1),
    certUrl: credentialUrl,
    certId: credentialId,
  })
})

t.test('how long a claim lasts is said in seconds or as a duration', async (t) => {
  const { id } = await award(tenant, badge.id)
  const lasting: [unknown, number][] = [
    [90, 90_000],
    ['PT1H30M', 5_400_000],
    ['P1W', 7 * DAY],
    ['P2DT1S', 2 * DAY + 1000],
    [366 * 24 * 3600, 366 * DAY],
  ]
  for (const [expiresIn, ms] of lasting) {
    const before = Date.now()
    const { status, body } = await tenant.call('POST', claimsOf(id), { expiresIn })
    t.equal(status, 201, String(expiresIn))
    const lasts = Date.parse(body.expiresAt) - before
    t.ok(lasts >= ms && lasts < ms + 60_000, `${expiresIn} is ${ms} ms`)
  }
})

t.test('what a claim cannot be is refused', async (t) => {
  const { id } = await award(tenant, badge.id)
  const refused: [string, object][] = [
    ['/expiresIn', { expiresIn: 0 }],
    ['/expiresIn', { expiresIn: -5 }],
    ['/expiresIn', { expiresIn: 1.5 }],
    ['/expiresIn', { expiresIn: 'P' }],
    ['/expiresIn', { expiresIn: 'PT' }],
    ['/expiresIn', { expiresIn: 'P0D' }],
    ['/expiresIn', { expiresIn: 'P1M' }],
    ['/expiresIn', { expiresIn: 'P400D' }],
    ['/expiresIn', { expiresIn: 'P999WT99999999S' }],
    ['/expiresIn', { expiresIn: '604800' }],
    ['/binding', { binding: 'jwk' }],
    ['/binding', { binding: null }],
    ['/pin', { pin: true }],
    ['/maxCollections', { maxCollections: 0 }],
    ['/maxCollections', { maxCollections: '2' }],
    ['/maxCollections', { maxCollections: 101 }],
    ['', { what: 1 }],
  ]
  for (const [path, body] of refused) {
    const answer = await tenant.call('POST', claimsOf(id), body)
    t.equal(answer.status, 400, JSON.stringify(body))
    t.ok(
      answer.body.errors.some((fault: { path: string }) => fault.path.startsWith(path)),
      answer.text,
    )
  }
  t.equal((await tenant.call('GET', claimsOf(id))).body.items.length, 0, 'and makes none')
})

t.test('a badge class says whether its claims are bound', async (t) => {
  const free = await createBadge(tenant, { claimBinding: 'none' })
  const { id } = await award(tenant, free.id)
  t.equal((await tenant.call('POST', claimsOf(id))).body.binding, 'none')
  t.equal((await tenant.call('POST', claimsOf(id), { binding: 'did' })).body.binding, 'did')
  await tenant.call('PATCH', `/v1/badge-classes/${free.id}`, { claimBinding: 'did' })
  t.equal(
    (await tenant.call('POST', claimsOf(id))).body.binding,
    'did',
    'as it says now, for older awards too',
  )
  const document = await anyone('GET', new URL(free.achievementUrl).pathname)
  t.notMatch(document.text, /claimBinding/, 'which is ours, not the standard’s')
})

t.test('a returned code is told once, and with a code the OpenID offers are the only way in', async (t) => {
  const { id } = await award(tenant, badge.id)
  const { body } = await tenant.call('POST', claimsOf(id), { pin: 'returned' })
  t.match(body.pin, /^\d{6}$/)
  t.equal(body.pinDelivery, 'returned')
  for (const name of ['lcw', 'learncard', 'asu', 'msp', 'hosted', 'json', 'png']) t.notOk(name in body, name)
  t.strictSame(Object.keys(body.qr).sort(), ['interaction', 'jwt_vc_json', 'ldp_vc', 'ldp_vc_v1'])
  const again = await tenant.call('GET', claimsOf(id))
  t.notMatch(again.text, body.pin)
  const rows = await service.ctx.db.execute(sql`select * from claims where id = ${body.id}`)
  t.notMatch(JSON.stringify(rows), `"${body.pin}"`, 'nor is it in the database')
})

t.test('a mailed code needs an address, and goes without the link', async (t) => {
  const nobody = await award(tenant, badge.id, { recipient: { did: 'did:example:1' } })
  const refused = await tenant.call('POST', claimsOf(nobody.id), { pin: 'mailed' })
  t.match(refused, { status: 400, body: { errors: [{ path: '/pin' }] } })
  const { id } = await award(tenant, badge.id)
  const { body } = await tenant.call('POST', claimsOf(id), { pin: 'mailed' })
  t.notOk('pin' in body)
  const mails = await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails?about=${id}`)
  t.match(mails.body.items, [{ template: 'claim-code' }])
})

t.test('claims are shown with their assertion, to nobody else', async (t) => {
  const { id } = await award(tenant, badge.id)
  const made = [await tenant.call('POST', claimsOf(id), {}), await tenant.call('POST', claimsOf(id), {})]
  const ids = made.map(({ body }) => body.id)
  const shown = await tenant.call('GET', `/v1/assertions/${id}`)
  t.strictSame(
    shown.body.claims.map((claim: { id: string }) => claim.id),
    ids,
    'the oldest first',
  )
  t.match(shown.body.renderings, [])
  t.not(shown.headers.etag, '"1"', 'its ETag has changed with them')
  const other = await createTenant(app)
  t.equal((await other.call('GET', claimsOf(id))).status, 404)
  t.equal((await other.call('POST', claimsOf(id), {})).status, 404)
  t.equal((await other.call('POST', `${claimsOf(id)}/${ids[0]}/withdraw`)).status, 404)
  const another = await award(tenant, badge.id)
  const mixed = await tenant.call('POST', `${claimsOf(another.id)}/${ids[0]}/withdraw`)
  t.equal(mixed.status, 404, 'a claim of another assertion')
  t.match((await tenant.call('GET', claimsOf(id))).body.items, [{ state: 'offered' }, { state: 'offered' }])
})

t.test('a key that only reads does not learn what lets one collect', async (t) => {
  const { id } = await award(tenant, badge.id)
  const { body } = await tenant.call('POST', claimsOf(id))
  const reader = caller(app, await createKey(app, tenant.slug, ['assertions:read']))
  for (const path of [claimsOf(id), `/v1/assertions/${id}`]) {
    const answer = await reader('GET', path)
    t.equal(answer.status, 200)
    t.notMatch(answer.text, body.id, path)
    t.match((await tenant.call('GET', path)).text, body.id)
  }
})

t.test('a repeat with the same Idempotency-Key makes no second claim', async (t) => {
  const { id } = await award(tenant, badge.id)
  const key = { 'idempotency-key': 'claim-1' }
  const first = await tenant.call('POST', claimsOf(id), {}, key)
  const again = await tenant.call('POST', claimsOf(id), {}, key)
  t.equal(again.body.id, first.body.id)
  t.equal((await tenant.call('GET', claimsOf(id))).body.items.length, 1)
})
