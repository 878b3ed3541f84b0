import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { createTenant } from '../../support/factories.ts'
import { call, post, readOffer, tokenForm } from '../../support/openid-wallet.ts'
import { startStand } from './stand.ts'

const stand = await startStand(t)
const { service, tenant, issuer } = stand
const GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'
const uriOf = (link: string) => new URL(link).searchParams.get('credential_offer_uri')!
const redeem = (form: URLSearchParams, at = issuer) => post(`${at}/token`, form)
const refused = (error: string) => ({ status: 400, body: { error, error_description: String } })
const later = (seconds: number) => service.setTime(new Date(Date.now() + seconds * 1000))

t.test('an offer is JSON that nobody keeps, the same until its code was used', async (t) => {
  later(0)
  const { link } = await stand.offer('ldp_vc')
  const first = await call(uriOf(link))
  t.match(first.headers.get('content-type'), /^application\/json/)
  t.equal(first.headers.get('cache-control'), 'no-store')
  t.strictSame(Object.keys(first.body), ['credential_issuer', 'credential_configuration_ids', 'grants'])
  t.match(first.body, {
    credential_issuer: issuer,
    credential_configuration_ids: ['OpenBadgeCredential_ldp_vc'],
  })
  t.strictSame(Object.keys(first.body.grants[GRANT]), ['pre-authorized_code'])
  t.strictSame((await call(uriOf(link))).body, first.body, 'asked again at once')
  t.equal((await redeem(tokenForm(first.body))).status, 200)
  const next = await call(uriOf(link))
  t.notSame(next.body.grants, first.body.grants, 'a used code is offered to nobody')
  t.equal((await redeem(tokenForm(next.body))).status, 200)
})

t.test('an unbound badge that was collected as often as it may be is offered to nobody', async (t) => {
  later(0)
  const { link } = await stand.offer('ldp_vc', { binding: 'none' })
  const offer = await readOffer(link)
  const token = await redeem(tokenForm(offer))
  const asked = { credential_configuration_id: 'OpenBadgeCredential_ldp_vc' }
  const collect = () => post(`${issuer}/credential`, asked, `Bearer ${token.body.access_token}`)
  t.equal((await collect()).status, 200)
  t.match(await collect(), {
    status: 400,
    body: { error: 'credential_request_denied', error_description: /as often/ },
  })
  t.match(await call(uriOf(link)), { status: 410, body: { type: /claim-collected$/ } })
})

t.test('an offer with a code says how it looks', async (t) => {
  for (const [pin, words] of [
    ['mailed', /mail/],
    ['returned', /issuer/],
  ] as const) {
    const { link } = await stand.offer('jwt_vc_json', { pin })
    const { tx_code } = (await call(uriOf(link))).body.grants[GRANT]
    t.match(tx_code, { input_mode: 'numeric', length: 6, description: words })
    t.ok(tx_code.description.length <= 300)
  }
})

t.test('an offer that has ended tells people so, in words', async (t) => {
  later(0)
  const neighbour = await createTenant(service.app)
  const { link, claim, assertionId } = await stand.offer('ldp_vc', { expiresIn: 900 })
  const uri = uriOf(link)
  for (const unknown of [
    uri.replace(tenant.slug, neighbour.slug),
    uri.replace(tenant.slug, 'nobody'),
    uri.replace(claim.id, assertionId),
    uri.replace('.ldp_vc', '.mso_mdoc'),
    uri.replace('.ldp_vc', ''),
    uri.replace('.ldp_vc', '.ldp_vc%00'),
  ]) {
    const answer = await call(unknown)
    t.equal(answer.status, 404, unknown)
    t.match(answer.headers.get('content-type'), /^application\/problem\+json/)
  }
  later(901)
  const expired = await call(uri, { headers: { 'accept-language': 'fr' } })
  t.match(expired, { status: 410, body: { type: /claim-expired$/, title: String } })
  t.equal(expired.headers.get('cache-control'), 'no-store')
  later(0)
  t.equal((await call(uri)).status, 200)
  await tenant.call('POST', `/v1/assertions/${assertionId}/revoke`, { reason: 'Erreur' })
  t.match(await call(uri), { status: 410, body: { type: /claim-revoked$/ } })
  const other = await stand.offer('ldp_vc')
  await tenant.call('POST', `/v1/assertions/${other.assertionId}/claims/${other.claim.id}/withdraw`)
  t.match(await call(uriOf(other.link)), { status: 410, body: { type: /claim-withdrawn$/ } })
})

