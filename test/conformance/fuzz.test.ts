import { randomUUID } from 'node:crypto'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import t from 'tap'
import { FORMATS } from '../../src/fields.ts'
import { checkedBatch } from '../support/batches.ts'
import { award, createBadge, createKey, createTenant, SVG } from '../support/factories.ts'
import { OPERATOR_KEY, startService } from '../support/service.ts'
import { createClaimed } from './claims.ts'
import { createAsked, type Person, startAsking } from './people.ts'
import { type Random, type Schema, sample, seeded } from './random.ts'

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121)
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 3000)

const service = await startService(t, { logLevel: 'error' })
await service.app.ready()
// biome-ignore lint/suspicious/noExplicitAny: the OpenAPI document
const openapi = service.app.swagger() as any
const tenant = await createTenant(service.app)
const badge = await createBadge(tenant)
const assertion = await award(tenant, badge.id)
const signed = (await tenant.call('GET', assertion.path)).body
// Of a badge that no request knows, so that none archives it.
const spare = await createBadge(tenant)
const freshBatch = () => checkedBatch(tenant, spare.id, ['aicha@example.org'])
const batch = await freshBatch()
const cancelled = await freshBatch()
await tenant.call('POST', `/v1/batches/${cancelled.id}/cancel`)
const asked = await createAsked(tenant)
const freshPerson = () => startAsking(service, asked)
let person = await freshPerson()
const claimed = await createClaimed(tenant, badge.id)
const weakKey = await createKey(service.app, tenant.slug, ['issuer:read'])
const image = new URL((await tenant.call('GET', `/v1/badge-classes/${badge.id}`)).body.imageUrl).pathname
const known: Record<string, string[]> = {
  slug: [tenant.slug],
  id: [badge.id, assertion.id, batch.id, cancelled.id],
  file: [
    assertion.credentialId,
    `${assertion.credentialId}.png`,
    `${assertion.credentialId}.jwt`,
    image.slice(8),
  ],
  code: ['invalid'],
  multibase: ['z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi'],
}
/** What stands in a path, beside what is known: so that most requests reach what they are about. */
function knownFor(path: string): Record<string, string[]> {
  // The events of a batch that is not over would not end.
  if (path.endsWith('/events')) return { id: [cancelled.id, badge.id] }
  if (/^\/(v1\/)?requests\//.test(path)) return ofPerson(path, person)
  if (path.startsWith('/reviews/')) return { token: [person.reviewer], file: [person.submitted.file] }
  if (path.startsWith('/attestations/')) return { token: [person.referent] }
  if (/^\/(v1\/assertions\/.*\/claims|interactions|workflows)/.test(path)) {
    const isManaged = path.startsWith('/v1/')
    return { id: [isManaged ? claimed.assertion : claimed.claim], claim: [claimed.claim] }
  }
  if (path.includes('/oid4vci/')) return { slug: [tenant.slug], file: [...claimed.offers] }
  if (path.startsWith('/achievements/')) return { id: [asked, asked, badge.id] }
  return known
}

function ofPerson(path: string, { draft, submitted }: Person): Record<string, string[]> {
  const of = path.startsWith('/v1/') ? [submitted, submitted, draft] : [draft, draft, submitted]
  return { id: of.map(({ id }) => id), file: of.map(({ file }) => file), slot: ['proof', 'proof', 'other'] }
}

/** These end what can be done to a request. */
const ENDS =
  /^\/(v1\/)?(requests|reviews)\/.*\/(submit|accept|return|reject|withdraw-consent)$|^\/requests\/[^/]*$/

const CSVS = [
  'Courriel;Nom\na@example.org;A\nx;',
  '\ufeffe-mail\tdate\nb@example.org\t1/1/2025',
  'Nom\nA',
  '"',
  '\0',
]
const ROWS = [[{ email: 'a@example.org', name: 'A' }], [{ recipient: { did: 'did:web:x' } }, 1], []]
const operations = Object.entries(openapi.paths).flatMap(([path, item]) =>
  Object.entries(item as Record<string, Schema>).map(([method, operation]) => ({ path, method, operation })),
)
const ajv = new Ajv2020({ strict: false, allErrors: false })
addFormats.default(ajv)
for (const [name, check] of Object.entries(FORMATS)) ajv.addFormat(name, check)
ajv.addSchema({ $id: 'https://test/openapi', ...openapi })

t.test(`${REQUESTS} random requests (seed ${SEED}) get only documented answers`, async (t) => {
  const random = seeded(SEED)
  const statuses = new Map<number, number>()
  const faults: string[] = []
  for (let i = 0; i < REQUESTS && faults.length < 10; i++) {
    const chosen = random.pick(operations)
    const request = requestFor(chosen.path, chosen.method, chosen.operation, random)
    const response = await service.app.inject(request)
    statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1)
    // Most of what can be done to a batch is the end of it.
    if (chosen.method === 'post' && chosen.path.startsWith('/v1/batches/') && response.statusCode < 300)
      known.id![2] = (await freshBatch()).id
    if (
      chosen.method !== 'get' &&
      ENDS.test(chosen.path) &&
      (response.statusCode < 300 || random.chance(0.2))
    )
      person = await freshPerson()
    const fault = undocumented(
      chosen,
      response.statusCode,
      String(response.headers['content-type'] ?? ''),
      response.body,
    )
    if (fault)
      faults.push(`#${i} ${fault}\n${JSON.stringify(request).slice(0, 800)}\n${response.body.slice(0, 500)}`)
  }
  t.same(faults, [], service.logged().slice(-3000))
  t.comment(
    `answers: ${[...statuses]
      .sort()
      .map(([status, count]) => `${status}×${count}`)
      .join(' ')}`,
  )
  for (const status of [200, 201, 202, 400, 401, 403, 404])
    t.ok(statuses.get(status), `the run reached ${status}`)
})

