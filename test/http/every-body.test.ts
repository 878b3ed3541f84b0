import { randomUUID } from 'node:crypto'
import t from 'tap'
import { createTenant } from '../support/factories.ts'
import { faultyBodies, fullBody, type Schema, unbounded } from '../support/faulty-bodies.ts'
import { type Objects, prepareObjects, snapshot } from '../support/objects.ts'
import { caller, OPERATOR_KEY, startService } from '../support/service.ts'

/** Where a route is called, and how the body with every member becomes one that is accepted. */
interface Target {
  readonly url: (objects: Objects) => string
  readonly accepted: (full: Record<string, object>) => object
}

const asItIs = (full: object) => full
const result = { id: 'score', name: 'Note', resultType: 'Percent', valueMin: '0', valueMax: '100' }

const TARGETS: Record<string, Target> = {
  'POST /v1/issuers': {
    url: () => '/v1/issuers',
    accepted: (full) => ({ ...full, slug: `t-${randomUUID()}` }),
  },
  'PATCH /v1/issuers/{slug}': { url: ({ slug }) => `/v1/issuers/${slug}`, accepted: asItIs },
  'POST /v1/issuers/{slug}/api-keys': {
    url: ({ slug }) => `/v1/issuers/${slug}/api-keys`,
    accepted: (full) => ({ ...full, expiresAt: '2999-01-01T00:00:00Z' }),
  },
  'POST /v1/issuers/{slug}/badge-classes': {
    url: ({ slug }) => `/v1/issuers/${slug}/badge-classes`,
    accepted: (full) => ({ ...full, slug: randomUUID(), resultDescription: [result] }),
  },
  'PATCH /v1/badge-classes/{id}': {
    url: ({ draftId }) => `/v1/badge-classes/${draftId}`,
    accepted: (full) => ({ ...full, slug: randomUUID(), resultDescription: [result] }),
  },
  'POST /v1/badge-classes/{id}/assertions': {
    url: ({ badgeId }) => `/v1/badge-classes/${badgeId}/assertions`,
    accepted: ({ results: _results, ...full }) => ({
      ...full,
      recipient: { email: 'lou@example.org', name: 'Lou' },
      awardedDate: '2026-01-02T00:00:00Z',
      validFrom: '2026-01-02T00:00:00Z',
      validUntil: '2999-01-02T00:00:00Z',
    }),
  },
  'POST /v1/assertions/{id}/revoke': {
    url: ({ assertionId }) => `/v1/assertions/${assertionId}/revoke`,
    accepted: asItIs,
  },
  'POST /v1/batches/{id}/commit': {
    url: ({ batchId }) => `/v1/batches/${batchId}/commit`,
    accepted: () => ({ commitAt: '2999-01-01T00:00:00Z' }),
  },
  'POST /v1/batches/{id}/revoke': {
    url: ({ doneBatchId }) => `/v1/batches/${doneBatchId}/revoke`,
    accepted: asItIs,
  },
}

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

const service = await startService(t)
const operator = caller(service.app, OPERATOR_KEY)
await service.app.ready()

const { paths } = service.app.swagger() as unknown as { paths: Record<string, Record<string, Operation>> }
const bodies = Object.entries(paths).flatMap(([path, operations]) =>
  Object.entries(operations).flatMap(([method, { requestBody }]) => {
    const schema = requestBody?.content['application/json']?.schema
    // What is handed to /verify is a stranger's document: any body is read there. A list of people has faults
    // of its own: see test/batches.
    return schema?.properties && path !== '/verify' && !schema.properties.rows
      ? [{ route: `${method.toUpperCase()} ${path}`, schema }]
      : []
  }),
)

t.test('the table and the OpenAPI document know the same bodies', async (t) => {
  t.strictSame(bodies.map(({ route }) => route).sort(), Object.keys(TARGETS).sort())
})

for (const { route, schema } of bodies) {
  t.test(`${route}: each fault of each member is 4xx, with its path, and nothing is stored`, async (t) => {
    const target = TARGETS[route]
    if (!target) return t.fail('no way to call this route is known')
    t.strictSame(unbounded(schema), [], 'every text and list has a bound')
    const tenant = await createTenant(service.app)
    const objects = await prepareObjects(service.app, tenant)
    const url = target.url(objects)
    const json = { 'content-type': 'application/json' }
    const send = (body: unknown) => operator(route.split(' ')[0] as 'POST', url, JSON.stringify(body), json)
    const stored = async () => [await snapshot(tenant), (await operator('GET', '/v1/issuers?limit=200')).text]

    const before = await stored()
    const faulty = faultyBodies(schema)
    for (const { what, path, body } of faulty) {
      const answer = await send(body)
      const found = answer.body?.errors?.some((error: { path: string }) => error.path === path)
      if (answer.status === 400 && found) continue
      t.fail(`${path} ${what}: ${answer.status} ${answer.text.slice(0, 500)}`)
    }
    t.ok(faulty.length > 5, `${faulty.length} faulty bodies`)
    t.strictSame(await stored(), before)

    const whole = await send(fullBody(schema))
    t.ok((whole.body.errors ?? []).length <= 1, `with every member it may break a rule: ${whole.text}`)
    const accepted = await send(target.accepted(fullBody(schema) as Record<string, object>))
    t.ok(accepted.status < 300, `without a fault it is accepted: ${accepted.text.slice(0, 300)}`)
  })
}
