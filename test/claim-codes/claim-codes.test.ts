import t from 'tap'
import { createBadge, createDraft, createTenant, type Tenant } from '../support/factories.ts'
import { pagesOf, textOf } from '../support/pdf.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const stranger = await createTenant(service.app)

const make = async (owner: Tenant, id: string, body: object = { count: 2 }, headers = {}) =>
  owner.call('POST', `/v1/badge-classes/${id}/claim-codes`, body, headers)
const csvOf = async (id: string) => (await tenant.call('GET', `/v1/claim-codes/${id}/codes.csv`)).text

t.test('a set of codes is made, read and listed, never with its codes', async (t) => {
  service.setTime('2026-05-01T08:00:00Z')
  const { id } = await createBadge(tenant)
  const times = { validFrom: '2026-05-02T00:00:00.000Z', validUntil: '2026-06-01T00:00:00.000Z' }
  const made = await make(tenant, id, { count: 3, usesPerCode: 4, label: 'Forum', ...times })
  t.equal(made.status, 201)
  t.equal(made.headers.location, `${PUBLIC_URL}/v1/claim-codes/${made.body.id}`)
  t.strictSame(made.body, {
    id: made.body.id,
    badgeClass: id,
    label: 'Forum',
    count: 3,
    usesPerCode: 4,
    maxUses: 12,
    used: 0,
    ...times,
    revision: 1,
    createdAt: '2026-05-01T08:00:00.000Z',
  })
  const read = await tenant.call('GET', `/v1/claim-codes/${made.body.id}`)
  t.strictSame(read.body, made.body)
  const again = await tenant.call('GET', `/v1/claim-codes/${made.body.id}`, undefined, {
    'if-none-match': String(read.headers.etag),
  })
  t.equal(again.status, 304)
  for (const minute of [1, 2]) {
    service.setTime(`2026-05-01T08:0${minute}:00Z`)
    await make(tenant, id, { count: 1 })
  }
  const first = await tenant.call('GET', `/v1/badge-classes/${id}/claim-codes?limit=2`)
  t.strictSame(
    first.body.items.map((set: { count: number }) => set.count),
    [1, 1],
  )
  const rest = await tenant.call('GET', `/v1/badge-classes/${id}/claim-codes?cursor=${first.body.nextCursor}`)
  t.strictSame(rest.body.items, [made.body])
})

t.test('the codes are 12 letters that nobody confuses, each once', async (t) => {
  const { id } = await createDraft(tenant)
  const made = await make(tenant, id, { count: 500 })
  const answer = await tenant.call('GET', `/v1/claim-codes/${made.body.id}/codes.csv`)
  t.match(answer.headers, { 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'private, no-store' })
  const lines = answer.text
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split('\r\n')
  t.equal(lines.shift(), 'number;code;url;uses')
  t.equal(lines.length, 500)
  const codes = lines.map((line, i) => {
    const [number, code, url, uses] = line.split(';')
    t.strictSame([number, uses], [String(i + 1), '0'])
    t.match(code, /^[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}$/)
    t.equal(url, `${PUBLIC_URL}/achievements/${id}?code=${code}`)
    return code!
  })
  t.equal(new Set(codes).size, 500)
  const letters = new Set(codes.join('').replaceAll('-', ''))
  t.equal(letters.size, 31, 'every letter of the alphabet is used')
  const stored = await service.ctx.db.execute('select cs.*, c.* from claim_code_sets cs, claim_codes c')
  const text = JSON.stringify((stored as unknown as { rows: unknown[] }).rows)
  t.notOk(
    codes.some((code) => text.includes(code) || text.includes(code.replaceAll('-', ''))),
    'none at rest',
  )
})

t.test('their QR codes lead to the page of the form, which may have a query of its own', async (t) => {
  const requestForm = { formUrl: 'https://siae.example/demande?badge=1' }
  const { id } = await createBadge(tenant, { requestForm })
  const made = await make(tenant, id, { count: 2 })
  const [, , line] = (await csvOf(made.body.id)).split('\r\n')
  const [, code, url] = line!.split(';')
  t.equal(url, `https://siae.example/demande?badge=1&code=${code}`)
  const base = `/v1/claim-codes/${made.body.id}/codes`
  const svg = await tenant.call('GET', `${base}/2.svg`)
  t.match(svg.headers, { 'content-type': 'image/svg+xml', 'cache-control': 'private, no-store' })
  t.match(svg.text, /^<svg /)
  t.not(svg.text, (await tenant.call('GET', `${base}/1.svg`)).text)
  const png = await tenant.call('GET', `${base}/1.png`)
  t.equal(png.headers['content-type'], 'image/png')
  t.equal(png.bytes.subarray(1, 4).toString(), 'PNG')
  for (const file of ['0.svg', '3.svg', '1.gif', '01.svg', '1', '99999.png']) {
    t.equal((await tenant.call('GET', `${base}/${file}`)).status, 404, file)
  }
})

