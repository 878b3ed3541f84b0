import { randomUUID } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance, RouteOptions } from 'fastify'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { SCOPES, type Scope } from '../../src/context.ts'
import { CSV } from '../support/batches.ts'
import { CREDENTIAL } from '../support/credentials.ts'
import { BADGE, createKey, createTenant, SVG, type Tenant } from '../support/factories.ts'
import { namesIn, type Objects, prepareObjects, snapshot } from '../support/objects.ts'
import { type Answer, type Call, caller, OPERATOR_KEY, startService } from '../support/service.ts'

/** How a route is called on a tenant's objects, and what a key needs for it. */
interface Rule {
  /** A key needs one of these; none: the operator alone may call it. */
  readonly scopes: readonly Scope[]
  readonly url: (objects: Objects) => string
  readonly body?: unknown
  /** The same, where it names an object. */
  readonly bodyOf?: (objects: Objects) => object
  readonly headers?: Record<string, string>
  /** The route names no object: a key sees its own things only. */
  readonly ownOnly?: true
}

const issuer = (rest: string) => (objects: Objects) => `/v1/issuers/${objects.slug}${rest}`
const draft = (rest: string) => (objects: Objects) => `/v1/badge-classes/${objects.draftId}${rest}`
const published = (rest: string) => (objects: Objects) => `/v1/badge-classes/${objects.badgeId}${rest}`
const assertion = (rest: string) => (objects: Objects) => `/v1/assertions/${objects.assertionId}${rest}`
const batch = (rest: string) => (objects: Objects) => `/v1/batches/${objects.batchId}${rest}`
const doneBatch = (rest: string) => (objects: Objects) => `/v1/batches/${objects.doneBatchId}${rest}`
const mail = (rest: string) => (objects: Objects) => `/v1/mails/${objects.mailId}${rest}`
const request = (rest: string) => (objects: Objects) => `/v1/requests/${objects.requestId}${rest}`
const list = { body: 'Courriel\nnone', headers: CSV }
const image = { body: SVG, headers: { 'content-type': 'image/svg+xml' } }
const readsBadges: Scope[] = ['issuer:read', 'badge-classes:write']
const readsMails: Scope[] = ['requests:read', 'assertions:read']
const claimCodes = (rest: string) => (objects: Objects) => `/v1/claim-codes/${objects.claimCodesId}${rest}`
const handlesCodes: Scope[] = ['requests:review', 'badge-classes:write']
const readsRequests: Scope[] = ['requests:read', 'requests:review']
const readsBatches: Scope[] = ['batches:write', 'assertions:read']

