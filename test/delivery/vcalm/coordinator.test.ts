import { randomUUID } from 'node:crypto'
import t from 'tap'
import { collectByExchange, type Post } from '../../support/exchange-wallet.ts'
import { award, createBadge, createKey, createTenant } from '../../support/factories.ts'
import { caller, OPERATOR_KEY, PUBLIC_URL, startService } from '../../support/service.ts'
import { createWallet } from '../../support/wallet.ts'

const EXCHANGES = '/workflows/claim/exchanges'
const NOW = '2026-10-01T12:00:00.000Z'

const { app, setTime } = await startService(t)
setTime(NOW)
const anyone = caller(app)
const operator = caller(app, OPERATOR_KEY)
const [tenant, other] = [await createTenant(app), await createTenant(app)]
const badge = await createBadge(tenant)
const newAssertion = async () => (await award(tenant, badge.id)).id
const post: Post = (url, body) => anyone('POST', url.slice(PUBLIC_URL.length), body)

t.test('an exchange from its creation to its end', async (t) => {
  const assertionId = await newAssertion()
  const made = await tenant.call('POST', EXCHANGES, {
    expires: '2026-10-01T12:15:00Z',
    variables: { assertionId, binding: 'did', maxCollections: 1 },
    openId: { clientProfiles: {} },
  })
  t.equal(made.status, 201)
  const { id } = made.body
  const url = `${PUBLIC_URL}${EXCHANGES}/${id}`
  t.equal(made.headers.location, url)
  t.match(id, /^[a-z0-9][a-z0-9-]{2,}$/)
  const created = {
    id,
    sequence: 0,
    expires: '2026-10-01T12:15:00.000Z',
    step: 'did-authentication',
    state: 'pending',
    variables: { assertionId, binding: 'did', maxCollections: 1 },
  }
  t.same(made.body, created)
  const state = async () => (await tenant.call('GET', `${EXCHANGES}/${id}`)).body
  t.same(await state(), created)
  await anyone('GET', `${EXCHANGES}/${id}/request`)
  await anyone('GET', `${EXCHANGES}/${id}/protocols`)
  t.same(await state(), created, 'to look at it begins nothing')
  await anyone('POST', `${EXCHANGES}/${id}`, {})
  t.same(await state(), { ...created, state: 'active' })
  await collectByExchange(createWallet(), url, post)
  t.same(await state(), { ...created, state: 'complete', sequence: 1 })
  setTime('2026-10-01T12:15:00Z')
  t.match(await state(), { state: 'complete', lastError: { type: /claim-expired$/, status: 410 } })
  setTime(NOW)
})

t.test('what is not said is as for any claim', async (t) => {
  const assertionId = await newAssertion()
  const made = await tenant.call('POST', EXCHANGES, { variables: { assertionId } })
  t.match(made.body, {
    expires: '2026-10-08T12:00:00.000Z',
    variables: { assertionId, binding: 'did', maxCollections: 1 },
  })
  const unbound = await operator('POST', EXCHANGES, { variables: { assertionId, binding: 'none' } })
  t.match(unbound.body, { step: 'delivery', variables: { binding: 'none' } })
  const { body } = await tenant.call('GET', `/v1/assertions/${assertionId}/claims`)
  t.same(
    body.items.map((claim: { id: string }) => claim.id).sort(),
    [made.body.id, unbound.body.id].sort(),
    'an exchange is a claim',
  )
})

t.test('a key that was sent twice with one Idempotency-Key makes one exchange', async (t) => {
  const assertionId = await newAssertion()
  const headers = { 'idempotency-key': randomUUID() }
  const [first, second] = [
    await tenant.call('POST', EXCHANGES, { variables: { assertionId } }, headers),
    await tenant.call('POST', EXCHANGES, { variables: { assertionId } }, headers),
  ]
  t.equal(second.headers['idempotency-replayed'], 'true')
  t.same(second.body, first.body)
  t.equal(second.headers.location, first.headers.location)
  const another = { variables: { assertionId, binding: 'none' } }
  t.equal((await tenant.call('POST', EXCHANGES, another, headers)).status, 422)
})

t.test('who may', async (t) => {
  const assertionId = await newAssertion()
  const body = { variables: { assertionId } }
  const { body: exchange } = await tenant.call('POST', EXCHANGES, body)
  const path = `${EXCHANGES}/${exchange.id}`
  const keyFor = async (...scopes: Parameters<typeof createKey>[2]) =>
    caller(app, await createKey(app, tenant.slug, scopes))
  const [reader, writer] = [await keyFor('assertions:read'), await keyFor('assertions:write')]
  const cases: [who: string, call: typeof anyone, create: number, read: number][] = [
    ['nobody', anyone, 401, 401],
    ['a wrong key', caller(app, 'ecu_wrong'), 401, 401],
    ['another tenant', other.call, 404, 404],
    ['a reader', reader, 403, 200],
    ['a writer', writer, 201, 403],
    ['the issuer', tenant.call, 201, 200],
    ['the operator', operator, 201, 200],
  ]
  for (const [who, call, create, read] of cases) {
    t.equal((await call('POST', EXCHANGES, body)).status, create, `${who} creates`)
    const answer = await call('GET', path)
    t.equal(answer.status, read, `${who} reads`)
    t.equal(answer.headers['cache-control'], 'no-store')
    if (read >= 400) t.equal(answer.headers['content-type'], 'application/problem+json')
  }
  for (const id of [randomUUID(), 'x', exchange.id.toUpperCase()]) {
    t.equal((await tenant.call('GET', `${EXCHANGES}/${id}`)).status, 404)
  }
})

t.test('what cannot be', async (t) => {
  const assertionId = await newAssertion()
  const revoked = await newAssertion()
  await tenant.call('POST', `/v1/assertions/${revoked}/revoke`, { reason: 'Erreur' })
  const cases: [status: number, body: unknown, path?: string][] = [
    [400, undefined],
    [400, {}, '/variables'],
    [400, { variables: {} }, '/variables/assertionId'],
    [400, { variables: { assertionId: 'x' } }, '/variables/assertionId'],
    [400, { variables: { assertionId, binding: 'email' } }, '/variables/binding'],
    [400, { variables: { assertionId, maxCollections: 0 } }, '/variables/maxCollections'],
    [400, { variables: { assertionId, maxCollections: 101 } }, '/variables/maxCollections'],
    [400, { variables: { assertionId, pin: 'mailed' } }, '/variables/pin'],
    [400, { variables: { assertionId }, steps: {} }, '/steps'],
    [400, { variables: { assertionId }, openId: 'x' }, '/openId'],
    [400, { variables: { assertionId }, expires: 'tomorrow' }, '/expires'],
    [400, { variables: { assertionId }, expires: '2026-02-30T00:00:00Z' }, '/expires'],
    [400, { variables: { assertionId }, expires: NOW }, '/expires'],
    [400, { variables: { assertionId }, expires: '2025-10-01T12:00:00Z' }, '/expires'],
    [400, { variables: { assertionId }, expires: '2028-10-01T12:00:00Z' }, '/expires'],
    [404, { variables: { assertionId: randomUUID() } }],
    [409, { variables: { assertionId: revoked } }],
  ]
  for (const [status, body, path] of cases) {
    const answer = await tenant.call('POST', EXCHANGES, body)
    t.equal(answer.status, status, answer.text)
    t.equal(answer.headers['content-type'], 'application/problem+json')
    const paths = (answer.body.errors ?? []).map((fault: { path: string }) => fault.path)
    if (path) t.ok(paths.includes(path), `${JSON.stringify(body)}: ${paths}`)
  }
})
