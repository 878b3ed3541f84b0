import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { purgeIdempotencyKeys } from '../../src/http/idempotency/idempotency.ts'
import { BADGE, createBadge, createDraft, createTenant } from '../support/factories.ts'
import { type Answer, caller, OPERATOR_KEY, startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const badgesUrl = `/v1/issuers/${tenant.slug}/badge-classes`
const once = (key: string) => ({ 'idempotency-key': key })

/** The headers that say something of the answer itself. */
const told = ({ headers }: Answer) => {
  const perRequest = ['date', 'x-request-id', 'idempotency-replayed']
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !perRequest.includes(name)))
}
const countBadges = async (name: string) => {
  const list = await tenant.call('GET', `${badgesUrl}?limit=200`)
  return list.body.items.filter((item: { name: string }) => item.name === name).length
}
const rowsOfAnswers = async () => {
  const result = await service.ctx.db.execute(
    sql`select to_jsonb(idempotency_keys) as row from idempotency_keys`,
  )
  return (result as unknown as { rows: unknown[] }).rows
}

t.test('the same key and body get the first answer again, headers included', async (t) => {
  const headers = once(randomUUID())
  const body = { ...BADGE, name: 'Une seule fois' }
  const first = await tenant.call('POST', badgesUrl, body, headers)
  const again = await tenant.call('POST', badgesUrl, body, headers)
  t.equal(first.status, 201)
  t.equal(first.headers['idempotency-replayed'], undefined)
  t.equal(again.status, 201)
  t.equal(again.headers['idempotency-replayed'], 'true')
  t.equal(again.text, first.text)
  t.ok(first.headers.location && first.headers.etag)
  t.strictSame(told(again), told(first))
  t.equal(await countBadges('Une seule fois'), 1)
})

t.test('an answer without a body change is repeated too', async (t) => {
  const { id } = await createBadge(tenant)
  const headers = once(randomUUID())
  const award = { recipient: { email: 'noe@example.org' } }
  const first = await tenant.call('POST', `/v1/badge-classes/${id}/assertions`, award, headers)
  const archived = await tenant.call('POST', `/v1/badge-classes/${id}/archive`, undefined, once('archive'))
  t.equal(archived.status, 200)
  const again = await tenant.call('POST', `/v1/badge-classes/${id}/assertions`, award, headers)
  t.equal(again.status, 201, 'although the badge can be awarded no more')
  t.equal(again.text, first.text)
})

t.test('a refusal is an answer like any other', async (t) => {
  const taken = await createDraft(tenant, { slug: 'pris' })
  const headers = once(randomUUID())
  const body = { ...BADGE, name: 'Refusé', slug: 'pris' }
  const first = await tenant.call('POST', badgesUrl, body, headers)
  t.equal(first.status, 409)
  await tenant.call('PATCH', `/v1/badge-classes/${taken.id}`, { slug: 'libre' })
  const again = await tenant.call('POST', badgesUrl, body, headers)
  t.equal(again.status, 409)
  t.equal(again.headers['idempotency-replayed'], 'true')
  t.equal(again.text, first.text)
  t.strictSame(told(again), told(first))
  t.equal(await countBadges('Refusé'), 0)
  t.equal((await tenant.call('POST', badgesUrl, body, once(randomUUID()))).status, 201, 'a new key works')
})

t.test('another request under the same key is 422', async (t) => {
  const headers = once(randomUUID())
  await tenant.call('POST', badgesUrl, BADGE, headers)
  const other = { ...BADGE, name: 'Un autre corps' }
  const refused = await tenant.call('POST', badgesUrl, other, headers)
  t.equal(refused.status, 422)
  t.match(refused.body, { type: /\/problems\/idempotency-reused$/ })
  t.equal(refused.headers['idempotency-replayed'], undefined)
  t.equal(await countBadges('Un autre corps'), 0)
  const { id } = await createBadge(tenant)
  const elsewhere = await tenant.call('POST', `/v1/badge-classes/${id}/archive`, undefined, headers)
  t.equal(elsewhere.status, 422)
})

