import { randomUUID } from 'node:crypto'
import t from 'tap'
import { createLink, type LinkKind } from '../../src/requests/links.ts'
import { createTenant } from '../support/factories.ts'
import { faultyBodies, fullBody, type Schema, unbounded } from '../support/faulty-bodies.ts'
import { type Objects, prepareObjects, snapshot } from '../support/objects.ts'
import { type Applicant, startDraft } from '../support/requests.ts'
import { caller, OPERATOR_KEY, startService } from '../support/service.ts'

/** Who has no account. */
interface People {
  readonly draft: Applicant
  /** Tokens of links to the submitted request. */
  readonly referent: string
  readonly reviewer: string
}

/** Where a route is called, and how the body with every member becomes one that is accepted. */
interface Target {
  readonly url: (objects: Objects & People) => string
  /** A person calls it, with the token of the draft. */
  readonly byApplicant?: true
  readonly accepted: (full: Record<string, object>) => object
}

const asItIs = (full: object) => full
const result = { id: 'score', name: 'Note', resultType: 'Percent', valueMin: '0', valueMax: '100' }

const checklist = [{ id: 'c1', met: true, comment: 'Vu' }]
const ticked = (full: object) => ({ ...full, checklist })
const withoutFiles = ({ sharedEvidence: _files, ...full }: Record<string, object>) => full

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
  'POST /v1/badge-classes/{id}/claim-codes': {
    url: ({ badgeId }) => `/v1/badge-classes/${badgeId}/claim-codes`,
    accepted: asItIs,
  },
  'POST /v1/assertions/{id}/revoke': {
    url: ({ assertionId }) => `/v1/assertions/${assertionId}/revoke`,
    accepted: asItIs,
  },
  'POST /v1/assertions/{id}/claims': {
    url: ({ assertionId }) => `/v1/assertions/${assertionId}/claims`,
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
  'POST /v1/requests/{id}/assign': {
    url: ({ requestId }) => `/v1/requests/${requestId}/assign`,
    accepted: asItIs,
  },
  'PUT /v1/requests/{id}/checklist': {
    url: ({ requestId }) => `/v1/requests/${requestId}/checklist`,
    accepted: ticked,
  },
  'POST /v1/requests/{id}/accept': {
    url: ({ requestId }) => `/v1/requests/${requestId}/accept`,
    accepted: ticked,
  },
  'POST /v1/requests/{id}/return': {
    url: ({ requestId }) => `/v1/requests/${requestId}/return`,
    accepted: ticked,
  },
  'POST /v1/requests/{id}/reject': {
    url: ({ requestId }) => `/v1/requests/${requestId}/reject`,
    accepted: ticked,
  },
  'POST /v1/requests/{id}/reviewers': {
    url: ({ requestId }) => `/v1/requests/${requestId}/reviewers`,
    accepted: asItIs,
  },
  'POST /achievements/{id}/requests': {
    url: ({ badgeId }) => `/achievements/${badgeId}/requests`,
    accepted: withoutFiles,
  },
  'POST /achievements/{id}/resume-links': {
    url: ({ badgeId }) => `/achievements/${badgeId}/resume-links`,
    accepted: asItIs,
  },
  'PATCH /requests/{id}': {
    url: ({ draft }) => `/requests/${draft.id}`,
    byApplicant: true,
    accepted: withoutFiles,
  },
  'POST /requests/{id}/submit': {
    url: ({ draft }) => `/requests/${draft.id}/submit`,
    byApplicant: true,
    accepted: ({ code: _code, ...full }) => full,
  },
  'POST /attestations/{token}': { url: ({ referent }) => `/attestations/${referent}`, accepted: asItIs },
  'POST /reviews/{token}/accept': { url: ({ reviewer }) => `/reviews/${reviewer}/accept`, accepted: ticked },
  'POST /reviews/{token}/return': { url: ({ reviewer }) => `/reviews/${reviewer}/return`, accepted: ticked },
  'POST /reviews/{token}/reject': { url: ({ reviewer }) => `/reviews/${reviewer}/reject`, accepted: ticked },
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
    // of its own: see test/batches; what wallets send has the faults of their protocols: see test/delivery.
    // So is what is signed as given: see test/vc-api.
    const isOpen = path === '/verify' || /^\/(oid4vci|workflows)\/|\/(credentials|presentations)\//.test(path)
    return schema?.properties && !isOpen && !schema.properties.rows
      ? [{ route: `${method.toUpperCase()} ${path}`, schema }]
      : []
  }),
)

const createLinkTo = (requestId: string, kind: LinkKind) =>
  createLink(service.ctx.db, { requestId, kind, now: new Date() })

t.test('the table and the OpenAPI document know the same bodies', async (t) => {
  t.strictSame(bodies.map(({ route }) => route).sort(), Object.keys(TARGETS).sort())
})

for (const { route, schema } of bodies) {
  t.test(`${route}: each fault of each member is 4xx, with its path, and nothing is stored`, async (t) => {
    const target = TARGETS[route]
    if (!target) return t.fail('no way to call this route is known')
    t.strictSame(unbounded(schema), [], 'every text and list has a bound')
    const tenant = await createTenant(service.app)
    const objects = await prepareObjects(service, tenant)
    const draft = await startDraft(service.app, objects.badgeId)
    const [referent, reviewer] = await Promise.all(
      (['referent', 'reviewer'] as const).map((kind) => createLinkTo(objects.requestId, kind)),
    )
    const url = target.url({ ...objects, draft, referent: referent!, reviewer: reviewer! })
    const json = { 'content-type': 'application/json' }
    const call = target.byApplicant ? caller(service.app, draft.token) : operator
    const send = (body: unknown) => call(route.split(' ')[0] as 'POST', url, JSON.stringify(body), json)
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
    t.ok((whole.body?.errors ?? []).length <= 1, `with every member it may break a rule: ${whole.text}`)
    const accepted = await send(target.accepted(fullBody(schema) as Record<string, object>))
    t.ok(accepted.status < 300, `without a fault it is accepted: ${accepted.text.slice(0, 300)}`)
  })
}