function requestFor(path: string, method: string, operation: Schema, random: Random) {
  const ids = knownFor(path)
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(
      random.chance(0.85)
        ? random.pick(ids[name] ?? ['x'])
        : random.pick(['x', '%00', 'A'.repeat(300), randomUUID(), '...', 'é']),
    ),
  )
  const query = new URLSearchParams()
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in !== 'query' || !random.chance(0.3)) continue
    const value = sample(parameter.schema, random, 0.2)
    query.append(parameter.name, typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value))
  }
  const content = operation.requestBody?.content ?? {}
  const type = random.chance(0.93)
    ? (random.pick(Object.keys(content)) ?? 'application/json')
    : random.pick(['text/plain', 'application/xml', 'image/png'])
  const owner = path.startsWith('/requests/')
    ? random.pick([person.draft, person.submitted]).token
    : tenant.key
  const holder = path.startsWith('/oid4vci/') ? claimed.token : owner
  const key = random.pick([
    OPERATOR_KEY,
    holder,
    holder,
    owner,
    owner,
    owner,
    weakKey,
    'ecu_wrong',
    undefined,
  ])
  const hasBody = method !== 'get' && method !== 'delete'
  return {
    method: method.toUpperCase() as 'GET',
    url: `${url}${query.size > 0 ? `?${query}` : ''}`,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(hasBody && random.chance(0.95) ? { 'content-type': type } : {}),
      ...(random.chance(0.1) ? { 'idempotency-key': random.pick(['one', 'two', 'é', 'x'.repeat(256)]) } : {}),
      ...(random.chance(0.8) ? { 'if-match': random.pick(['*', '*', '"1"', 'W/"1"', 'x']) } : {}),
      ...(random.chance(0.2) ? { 'if-none-match': random.pick(['*', '"1"', 'x']) } : {}),
      ...(path.includes('/evidence/') && random.chance(0.3)
        ? { 'content-range': random.pick(['bytes 0-3/8', 'bytes 4-7/8', 'bytes */8', 'bytes 0-3/4', 'x']) }
        : {}),
      ...(random.chance(0.3)
        ? {
            accept: random.pick(['*/*', 'text/html', 'application/json', 'image/png', 'x', 'text/plain;q=0']),
          }
        : {}),
    },
    ...(hasBody ? { payload: bodyFor(content[type]?.schema, type, random) } : {}),
  }
}

function bodyFor(schema: Schema | undefined, type: string, random: Random): string {
  if (random.chance(0.05))
    return random.pick([
      '',
      '{',
      '[]',
      'null',
      '"text"',
      '{"a":1,"a":2}',
      '{"__proto__":{}}',
      '[['.repeat(500),
    ])
  if (type.startsWith('image/') || type === 'multipart/form-data') return random.pick([SVG, 'x', '<svg'])
  if (type === 'text/csv') return random.pick(CSVS)
  const body =
    schema?.properties || schema?.$ref
      ? sample(resolve(schema), random, random.pick([0, 0, 0.02, 0.1]))
      : random.pick([{ url: assertion.credentialUrl }, signed, { ...signed, id: 1 }, sample({}, random, 1)])
  if (schema?.properties?.rows && random.chance(0.9)) Object.assign(body ?? {}, { rows: random.pick(ROWS) })
  if (type.endsWith('x-www-form-urlencoded')) {
    const fields = Object.entries((body ?? {}) as Record<string, unknown>)
    return new URLSearchParams(
      fields.map(([name, value]): [string, string] => [name, String(value).toWellFormed()]),
    ).toString()
  }
  return JSON.stringify(body) ?? ''
}

function resolve(schema: Schema): Schema {
  return schema.$ref ? openapi.components.schemas[schema.$ref.split('/').at(-1)] : schema
}

function undocumented(
  { path, method, operation }: { path: string; method: string; operation: Schema },
  status: number,
  contentType: string,
  body: string,
): string | undefined {
  const name = `${method} ${path} answered ${status}`
  if (status >= 500) return name
  // What no route matches is answered before any route: a wrong path or a path that is no UTF-8.
  const documented = operation.responses[status]
  if (!documented) return `${name}, which is not documented`
  const types = Object.keys(documented.content ?? {})
  const type = contentType.split(';')[0]!
  if (body === '') return undefined
  if (types.includes('*/*')) return undefined
  if (!types.includes(type)) return `${name} as "${type}", documented: ${types.join(', ')}`
  if (!type.endsWith('json')) return undefined
  const pointer = `/paths/${pointerOf(path)}/${method}/responses/${status}/content/${pointerOf(type)}/schema`
  const validate = ajv.getSchema(`https://test/openapi#${pointer}`)!
  return validate(JSON.parse(body))
    ? undefined
    : `${name} with a body that breaks its schema: ${ajv.errorsText(validate.errors)}`
}

function pointerOf(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
}
