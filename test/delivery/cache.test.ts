import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { createBodyCache, toBody } from '../../src/storage/body-cache.ts'
import { readBit } from '../../src/vc/bitstring.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { caller, startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const badge = await createBadge(tenant)
const anyone = caller(service.app)
const get = (path: string, headers: Record<string, string> = {}) => anyone('GET', path, undefined, headers)
const run = (statement: string) => service.ctx.db.execute(sql.raw(statement))

/** While the table of credentials is away, a read of it is a 500. */
async function withoutTable(work: () => Promise<void>): Promise<void> {
  await run('alter table credentials rename to away')
  try {
    await work()
  } finally {
    await run('alter table away rename to credentials')
  }
}

const JSON_AND_JWT = ['', '.json', '.jwt', '?proof=Ed25519Signature2020', '?proof=eddsa-rdfc-2022']

t.test('a second read is the same, without the database', async (t) => {
  const { path } = await award(tenant, badge.id)
  const first = new Map<string, Awaited<ReturnType<typeof get>>>()
  for (const form of JSON_AND_JWT) first.set(form, await get(path + form))
  t.equal(new Set([...first.values()].map(({ headers }) => headers.etag)).size, 3, 'three signed forms')
  const other = await award(tenant, badge.id)
  await withoutTable(async () => {
    for (const [form, { status, bytes, headers }] of first) {
      t.equal(status, 200, form)
      const again = await get(path + form)
      t.equal(again.status, 200, form)
      t.ok(again.bytes.equals(bytes), 'the same bytes')
      const { 'x-request-id': _, date: __, ...same } = headers
      t.match(again.headers, same, 'the same headers, ETag included')
      t.equal((await get(path + form, { 'if-none-match': String(headers.etag) })).status, 304)
    }
    t.equal((await get(other.path)).status, 500, 'one that nobody has read is read from the database')
    t.equal((await get(`/credentials/${randomUUID()}`)).status, 500, 'so is one that does not exist')
  })
  t.equal((await get(other.path)).status, 200, 'a failure is not kept')
  t.equal((await get(`/credentials/${randomUUID()}`)).status, 404)
})

t.test('an image is baked from what is stored', async (t) => {
  const { path, credentialId } = await award(tenant, badge.id)
  const [json, png, svg] = [await get(path), await get(`${path}.png`), await get(`${path}.svg`)]
  for (const [suffix, before] of [
    ['.png', png],
    ['.svg', svg],
  ] as const) {
    const again = await get(path + suffix)
    t.ok(again.bytes.equals(before.bytes), suffix)
    t.equal(again.headers.etag, before.headers.etag)
  }
  t.match(svg.text, credentialId)
  t.not(json.headers.etag, svg.headers.etag)
})

t.test('a revocation is seen at once, whoever has read the credential before', async (t) => {
  const { id, path } = await award(tenant, badge.id)
  const before = await get(path)
  const { statusListCredential, statusListIndex } = before.body.credentialStatus
  const isRevoked = async () => {
    const list = await get(new URL(statusListCredential).pathname)
    return readBit(list.body.credentialSubject.encodedList, Number(statusListIndex))
  }
  t.equal(await isRevoked(), false)
  await get(path)
  t.equal((await tenant.call('POST', `/v1/assertions/${id}/revoke`, { reason: 'Erreur' })).status, 200)
  t.ok((await get(path)).bytes.equals(before.bytes), 'the document itself says nothing of it')
  t.equal(await isRevoked(), true)
  t.equal((await anyone('POST', '/verify', before.body)).body.valid, false)
})

t.test('a form that could not be stored is not kept', async (t) => {
  const { path } = await award(tenant, badge.id)
  await run("alter table credentials add constraint broken check (form <> 'vc-jwt') not valid")
  const refused = await get(`${path}.jwt`)
  await run('alter table credentials drop constraint broken')
  t.equal(refused.status, 500)
  const made = await get(`${path}.jwt`)
  t.equal(made.status, 200)
  t.equal((await get(`${path}.jwt`)).text, made.text)
})

t.test('what is forgotten is read again, in every form', async (t) => {
  const { path, credentialId } = await award(tenant, badge.id)
  const kept = await award(tenant, badge.id)
  for (const form of JSON_AND_JWT) t.equal((await get(path + form)).status, 200)
  await get(kept.path)
  await run(`delete from credentials where id = '${credentialId}'`)
  service.ctx.credentialBodies.forget(credentialId)
  for (const form of JSON_AND_JWT) t.equal((await get(path + form)).status, 404, form)
  await withoutTable(async () => {
    t.equal((await get(kept.path)).status, 200, 'and nothing else')
  })
})

t.test('ten thousand credentials of 4 kB stay, a hundred thousand do not', async (t) => {
  const cache = createBodyCache(48 * 1024 * 1024, 60_000)
  const content = Buffer.alloc(4096, 'x')
  const isKept = (n: number) => cache.get(`id-${n}`, 'issued') !== undefined
  for (let n = 0; n < 10_000; n++) cache.set(`id-${n}`, 'issued', toBody(content))
  t.ok(isKept(0) && isKept(9999))
  for (let n = 10_000; n < 100_000; n++) cache.set(`id-${n}`, 'issued', toBody(content))
  t.notOk(isKept(0), 'the one that nobody reads makes room')
  t.ok(isKept(99_999))
  const count = Array.from({ length: 100_000 }, (_, n) => n).filter(isKept).length
  t.ok(count >= 10_000 && count * 4096 <= 48 * 1024 * 1024, `${count} are kept`)
})

t.test('a body larger than the whole cache is not kept, nor does it drive out others', async (t) => {
  const cache = createBodyCache(100_000, 60_000)
  cache.set('small', 'issued', toBody('x'))
  cache.set('large', 'issued', toBody('x'.repeat(100_000)))
  t.equal(cache.get('large', 'issued'), undefined)
  t.match(cache.get('small', 'issued'), { etag: /^"[\w-]{43}"$/ })
})

t.test('a body is read again when its time is over', async (t) => {
  const cache = createBodyCache(100_000, 50)
  cache.set('one', 'issued', toBody('x'))
  t.ok(cache.get('one', 'issued'))
  await setTimeout(1200)
  t.equal(cache.get('one', 'issued'), undefined)
})
