import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { award, createBadge, createTenant } from './support/factories.ts'
import { caller, OPERATOR_KEY, startService } from './support/service.ts'

const service = await startService(t, { logLevel: 'trace' })
const tenant = await createTenant(service.app)
const badge = await createBadge(tenant)
const recipient = { email: 'aicha.benhaddou@siae.example', name: 'Aïcha Benhaddou' }
const assertionsUrl = `/v1/badge-classes/${badge.id}/assertions`
const stranger = caller(service.app)

/** Everything that a log must not hold, by what it is. */
const secrets: Record<string, string> = {
  'the key of the operator': OPERATOR_KEY,
  'an API key': tenant.key,
  'an e-mail address': 'aicha.benhaddou',
  'a name': 'Benhaddou',
}
/** The log, and the log as a reader could decode it. */
const leaks = () => {
  const decoded = service
    .logged()
    .replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
  const log = `${service.logged()}${decoded}`.toLowerCase()
  return Object.keys(secrets).filter((what) => log.includes(secrets[what]!.toLowerCase()))
}

t.test('what is awarded, fetched and looked for leaves no trace of the person', async (t) => {
  const made = await award(tenant, badge.id, { recipient, discloseName: true })
  secrets['a credential id'] = made.credentialId
  for (const suffix of ['', '.json', '.jwt', '.png', '.svg', '/', '?proof=Ed25519Signature2020', '/more']) {
    await stranger('GET', `${made.path}${suffix}`)
  }
  const digits = made.credentialId.replace(/\d/g, (digit) => `%3${digit}`)
  for (const path of [
    `/credentials/${digits}`,
    `/%63redentials/${made.credentialId}`,
    `//credentials/${made.credentialId}`,
    `/CREDENTIALS/${made.credentialId}`,
    `/elsewhere/${made.credentialId}`,
  ]) {
    await stranger('GET', path)
  }
  await stranger('POST', '/verify', { url: made.credentialUrl })
  await tenant.call('GET', `/v1/issuers/${tenant.slug}/assertions?recipient=${recipient.email}`)
  await tenant.call('POST', assertionsUrl, { recipient }, { 'idempotency-key': randomUUID() })
  await tenant.call('POST', `/v1/assertions/${made.id}/revoke`, { reason: `Demande de ${recipient.name}` })
  t.match(service.logged(), /request completed/)
  t.match(service.logged(), made.credentialId.slice(0, 8), 'enough to find its lines')
  t.strictSame(leaks(), [])
})

t.test('a key that is refused is not in the log', async (t) => {
  secrets['a wrong key'] = 'ecu_not-the-key-but-nearly'
  secrets['a password'] = 'basic-password'
  const url = `/v1/issuers/${tenant.slug}`
  await caller(service.app, secrets['a wrong key'])('GET', url)
  await caller(service.app, tenant.key)('POST', '/v1/issuers', {})
  const basic = Buffer.from(`user:${secrets['a password']}`).toString('base64')
  secrets['a password, encoded'] = basic
  await stranger('GET', url, undefined, { authorization: `Basic ${basic}` })
  await stranger('GET', `${url}?key=${tenant.key}`)
  await stranger('GET', url, undefined, { cookie: `key=${tenant.key}`, 'x-api-key': tenant.key })
  t.strictSame(leaks(), [])
})

t.test('a faulty body is not in the log', async (t) => {
  for (const body of [
    `{"recipient": {"email": "${recipient.email}"`,
    JSON.stringify({ recipient: { email: `${recipient.email}\0` } }),
    JSON.stringify({ recipient: { ...recipient, [recipient.email]: 1 } }),
    JSON.stringify({ recipient, awardedDate: recipient.name }),
  ]) {
    const answer = await tenant.call('POST', assertionsUrl, body, { 'content-type': 'application/json' })
    t.equal(answer.status, 400)
  }
  t.strictSame(leaks(), [])
})

t.test('a broken database is told without what was to be stored', async (t) => {
  const breakages = [
    ['alter table credentials rename to gone', 'alter table gone rename to credentials'],
    [
      "alter table credentials add constraint broken check (body = '')",
      'alter table credentials drop constraint broken',
    ],
  ] as const
  await service.ctx.db.execute(sql`delete from credentials`)
  for (const [breakIt, mendIt] of breakages) {
    await service.ctx.db.execute(sql.raw(breakIt))
    const broken = { email: `2-${recipient.email}`, name: recipient.name }
    const answer = await tenant.call('POST', assertionsUrl, { recipient: broken, discloseName: true })
    await service.ctx.db.execute(sql.raw(mendIt))
    t.equal(answer.status, 500, breakIt)
    t.notMatch(answer.text, /credentials|Benhaddou/)
  }
  t.equal(service.logged().match(/a request failed/g)?.length, 2, 'the log tells that it failed')
  t.match(service.logged(), /violates check constraint|"credentials" does not exist/)
  t.strictSame(leaks(), [])
})