const RULES: Record<string, Rule> = {
  'POST /v1/issuers': {
    scopes: [],
    url: () => '/v1/issuers',
    body: { slug: `t-${randomUUID()}`, name: 'Autre', url: 'https://autre.example' },
  },
  'GET /v1/issuers': { scopes: ['issuer:read'], url: () => '/v1/issuers', ownOnly: true },
  'GET /v1/issuers/:slug': { scopes: ['issuer:read'], url: issuer('') },
  'PATCH /v1/issuers/:slug': { scopes: ['issuer:write'], url: issuer(''), body: { name: 'Nouveau nom' } },
  'PUT /v1/issuers/:slug/image': { scopes: ['issuer:write'], url: issuer('/image'), ...image },
  'GET /v1/issuers/:slug/signing-keys': {
    scopes: ['issuer:read', 'keys:write'],
    url: issuer('/signing-keys'),
  },
  'POST /v1/issuers/:slug/signing-keys/rotate': {
    scopes: ['keys:write'],
    url: issuer('/signing-keys/rotate'),
  },
  'POST /v1/issuers/:slug/api-keys': {
    scopes: ['keys:write'],
    url: issuer('/api-keys'),
    body: { name: 'Script', scopes: ['keys:write'] },
  },
  'GET /v1/issuers/:slug/api-keys': { scopes: ['keys:write'], url: issuer('/api-keys') },
  'DELETE /v1/issuers/:slug/api-keys/:id': {
    scopes: ['keys:write'],
    url: (objects) => `/v1/issuers/${objects.slug}/api-keys/${objects.keyId}`,
  },
  'POST /v1/issuers/:slug/badge-classes': {
    scopes: ['badge-classes:write'],
    url: issuer('/badge-classes'),
    body: BADGE,
  },
  'GET /v1/issuers/:slug/badge-classes': { scopes: readsBadges, url: issuer('/badge-classes') },
  'GET /v1/badge-classes/:id': { scopes: readsBadges, url: draft('') },
  'GET /v1/badge-classes/:id/compatibility': { scopes: readsBadges, url: draft('/compatibility') },
  'PATCH /v1/badge-classes/:id': {
    scopes: ['badge-classes:write'],
    url: draft(''),
    body: { name: 'Je m’engage encore' },
  },
  'PUT /v1/badge-classes/:id/image': { scopes: ['badge-classes:write'], url: draft('/image'), ...image },
  'POST /v1/badge-classes/:id/publish': { scopes: ['badge-classes:write'], url: draft('/publish') },
  'POST /v1/badge-classes/:id/archive': { scopes: ['badge-classes:write'], url: published('/archive') },
  'POST /v1/badge-classes/:id/assertions': {
    scopes: ['assertions:write'],
    url: published('/assertions'),
    body: { recipient: { email: 'lea@example.org' } },
  },
  'GET /v1/issuers/:slug/assertions': { scopes: ['assertions:read'], url: issuer('/assertions') },
  'GET /v1/assertions/:id': { scopes: ['assertions:read'], url: assertion('') },
  'POST /v1/assertions/:id/revoke': {
    scopes: ['assertions:write'],
    url: assertion('/revoke'),
    body: { reason: 'Attribué par erreur' },
  },
  'POST /v1/assertions/:id/claims': { scopes: ['assertions:write'], url: assertion('/claims') },
  'GET /v1/assertions/:id/claims': { scopes: ['assertions:read'], url: assertion('/claims') },
  'POST /v1/assertions/:id/claims/:claim/withdraw': {
    scopes: ['assertions:write'],
    url: (objects) => assertion(`/claims/${objects.claimId}/withdraw`)(objects),
  },
  'POST /workflows/claim/exchanges': {
    scopes: ['assertions:write'],
    url: () => '/workflows/claim/exchanges',
    bodyOf: ({ assertionId }) => ({ variables: { assertionId } }),
  },
  'GET /workflows/claim/exchanges/:id': {
    scopes: ['assertions:read'],
    url: ({ claimId }) => `/workflows/claim/exchanges/${claimId}`,
  },
  'POST /v1/issuers/:slug/credentials/issue': {
    scopes: ['vc:sign'],
    url: issuer('/credentials/issue'),
    body: { credential: CREDENTIAL, options: { status: true } },
  },
  'POST /v1/issuers/:slug/credentials/status': {
    scopes: ['vc:sign'],
    url: issuer('/credentials/status'),
    bodyOf: ({ signedId }) => ({ credentialId: signedId }),
  },
  'POST /v1/badge-classes/:id/batches': {
    scopes: ['batches:write'],
    url: published('/batches'),
    ...list,
  },
  'GET /v1/issuers/:slug/batches': { scopes: readsBatches, url: issuer('/batches') },
  'GET /v1/batches/:id': { scopes: readsBatches, url: batch('') },
  'GET /v1/batches/:id/rows': { scopes: readsBatches, url: batch('/rows') },
  'PUT /v1/batches/:id/rows': { scopes: ['batches:write'], url: batch('/rows'), ...list },
  'POST /v1/batches/:id/commit': { scopes: ['batches:write'], url: batch('/commit') },
  'POST /v1/batches/:id/retry': { scopes: ['batches:write'], url: doneBatch('/retry') },
  'POST /v1/batches/:id/cancel': { scopes: ['batches:write'], url: batch('/cancel') },
  'POST /v1/batches/:id/revoke': {
    scopes: ['batches:write'],
    url: batch('/revoke'),
    body: { reason: 'Liste envoyée par erreur' },
  },
  'GET /v1/batches/:id/report.csv': { scopes: readsBatches, url: batch('/report.csv') },
  // Of a batch that is not over, they would not end.
  'GET /v1/batches/:id/events': { scopes: readsBatches, url: doneBatch('/events') },
  'GET /v1/issuers/:slug/requests': { scopes: readsRequests, url: issuer('/requests') },
  'GET /v1/issuers/:slug/request-counts': { scopes: readsRequests, url: issuer('/request-counts') },
  'GET /v1/requests/:id': { scopes: readsRequests, url: request('') },
  'GET /v1/requests/:id/evidence/:file': {
    scopes: readsRequests,
    url: (objects) => request(`/evidence/${objects.evidenceId}`)(objects),
  },
  'POST /v1/requests/:id/assign': {
    scopes: ['requests:review'],
    url: request('/assign'),
    body: { reviewer: 'Claire Petit' },
  },
  'POST /v1/requests/:id/release': { scopes: ['requests:review'], url: request('/release') },
  'PUT /v1/requests/:id/checklist': {
    scopes: ['requests:review'],
    url: request('/checklist'),
    body: { checklist: [{ id: 'c1', met: true }] },
  },
  'POST /v1/requests/:id/accept': { scopes: ['requests:review'], url: request('/accept') },
  'POST /v1/requests/:id/return': {
    scopes: ['requests:review'],
    url: request('/return'),
    body: { reason: 'Il manque la date' },
  },
  'POST /v1/requests/:id/reject': {
    scopes: ['requests:review'],
    url: request('/reject'),
    body: { reason: 'Hors du parcours' },
  },
  'DELETE /v1/requests/:id/reviewers': { scopes: ['requests:review'], url: request('/reviewers') },
  'POST /v1/requests/:id/reviewers': {
    scopes: ['requests:review'],
    url: request('/reviewers'),
    body: { name: 'Marc Dubois' },
  },
  'GET /v1/issuers/:slug/mails': { scopes: readsMails, url: issuer('/mails') },
  'GET /v1/mails/:id': { scopes: readsMails, url: mail('') },
  'POST /v1/mails/:id/resend': {
    scopes: ['requests:review', 'assertions:write'],
    url: mail('/resend'),
  },
  'GET /v1/issuers/:slug/mail-templates/:template': {
    scopes: readsMails,
    url: issuer('/mail-templates/badge-awarded'),
  },
  'POST /v1/badge-classes/:id/claim-codes': {
    scopes: handlesCodes,
    url: published('/claim-codes'),
    body: { count: 2 },
  },
  'GET /v1/badge-classes/:id/claim-codes': { scopes: handlesCodes, url: published('/claim-codes') },
  'GET /v1/claim-codes/:id': { scopes: handlesCodes, url: claimCodes('') },
  'POST /v1/claim-codes/:id/revoke': { scopes: handlesCodes, url: claimCodes('/revoke') },
  'GET /v1/claim-codes/:id/codes.csv': { scopes: handlesCodes, url: claimCodes('/codes.csv') },
  'GET /v1/claim-codes/:id/sheet.pdf': { scopes: handlesCodes, url: claimCodes('/sheet.pdf') },
  'GET /v1/claim-codes/:id/codes/:file': { scopes: handlesCodes, url: claimCodes('/codes/1.svg') },
  'GET /metrics': { scopes: [], url: () => '/metrics' },
}

