import { eq } from 'drizzle-orm'
import t from 'tap'
import { allocateStatusEntries, type StatusEntry } from '../../src/status-lists/allocate.ts'
import { statusLists } from '../../src/status-lists/table.ts'
import { MINIMUM_ENTRIES } from '../../src/vc/bitstring.ts'
import { award, createBadge, createTenant, type Tenant } from '../support/factories.ts'
import { caller, startService } from '../support/service.ts'

const service = await startService(t)
const { ctx } = service
const listsOf = (tenant: Tenant) =>
  ctx.db.select().from(statusLists).where(eq(statusLists.issuerId, tenant.id)).orderBy(statusLists.ordinal)

const nameOf = ({ listId, index }: StatusEntry) => `${listId}#${index}`
const distinct = (entries: StatusEntry[]) => new Set(entries.map(nameOf)).size

/** Puts an issuer's only list at this many entries given. */
async function fillTo(tenant: Tenant, allocated: number): Promise<void> {
  if ((await listsOf(tenant)).length === 0) await allocateStatusEntries(ctx, tenant.id, 1)
  await ctx.db.update(statusLists).set({ allocated }).where(eq(statusLists.issuerId, tenant.id))
}

t.test('a hundred awards at once have a hundred status entries', async (t) => {
  const tenant = await createTenant(service.app)
  const badge = await createBadge(tenant)
  const awarded = await Promise.all(Array.from({ length: 100 }, () => award(tenant, badge.id)))
  const call = caller(service.app)
  const credentials = await Promise.all(awarded.map(({ path }) => call('GET', path)))
  const entries = credentials.map(({ body }) => body.credentialStatus)
  t.equal(new Set(entries.map(({ id }) => id)).size, 100)
  t.equal(new Set(entries.map(({ statusListCredential }) => statusListCredential)).size, 1)
  for (const { id, type, statusPurpose, statusListIndex, statusListCredential } of entries) {
    t.equal(id, `${statusListCredential}#${statusListIndex}`)
    t.match(statusListIndex, /^(0|[1-9]\d*)$/)
    t.ok(Number(statusListIndex) < MINIMUM_ENTRIES)
    t.strictSame([type, statusPurpose], ['BitstringStatusListEntry', 'revocation'])
  }
})

t.test('thousands of entries for many at once are never given twice', async (t) => {
  const tenant = await createTenant(service.app)
  const counts = [1000, 1, 2500, 700, 1, 3000, 400, 1, 1, 2000]
  const given = await Promise.all(counts.map((count) => allocateStatusEntries(ctx, tenant.id, count)))
  t.strictSame(
    given.map((entries) => entries.length),
    counts,
  )
  const all = given.flat()
  t.equal(distinct(all), all.length)
  const [list, ...more] = await listsOf(tenant)
  t.equal(list!.allocated, all.length)
  t.equal(more.length, 0)
})

t.test('the order of awards cannot be read from their indexes', async (t) => {
  const tenants = [await createTenant(service.app), await createTenant(service.app)]
  const [a, b] = await Promise.all(
    tenants.map(async ({ id }) => (await allocateStatusEntries(ctx, id, 1000)).map(({ index }) => index)),
  )
  t.notSame(a, b, 'each list has an order of its own')
  const steps = a!.slice(1).map((index, i) => index - a![i]!)
  t.ok(new Set(steps).size > 950, 'no step between two that follow each other is common')
  const ups = steps.filter((step) => step > 0).length
  t.ok(ups > 400 && ups < 600, `${ups} of 999 steps go up`)
  for (let part = 0; part < 8; part++) {
    const inside = a!.filter((index) => Math.floor((index * 8) / MINIMUM_ENTRIES) === part).length
    t.ok(inside > 70 && inside < 190, `${inside} of 1000 in eighth ${part}`)
  }
})

t.test('an allocation goes on in a new list where the old one ends', async (t) => {
  const tenant = await createTenant(service.app)
  await fillTo(tenant, MINIMUM_ENTRIES - 3)
  const entries = await allocateStatusEntries(ctx, tenant.id, 10)
  t.equal(distinct(entries), 10)
  const [full, next] = await listsOf(tenant)
  t.strictSame([full!.allocated, next!.allocated, next!.ordinal], [MINIMUM_ENTRIES, 7, 2])
  const inFull = entries.filter(({ listId }) => listId === full!.id)
  t.equal(inFull.length, 3)
  t.notSame(Buffer.from(full!.permutationKey), Buffer.from(next!.permutationKey))
})

t.test('a full list is followed by one new list, however many ask at once', async (t) => {
  const tenant = await createTenant(service.app)
  const badge = await createBadge(tenant)
  await fillTo(tenant, MINIMUM_ENTRIES - 5)
  const awarded = await Promise.all(Array.from({ length: 20 }, () => award(tenant, badge.id)))
  const call = caller(service.app)
  const lists = await Promise.all(
    awarded.map(async ({ path }) => (await call('GET', path)).body.credentialStatus.statusListCredential),
  )
  t.equal(new Set(lists).size, 2)
  const rows = await listsOf(tenant)
  t.equal(rows.length, 2)
  t.equal(rows[0]!.allocated, MINIMUM_ENTRIES)
  // Whoever finds none left takes some ahead: all twenty at most.
  t.ok(rows[1]!.allocated >= 15 && rows[1]!.allocated <= 20 * (1 + 64), String(rows[1]!.allocated))
  for (const url of new Set(lists)) t.equal((await call('GET', new URL(url).pathname)).status, 200)
})

t.test('lists belong to one issuer', async (t) => {
  const [a, b] = [await createTenant(service.app), await createTenant(service.app)]
  const [first] = await allocateStatusEntries(ctx, a.id, 1)
  const [second] = await allocateStatusEntries(ctx, b.id, 1)
  t.not(first!.listId, second!.listId)
})