t.test(
  'a code is used once, within twenty minutes, at its issuer, and lives no longer than its claim',
  async (t) => {
    later(0)
    const form = async (claim: object = {}) =>
      tokenForm(await readOffer((await stand.offer('ldp_vc', claim)).link))
    const used = await form()
    const given = await redeem(used)
    t.equal(given.status, 200)
    t.match(given.body, { access_token: /^[\w-]{43}$/, token_type: 'bearer', expires_in: 600 })
    t.strictSame(Object.keys(given.body).sort(), [
      'access_token',
      'c_nonce',
      'c_nonce_expires_in',
      'expires_in',
      'token_type',
    ])
    t.equal(given.headers.get('cache-control'), 'no-store')
    const replayed = await redeem(used)
    t.match(replayed, refused('invalid_grant'))
    t.equal(replayed.headers.get('cache-control'), 'no-store')
    const code = (await form()).get('pre-authorized_code')!
    for (const wrong of [
      `A${code.slice(1)}`,
      code.slice(0, -4),
      `${code}AAAA`,
      'x',
      ' ',
      'é'.repeat(2000),
      `${code}=`,
    ]) {
      const changed = new URLSearchParams({ grant_type: GRANT, 'pre-authorized_code': wrong })
      t.equal((await redeem(changed)).status, 400)
      if (wrong.trim()) t.match(await redeem(changed), refused('invalid_grant'), wrong.slice(0, 20))
    }
    const neighbour = await createTenant(service.app)
    const { origin } = new URL(issuer)
    const good = await form()
    t.match(await redeem(good, `${origin}/oid4vci/${neighbour.slug}`), refused('invalid_grant'))
    t.match(await redeem(good, `${origin}/oid4vci/nobody`), {
      status: 404,
      body: { error: 'invalid_request' },
    })
    t.equal((await redeem(good)).status, 200, 'trying elsewhere did not use it up')

    const late = await form()
    const short = await form({ expiresIn: 60 })
    later(59)
    t.equal((await redeem(await form({ expiresIn: 60 }))).status, 200)
    later(61)
    t.match(await redeem(short), refused('invalid_grant'), 'the claim has ended')
    later(10 * 60 - 1)
    t.equal((await redeem(await form())).status, 200)
    later(20 * 60 + 1)
    t.match(await redeem(late), refused('invalid_grant'), 'the code has expired')
    later(0)
  },
)

t.test('a code ends with its claim, however that ends', async (t) => {
  later(0)
  const withdrawn = await stand.offer('ldp_vc')
  const revoked = await stand.offer('ldp_vc')
  const forms = [tokenForm(await readOffer(withdrawn.link)), tokenForm(await readOffer(revoked.link))]
  await tenant.call('POST', `/v1/assertions/${withdrawn.assertionId}/claims/${withdrawn.claim.id}/withdraw`)
  await tenant.call('POST', `/v1/assertions/${revoked.assertionId}/revoke`, { reason: 'Erreur' })
  for (const form of forms) t.match(await redeem(form), refused('invalid_grant'))
})

t.test('of twenty requests at once with one code one gets a token', async (t) => {
  const form = tokenForm(await readOffer((await stand.offer('ldp_vc')).link))
  const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(form)))
  const outcomes = answers.map(({ status, body }) => (status === 200 ? 'ok' : body.error)).sort()
  t.strictSame(outcomes, [...Array(19).fill('invalid_grant'), 'ok'])
})