const registered = new Set<string>()
const collect = (message: unknown) =>
  (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', (route: RouteOptions) => {
    if (!route.url.startsWith('/v1') && !route.config?.access) return
    for (const method of [route.method].flat()) registered.add(`${method} ${route.url}`)
  })
subscribe('fastify.initialization', collect)
const service = await startService(t)
unsubscribe('fastify.initialization', collect)
const stranger = await createTenant(service.app)
const operator = caller(service.app, OPERATOR_KEY)

/** The rule of a route; a HEAD is held to the rule of its GET. */
const ruleOf = (route: string) => RULES[route.replace(/^HEAD /, 'GET ')]
const send = (call: Call, route: string, rule: Rule, objects: Objects): Promise<Answer> =>
  call(route.split(' ')[0] as 'GET', rule.url(objects), rule.bodyOf?.(objects) ?? rule.body, rule.headers)
const withScopes = async (tenant: Tenant, scopes: Scope[]) =>
  caller(service.app, await createKey(service.app, tenant.slug, scopes))

t.test('every rule is about a route that is there', async (t) => {
  t.strictSame(
    Object.keys(RULES).filter((route) => !registered.has(route)),
    [],
  )
  t.ok(registered.size > 20)
})

for (const route of [...registered].sort()) {
  t.test(route, async (t) => {
    const rule = ruleOf(route)
    if (!rule) return t.fail('the table of access rules does not know this route')
    const owner = await createTenant(service.app)
    const named = namesIn((all) => rule.url(all) + JSON.stringify(rule.bodyOf?.(all)))
    const prepare = () => prepareObjects(service, owner, named)
    const objects = await prepare()
    const before = await snapshot(owner)

    const keyless = await send(caller(service.app), route, rule, objects)
    t.equal(keyless.status, 401, 'no key')
    t.match(keyless.headers['www-authenticate'], /^Bearer/)
    const wrong = await send(caller(service.app, `ecu_${randomUUID()}`), route, rule, objects)
    t.equal(wrong.status, 401, 'a key that is not known')

    const others = SCOPES.filter((scope) => !rule.scopes.includes(scope))
    const lacking = await send(await withScopes(owner, others), route, rule, objects)
    t.equal(lacking.status, 403, 'every scope but the one that is asked')

    if (rule.scopes.length > 0 && !rule.ownOnly) {
      const foreign = await send(stranger.call, route, rule, objects)
      t.equal(foreign.status, 404, 'another tenant’s object')
      const names = [...named].map((name) => [name, randomUUID()])
      const absent: Objects = { ...Object.fromEntries(names), slug: 'nobody' }
      const missing = await send(stranger.call, route, rule, absent)
      t.equal(foreign.text, missing.text, 'reads like an object that does not exist')
    }
    t.equal(await snapshot(owner), before, 'whoever was refused changed nothing')

    for (const scope of rule.scopes) {
      const own = await prepare()
      const allowed = await send(await withScopes(owner, [scope]), route, rule, own)
      t.ok(allowed.status < 300, `${scope} is enough: ${allowed.status}`)
    }
    const byOperator = await send(operator, route, rule, await prepare())
    t.ok(byOperator.status < 300, `the operator may: ${byOperator.status}`)
  })
}

t.test('a key sees its own issuer in the list, the operator every one', async (t) => {
  const owner = await createTenant(service.app)
  const slugs = (answer: Answer) => answer.body.items.map((item: { slug: string }) => item.slug)
  t.strictSame(slugs(await owner.call('GET', '/v1/issuers')), [owner.slug])
  const all = slugs(await operator('GET', '/v1/issuers?limit=200'))
  t.ok(all.includes(owner.slug) && all.includes(stranger.slug))
})

t.test('the key is asked for before the body is read', async (t) => {
  const answer = await caller(service.app)('POST', '/v1/issuers', '{ not JSON', {
    'content-type': 'application/json',
  })
  t.equal(answer.status, 401)
})

t.test('a route of the management API without a rule does not start', async (t) => {
  const app = await buildApp(service.ctx)
  t.teardown(() => app.close())
  t.throws(
    () => app.get('/v1/forgotten', async () => 'open to all'),
    /GET \/v1\/forgotten has no access rule/,
  )
})
