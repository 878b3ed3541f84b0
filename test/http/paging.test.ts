import { randomUUID } from 'node:crypto'
import t from 'tap'
import {
  award,
  createBadge,
  createDraft,
  createKey,
  createTenant,
  type Tenant,
} from '../support/factories.ts'
import { type Answer, type Call, caller, OPERATOR_KEY, PUBLIC_URL, startService } from '../support/service.ts'

const service = await startService(t)
const operator = caller(service.app, OPERATOR_KEY)
const ids = (answer: Answer): string[] => answer.body.items.map((item: { id: string }) => item.id)

interface List {
  readonly url: (tenant: Tenant) => string
  readonly call: (tenant: Tenant) => Call
  readonly add: (tenant: Tenant, badgeId: string) => Promise<unknown>
}

const LISTS: Record<string, List> = {
  'badge classes': {
    url: ({ slug }) => `/v1/issuers/${slug}/badge-classes`,
    call: ({ call }) => call,
    add: (tenant) => createDraft(tenant),
  },
  assertions: {
    url: ({ slug }) => `/v1/issuers/${slug}/assertions`,
    call: ({ call }) => call,
    add: (tenant, badgeId) => award(tenant, badgeId),
  },
  'api keys': {
    url: ({ slug }) => `/v1/issuers/${slug}/api-keys`,
    call: ({ call }) => call,
    add: ({ slug }) => createKey(service.app, slug, ['issuer:read']),
  },
  issuers: { url: () => '/v1/issuers', call: () => operator, add: () => createTenant(service.app) },
}

/** Walks a list to its end by its links, and does something more after each page. */
async function walk(call: Call, url: string, meanwhile: () => Promise<unknown> = async () => {}) {
  const seen: string[] = []
  let pages = 0
  for (let next: string | undefined = url; next; pages++) {
    const [answer]: [Answer, ...unknown[]] = await Promise.all([call('GET', next), meanwhile(), meanwhile()])
    if (answer.status !== 200) throw new Error(answer.text)
    seen.push(...ids(answer))
    const link: string | undefined = /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link ?? ''))?.[1]
    if (Boolean(link) !== Boolean(answer.body.nextCursor)) throw new Error('link and nextCursor disagree')
    if (link && !link.startsWith(`${PUBLIC_URL}/v1/`)) throw new Error(link)
    next = link?.slice(PUBLIC_URL.length)
  }
  return { seen, pages }
}

for (const [name, list] of Object.entries(LISTS)) {
  for (const clock of ['running', 'standing still']) {
    t.test(`${name}: none skipped, none repeated while others write (clock ${clock})`, async (t) => {
      if (clock === 'standing still') service.setTime('2031-06-01T00:00:00Z')
      const tenant = await createTenant(service.app)
      const { id: badgeId } = await createBadge(tenant)
      for (let i = 0; i < 27; i++) await list.add(tenant, badgeId)
      const call = list.call(tenant)
      const url = list.url(tenant)
      const there = ids(await call('GET', `${url}?limit=200`))
      t.ok(there.length >= 27)

      const { seen, pages } = await walk(call, `${url}?limit=5`, () => list.add(tenant, badgeId))
      t.ok(pages >= 6)
      t.equal(new Set(seen).size, seen.length, 'none repeated')
      t.strictSame(
        there.filter((id) => !seen.includes(id)),
        [],
        'none skipped',
      )
      const order = seen.filter((id) => there.includes(id))
      t.strictSame(order, there, 'in the same order')
    })
    if (clock === 'standing still') service.setTime(new Date())
  }
}

t.test('a row that goes away meanwhile makes no other skipped', async (t) => {
  const tenant = await createTenant(service.app)
  const url = `/v1/issuers/${tenant.slug}/api-keys`
  for (let i = 0; i < 9; i++) await createKey(service.app, tenant.slug, ['issuer:read'])
  const there = ids(await operator('GET', url))
  const first = await operator('GET', `${url}?limit=4`)
  for (const id of ids(first).slice(1)) await operator('DELETE', `${url}/${id}`)
  const rest = await walk(operator, `${url}?limit=4&cursor=${first.body.nextCursor}`)
  t.strictSame([...ids(first), ...rest.seen], there)
})

t.test('the filter goes on with the list', async (t) => {
  const tenant = await createTenant(service.app)
  const { id } = await createBadge(tenant)
  const { id: other } = await createBadge(tenant)
  for (let i = 0; i < 5; i++) await Promise.all([award(tenant, id), award(tenant, other)])
  const url = `/v1/issuers/${tenant.slug}/assertions?badgeClass=${id}&limit=2`
  const { seen, pages } = await walk(tenant.call, url)
  t.equal(seen.length, 5)
  t.equal(pages, 3)
})

t.test('a list is 50 long by default, 200 at most', async (t) => {
  const tenant = await createTenant(service.app)
  const url = `/v1/issuers/${tenant.slug}/badge-classes`
  for (let i = 0; i < 51; i++) await createDraft(tenant)
  t.equal(ids(await tenant.call('GET', url)).length, 50)
  const all = await tenant.call('GET', `${url}?limit=51`)
  t.equal(ids(all).length, 51)
  t.notOk('nextCursor' in all.body || all.headers.link, 'the last page says so')
})

t.test('what is no page request is 400, with its fault', async (t) => {
  const tenant = await createTenant(service.app)
  const cursor = (text: string) => `cursor=${Buffer.from(text).toString('base64url')}`
  const uuid = randomUUID()
  const cases = [
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['limit=-1', '/limit'],
    ['limit=abc', '/limit'],
    ['limit=1.5', '/limit'],
    ['limit=', '/limit'],
    ['limit=1&limit=2', '/limit'],
    ['cursor=', '/cursor'],
    ['cursor=x', '/cursor'],
    [`cursor=${'a'.repeat(101)}`, '/cursor'],
    ['cursor=a&cursor=b', '/cursor'],
    [cursor(uuid), '/cursor'],
    [cursor(`1760000000000.${'-'.repeat(36)}`), '/cursor'],
    [cursor(`1760000000000.${'0'.repeat(36)}`), '/cursor'],
    [cursor(`999999999999999.${uuid}`), '/cursor'],
    [cursor(`-1.${uuid}`), '/cursor'],
    ['page=2', '/page'],
    ['cursor=a%00b', '/cursor'],
  ] as const
  for (const list of Object.values(LISTS)) {
    const call = list.call(tenant)
    for (const [query, path] of cases) {
      const answer = await call('GET', `${list.url(tenant)}?${query}`)
      t.equal(answer.status, 400, `${list.url(tenant)}?${query}`)
      t.equal(answer.body.errors?.[0].path, path)
    }
  }
})
