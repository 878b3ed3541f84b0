import { randomUUID } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance, RouteOptions } from 'fastify'
import t from 'tap'
import { createTenant, type Tenant } from '../support/factories.ts'
import { type Applicant, createForm, startDraft } from '../support/requests.ts'
import { caller, OPERATOR_KEY, startService } from '../support/service.ts'

/** How a person calls a route of a request. */
interface Rule {
  readonly body?: unknown
  readonly headers?: Record<string, string>
  /** The route is about a request that was accepted; absent: about a draft. */
  readonly accepted?: true
}

const text = { body: 'Vu et signé', headers: { 'content-type': 'text/plain' } }

const RULES: Record<string, Rule> = {
  'GET /requests/:id': {},
  'PATCH /requests/:id': { body: { name: 'Quelqu’un d’autre' } },
  'DELETE /requests/:id': {},
  'POST /requests/:id/submit': {},
  'POST /requests/:id/resume-link': {},
  'POST /requests/:id/withdraw-consent': { accepted: true },
  'GET /requests/:id/export': {},
  'PUT /requests/:id/evidence/:slot': text,
  'GET /requests/:id/evidence/:slot/:file': {},
  'DELETE /requests/:id/evidence/:slot': {},
  'DELETE /requests/:id/evidence/:slot/:file': {},
}

const registered = new Set<string>()
const collect = (message: unknown) =>
  (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', (route: RouteOptions) => {
    if (!route.url.startsWith('/requests/:')) return
    for (const method of [route.method].flat()) registered.add(`${method} ${route.url}`)
  })
subscribe('fastify.initialization', collect)
const { app } = await startService(t)
unsubscribe('fastify.initialization', collect)
const evidence = [{ id: 'proof', label: 'Justificatif', required: false }]

/** A person's request with one file. */
interface Prepared extends Applicant {
  readonly file: string
}

async function prepare(badgeClassId: string, { accepted }: Rule): Promise<Prepared> {
  const applicant = await startDraft(app, badgeClassId)
  const stored = await applicant.call('PUT', '/evidence/proof', text.body, text.headers)
  if (accepted) await applicant.call('POST', '/submit')
  return { ...applicant, file: stored.body.id }
}

/** What is held of a request and of whom its issuer wrote to, as one text. */
async function snapshot(tenant: Tenant, applicant: Prepared): Promise<string> {
  const request = await applicant.call('GET')
  const file = await applicant.call('GET', `/evidence/proof/${applicant.file}`)
  // Of a badge people are told by a job, in its own time.
  const mails = await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails?about=${applicant.id}&limit=200`)
  return [request, file, mails].map(({ status, text }) => `${status} ${text}`).join('\n')
}

t.test('the table and the registered routes are the same', async (t) => {
  const heads = (route: string) => route.startsWith('HEAD ')
  t.strictSame([...registered].filter((route) => !heads(route)).sort(), Object.keys(RULES).sort())
})

for (const route of [...registered].sort()) {
  t.test(`${route} is open to the request’s own token alone`, async (t) => {
    const rule = RULES[route.replace(/^HEAD /, 'GET ')]
    if (!rule) return t.fail('the table of tokens does not know this route')
    const tenant = await createTenant(app)
    const form = await createForm(tenant, {
      decision: 'automatic',
      formUrl: 'https://form.example',
      evidence,
    })
    const own = await prepare(form, rule)
    const other = await prepare(form, rule)
    const before = await snapshot(tenant, own)
    t.match(before, /^200 .*\n200 Vu et signé\n/, 'there is something to lose')
    const [method, path] = route.split(' ') as ['GET', string]
    const call = (token: string | undefined, id = own.id) => {
      const url = path.replace(':id', id).replace(':slot', 'proof').replace(':file', own.file)
      return caller(app, token)(method, url, rule.body, rule.headers)
    }

    const strangers: Record<string, string | undefined> = {
      'no token': undefined,
      'a token that is not known': `ecr_${randomUUID()}`,
      'half of the token': own.token.slice(0, -1),
      'the token of another request': other.token,
      'the issuer’s key': tenant.key,
      'the operator’s key': OPERATOR_KEY,
    }
    for (const [who, token] of Object.entries(strangers)) {
      const refused = await call(token)
      t.equal(refused.status, 401, who)
      t.match(refused.headers['www-authenticate'], /^Bearer/, `${who}: is told how to authenticate`)
    }
    const foreign = await call(other.token)
    const missing = await call(other.token, randomUUID())
    t.equal(missing.status, 401, 'a request that does not exist')
    t.equal(foreign.text, missing.text, 'reads like another person’s request')
    t.equal(await snapshot(tenant, own), before, 'whoever was refused changed nothing')

    const allowed = await call(own.token)
    t.ok(allowed.status < 300, `its own token is enough: ${allowed.status} ${allowed.text}`)
  })
}