t.test('the sheet has 21 cards on a page', async (t) => {
  const { id } = await createBadge(tenant, { name: 'J’apprends à cœur ouvert' })
  for (const [count, pages] of [
    [1, 1],
    [21, 1],
    [22, 2],
    [64, 4],
  ] as const) {
    const made = await make(tenant, id, { count })
    const sheet = await tenant.call('GET', `/v1/claim-codes/${made.body.id}/sheet.pdf`)
    t.match(sheet.headers, { 'content-type': 'application/pdf', 'cache-control': 'private, no-store' })
    t.equal(pagesOf(sheet.bytes), pages, `${count} codes`)
    const text = textOf(sheet.bytes)
    const codes = (await csvOf(made.body.id)).trimEnd().split('\r\n').slice(1)
    for (const line of codes) t.ok(text.includes(line.split(';')[1]!), line)
    t.match(text, 'cœur')
  }
})

t.test('a revoked set stays so, and its first time', async (t) => {
  const { id } = await createBadge(tenant)
  const { body } = await make(tenant, id)
  service.setTime('2026-05-02T08:00:00Z')
  const revoked = await tenant.call('POST', `/v1/claim-codes/${body.id}/revoke`)
  t.match(revoked.body, { revokedAt: '2026-05-02T08:00:00.000Z', revision: 2 })
  service.setTime('2026-05-03T08:00:00Z')
  t.strictSame((await tenant.call('POST', `/v1/claim-codes/${body.id}/revoke`)).body, revoked.body)
})

t.test('one Idempotency-Key, one set', async (t) => {
  const { id } = await createBadge(tenant)
  const key = { 'idempotency-key': 'forum-2026' }
  const first = await make(tenant, id, { count: 5 }, key)
  const second = await make(tenant, id, { count: 5 }, key)
  t.strictSame(second.body, first.body)
  t.equal((await tenant.call('GET', `/v1/badge-classes/${id}/claim-codes`)).body.items.length, 1)
})

t.test('what cannot be made is refused by its path', async (t) => {
  service.setTime('2026-05-01T08:00:00Z')
  const { id } = await createBadge(tenant)
  const faulty: [object, string][] = [
    [{}, '/count'],
    [{ count: 0 }, '/count'],
    [{ count: 5001 }, '/count'],
    [{ count: 1, usesPerCode: 100_001 }, '/usesPerCode'],
    [{ count: 1, maxUses: 0 }, '/maxUses'],
    [{ count: 1, validUntil: '2026-05-01T08:00:00Z' }, '/validUntil'],
    [{ count: 1, validFrom: '2026-06-01T00:00:00Z', validUntil: '2026-06-01T00:00:00Z' }, '/validUntil'],
  ]
  for (const [body, path] of faulty) {
    const answer = await make(tenant, id, body)
    t.equal(answer.status, 400, JSON.stringify(body))
    t.equal(answer.body.errors[0].path, path)
  }
  await tenant.call('POST', `/v1/badge-classes/${id}/archive`)
  t.equal((await make(tenant, id)).status, 409, 'an archived badge')
})

t.test('the largest set is made, listed and printed', async (t) => {
  const { id } = await createBadge(tenant)
  const { body } = await make(tenant, id, { count: 5000, usesPerCode: 100_000 })
  t.equal(body.maxUses, 500_000_000)
  t.equal((await csvOf(body.id)).trimEnd().split('\r\n').length, 5001)
  const sheet = await tenant.call('GET', `/v1/claim-codes/${body.id}/sheet.pdf`)
  t.equal(pagesOf(sheet.bytes), Math.ceil(5000 / 21))
})

t.test('nobody else sees a set or makes one', async (t) => {
  const { id } = await createBadge(tenant)
  const { body } = await make(tenant, id)
  const base = `/v1/claim-codes/${body.id}`
  for (const path of ['', '/codes.csv', '/sheet.pdf', '/codes/1.svg', '/codes/1.png']) {
    t.equal((await stranger.call('GET', base + path)).status, 404, path)
    t.equal((await caller(service.app)('GET', base + path)).status, 401, path)
  }
  t.equal((await stranger.call('POST', `${base}/revoke`)).status, 404)
  t.equal((await make(stranger, id)).status, 404)
  t.equal((await stranger.call('GET', `/v1/badge-classes/${id}/claim-codes`)).status, 404)
  t.notOk((await tenant.call('GET', base)).body.revokedAt)
})
