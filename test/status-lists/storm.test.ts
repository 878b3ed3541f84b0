import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { readBit } from '../../src/vc/bitstring.ts'
import { award, createBadge, createTenant, type Tenant } from '../support/factories.ts'
import { type Call, caller, startService, type TestService } from '../support/service.ts'

const service = await startService(t)
const read = caller(service.app)

interface Entry {
  readonly id: string
  readonly list: string
  readonly index: number
}

async function awardTo(tenant: Tenant, count: number): Promise<Entry[]> {
  const badge = await createBadge(tenant)
  const awarded = await Promise.all(Array.from({ length: count }, () => award(tenant, badge.id)))
  return Promise.all(
    awarded.map(async ({ id, path }) => {
      const { statusListCredential, statusListIndex } = (await read('GET', path)).body.credentialStatus
      return { id, list: new URL(statusListCredential).pathname, index: Number(statusListIndex) }
    }),
  )
}

const revoke = (call: Call, { id }: Entry) =>
  call('POST', `/v1/assertions/${id}/revoke`, { reason: 'Erreur' })

/** Revokes, then reads the list like a verifier who was just told. @returns the body, if the bit is set */
async function revokeAndRead(writer: Call, reader: Call, entry: Entry): Promise<string> {
  await revoke(writer, entry)
  const { text, body } = await reader('GET', entry.list)
  const isSet = readBit(body.credentialSubject.encodedList, entry.index)
  if (!isSet) throw new Error('a list was served without a revocation that was told before')
  return text
}

/** Forty revocations a second, in pairs; each reader asks as soon as it may. */
async function storm(entries: Entry[], callers: { writer: Call; reader: Call }[]) {
  const start = Date.now()
  const waves = entries.map(async (entry, i) => {
    await sleep(Math.floor(i / 2) * 50)
    const { writer, reader } = callers[i % callers.length]!
    return revokeAndRead(writer, reader, entry)
  })
  const bodies = [...new Set(await Promise.all(waves))]
  return { bodies, seconds: (Date.now() - start) / 1000 }
}

t.test('in a storm the list is signed once a second, and nobody reads an old one', async (t) => {
  const tenant = await createTenant(service.app)
  const entries = await awardTo(tenant, 100)
  const { list } = entries[0]!
  await read('GET', list)
  const { bodies, seconds } = await storm(entries, [{ writer: tenant.call, reader: read }])
  t.ok(bodies.length > 1, 'the storm was longer than one second')
  t.ok(bodies.length <= Math.ceil(seconds) + 1, `${bodies.length} lists in ${seconds} s`)
  const created = bodies.map((body) => JSON.parse(body).proof.created)
  t.equal(new Set(created).size, created.length, `a second for each: ${created.join(' ')}`)
  const { body } = await read('GET', list)
  const missing = entries.filter(({ index }) => !readBit(body.credentialSubject.encodedList, index))
  t.strictSame(missing, [])
})

t.test('one revocation after a quiet time is signed at once', async (t) => {
  const tenant = await createTenant(service.app)
  const [first, second] = await awardTo(tenant, 2)
  await read('GET', first!.list)
  await sleep(1100)
  const start = Date.now()
  await revokeAndRead(tenant.call, read, first!)
  t.ok(Date.now() - start < 900, 'without a wait')
  await revokeAndRead(tenant.call, read, second!)
  t.ok(Date.now() - start >= 950, 'the next one waits for its second')
})

t.test('with a clock that stands still a change is signed all the same', async (t) => {
  const tenant = await createTenant(service.app)
  const [entry] = await awardTo(tenant, 1)
  service.setTime('2030-01-01T00:00:00Z')
  await read('GET', entry!.list)
  t.match(await revokeAndRead(tenant.call, read, entry!), '2030-01-01T00:00:00Z')
})

const onServer = service.ctx.config.databaseUrl
  ? {}
  : { skip: 'two services share a database on PostgreSQL alone (TEST_DATABASE_URL)' }

t.test('two services on one database agree', onServer, async (t) => {
  const { databaseUrl, masterKey, storageUrl } = service.ctx.config
  const shared = { databaseUrl: databaseUrl!, masterKey: masterKey!, storageUrl }
  const real = { clock: () => new Date() }
  const pair: TestService[] = [await startService(t, shared, real), await startService(t, shared, real)]
  const tenant = await createTenant(pair[0]!.app)
  const [one, two] = pair.map(({ app }) => ({ writer: caller(app, tenant.key), reader: caller(app) }))
  const badge = await createBadge(tenant)
  const both = [one!, two!]
  const awarded = await Promise.all(
    Array.from({ length: 100 }, (_, i) => award({ ...tenant, call: both[i % 2]!.writer }, badge.id)),
  )
  const entries = await Promise.all(
    awarded.map(async ({ id, path }) => {
      const { statusListCredential, statusListIndex } = (await read('GET', path)).body.credentialStatus
      return { id, list: new URL(statusListCredential).pathname, index: Number(statusListIndex) }
    }),
  )
  t.equal(new Set(entries.map(({ index }) => index)).size, 100)
  const { list } = entries[0]!
  // Each revokes at one service and reads at the other.
  const { bodies, seconds } = await storm(entries, [
    { writer: one!.writer, reader: two!.reader },
    { writer: two!.writer, reader: one!.reader },
  ])
  t.ok(bodies.length <= Math.ceil(seconds) + 1, `${bodies.length} lists in ${seconds} s`)
  const [a, b] = await Promise.all(both.map(({ reader }) => reader('GET', list)))
  t.equal(a!.text, b!.text)
  t.equal(a!.headers.etag, b!.headers.etag)
  const missing = entries.filter(({ index }) => !readBit(a!.body.credentialSubject.encodedList, index))
  t.strictSame(missing, [])
})