t.test('tokens are kept as hashes, codes not at all', async (t) => {
  const form = tokenForm(await readOffer((await stand.offer('ldp_vc')).link))
  const { access_token: token } = (await redeem(form)).body
  const { rows } = (await service.ctx.db.execute(sql`select * from oid4vci_grants`)) as unknown as {
    rows: object[]
  }
  const kept = JSON.stringify(rows, (_name, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
  )
  t.notOk(kept.includes(token))
  t.notOk(kept.includes(form.get('pre-authorized_code')!))
  t.notOk(service.logged().includes(token))
  t.notOk(service.logged().includes(form.get('pre-authorized_code')!))
  const found = (await service.ctx.db.execute(
    sql`select 1 from oid4vci_grants where token_hash = ${createHash('sha256').update(token).digest()}`,
  )) as unknown as { rows: object[] }
  t.equal(found.rows.length, 1)
})

t.test('requests that are none get the code of what is wrong', async (t) => {
  const form = async () => tokenForm(await readOffer((await stand.offer('ldp_vc')).link))
  const good = await form()
  const changed = (change: Record<string, string | undefined>) => {
    const entries = Object.entries({ ...Object.fromEntries(good), ...change })
    return new URLSearchParams(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
  }
  const details = (...items: unknown[]) => changed({ authorization_details: JSON.stringify(items) })
  const type = 'openid_credential'
  const cases: [what: string, body: URLSearchParams, error: string][] = [
    ['no grant type', changed({ grant_type: undefined }), 'invalid_request'],
    ['another grant type', changed({ grant_type: 'authorization_code' }), 'unsupported_grant_type'],
    [
      'client credentials',
      new URLSearchParams({ grant_type: 'client_credentials' }),
      'unsupported_grant_type',
    ],
    ['no code', changed({ 'pre-authorized_code': undefined }), 'invalid_request'],
    ['an empty code', changed({ 'pre-authorized_code': '' }), 'invalid_request'],
    ['a tx_code where there is none', changed({ tx_code: '123456' }), 'invalid_request'],
    ['a user_pin where there is none', changed({ user_pin: '123456' }), 'invalid_request'],
    ['a parameter twice', new URLSearchParams(`${good}&grant_type=x`), 'invalid_request'],
    ['a NUL', changed({ 'pre-authorized_code': 'a\0b' }), 'invalid_request'],
    ['details that are no JSON', changed({ authorization_details: '[{' }), 'invalid_authorization_details'],
    ['details that are no list', changed({ authorization_details: '{}' }), 'invalid_authorization_details'],
    ['no details in the list', details(), 'invalid_authorization_details'],
    ['details that are null', details(null), 'invalid_authorization_details'],
    ['details of another type', details({ type: 'payment' }), 'invalid_authorization_details'],
    ['details of nothing', details({ type }), 'invalid_authorization_details'],
    [
      'details of another configuration',
      details({ type, credential_configuration_id: 'OpenBadgeCredential_jwt_vc_json' }),
      'invalid_authorization_details',
    ],
  ]
  for (const [what, body, error] of cases) t.match(await redeem(body), refused(error), what)
  for (const body of [Object.fromEntries(good), [], 'x', { grant_type: GRANT }]) {
    t.match(await post(`${issuer}/token`, Object(body)), refused('invalid_request'), 'not a form')
  }
  t.match(await call(`${issuer}/token`, { method: 'POST' }), refused('invalid_request'), 'nothing at all')
  const ok = await redeem(
    changed({
      client_id: 'someone',
      resource: issuer,
      state: 'x',
      authorization_details: JSON.stringify([{ type, format: 'ldp_vc' }]),
    }),
  )
  t.equal(ok.status, 200, 'none of that used the code, and what is not known is ignored')
  t.equal(ok.body.authorization_details[0].credential_configuration_id, 'OpenBadgeCredential_ldp_vc')
})

t.test('no code and no token is taken from an address', async (t) => {
  const form = tokenForm(await readOffer((await stand.offer('ldp_vc')).link))
  const code = form.get('pre-authorized_code')!
  for (const query of [
    `pre-authorized_code=${code}`,
    'tx_code=1',
    'user_pin=1',
    'access_token=x',
    'access_token=',
  ]) {
    t.match(await post(`${issuer}/token?${query}`, form), refused('invalid_request'), query)
  }
  const grantType = new URLSearchParams({ grant_type: GRANT })
  t.match(await post(`${issuer}/token?pre-authorized_code=${code}`, grantType), refused('invalid_request'))
  const { access_token: token } = (await redeem(form)).body
  for (const name of ['credential', 'deferred', 'notification']) {
    const url = `${issuer}/${name}?access_token=${token}`
    t.match(await post(url, {}), { status: 400, body: { error: 'invalid_request' } }, name)
    t.match(await post(url, {}, `Bearer ${token}`), { status: 400, body: { error: 'invalid_request' } }, name)
  }
})