t.test('two callers may use the same key', async (t) => {
  const headers = once('lot-1')
  const other = await createTenant(service.app)
  const mine = await tenant.call('POST', badgesUrl, BADGE, headers)
  const theirs = await other.call('POST', `/v1/issuers/${other.slug}/badge-classes`, BADGE, headers)
  const operators = await caller(service.app, OPERATOR_KEY)('POST', badgesUrl, BADGE, headers)
  t.strictSame([mine.status, theirs.status, operators.status], [201, 201, 201])
  t.equal(new Set([mine, theirs, operators].map(({ body }) => body.id)).size, 3)
})

t.test('duplicates at the same time never make two objects', async (t) => {
  const { id } = await createBadge(tenant)
  const routes = [
    [badgesUrl, { ...BADGE, name: 'En même temps' }],
    [`/v1/badge-classes/${id}/assertions`, { recipient: { email: 'mia@example.org' }, allowDuplicate: true }],
    [`/v1/issuers/${tenant.slug}/api-keys`, { name: 'En même temps', scopes: ['issuer:read'] }],
  ] as const
  for (const [url, body] of routes) {
    const headers = once(randomUUID())
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => tenant.call('POST', url, body, headers)),
    )
    const made = answers.filter(({ status }) => status === 201)
    t.ok(made.length >= 1)
    t.equal(new Set(made.map((answer) => answer.body.id)).size, 1)
    t.equal(made.filter((answer) => !answer.headers['idempotency-replayed']).length, 1)
    t.ok(answers.every(({ status }) => status === 201 || status === 409))
    const after = await tenant.call('POST', url, body, headers)
    t.equal(after.text, made[0]!.text)
  }
  t.equal(await countBadges('En même temps'), 1)
  const held = await tenant.call('GET', `/v1/issuers/${tenant.slug}/assertions?badgeClass=${id}`)
  t.equal(held.body.items.length, 1)
})

t.test('a key that is none is 400 and nothing is done', async (t) => {
  for (const key of ['', 'a'.repeat(256), 'deux mots', 'clé', 'a\tb']) {
    const answer = await tenant.call('POST', badgesUrl, { ...BADGE, name: 'Mauvaise clé' }, once(key))
    t.equal(answer.status, 400, JSON.stringify(key.slice(0, 12)))
    t.equal(answer.body.errors[0].path, 'Idempotency-Key')
  }
  t.equal(await countBadges('Mauvaise clé'), 0)
  t.equal((await tenant.call('POST', badgesUrl, BADGE, once('a'.repeat(255)))).status, 201)
})

t.test('nothing that an answer says can be read in the table', async (t) => {
  const { id } = await createBadge(tenant)
  const keys = `/v1/issuers/${tenant.slug}/api-keys`
  const key = await tenant.call('POST', keys, { name: 'Secret', scopes: ['issuer:read'] }, once(randomUUID()))
  const recipient = { email: 'secret.person@example.org', name: 'Personne Secrète' }
  const url = `/v1/badge-classes/${id}/assertions`
  const award = await tenant.call('POST', url, { recipient }, once(randomUUID()))
  t.strictSame([key.status, award.status], [201, 201])
  const rows = await rowsOfAnswers()
  const text = JSON.stringify(rows)
  t.ok(rows.length > 2)
  for (const secret of [key.body.key, 'secret.person', 'Personne', award.body.credentialId, award.body.id]) {
    t.notOk(text.includes(secret), 'as it is')
    t.notOk(text.includes(Buffer.from(secret).toString('base64url').slice(2, -2)), 'in base64')
  }
})

t.test('an answer is kept for 24 hours', async (t) => {
  const start = Date.parse('2031-05-01T08:00:00Z')
  const after = (ms: number) => new Date(start + ms)
  const day = 24 * 3600 * 1000
  service.setTime(after(0))
  const headers = once(randomUUID())
  const first = await tenant.call('POST', badgesUrl, BADGE, headers)
  service.setTime(after(day))
  t.equal((await tenant.call('POST', badgesUrl, BADGE, headers)).body.id, first.body.id)
  service.setTime(after(day + 1))
  const anew = await tenant.call('POST', badgesUrl, BADGE, headers)
  t.equal(anew.headers['idempotency-replayed'], undefined)
  t.not(anew.body.id, first.body.id)
  service.setTime(after(3 * day))
  await purgeIdempotencyKeys(service.ctx)
  t.strictSame(await rowsOfAnswers(), [])
})
