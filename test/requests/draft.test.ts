import { randomUUID } from 'node:crypto'
import t from 'tap'
import { purgeRequests } from '../../src/requests/purge.ts'
import { createBadge, createDraft, createTenant } from '../support/factories.ts'
import { createForm, mailsAbout, startDraft, submitDraft } from '../support/requests.ts'
import { caller, startService } from '../support/service.ts'

const service = await startService(t)
const { app } = service
const tenant = await createTenant(app)
const anyone = caller(app)

t.test('a draft is begun without an account, and gone on with by its token', async (t) => {
  const badge = await createForm(tenant, {
    questions: [{ id: 'why', label: 'Pourquoi ?', kind: 'text', required: true, maxLength: 200 }],
  })
  const started = await anyone('POST', `/achievements/${badge}/requests`, undefined, {
    'accept-language': 'fr',
  })
  t.equal(started.status, 201)
  t.match(started.body, { state: 'draft', badgeClass: badge, language: 'fr', resumeToken: /^ecr_[\w-]{43}$/ })
  const { id, resumeToken, createdAt, expiresAt } = started.body
  t.equal(Date.parse(expiresAt) - Date.parse(createdAt), 30 * 24 * 3600 * 1000, 'told for how long')
  t.strictSame(
    started.body.missing.map(({ path }: { path: string }) => path),
    ['/name', '/email', '/answers/why', '/consent'],
  )
  const call = caller(app, resumeToken)
  const first = await call('PATCH', `/requests/${id}`, { name: 'Léa', answers: { why: 'Parce que' } })
  t.equal(first.status, 200)
  t.notOk('resumeToken' in first.body, 'the token is shown once')
  const second = await call('PATCH', `/requests/${id}`, { email: 'lea@example.org', consent: true })
  t.match(second.body, { name: 'Léa', email: 'lea@example.org', answers: { why: 'Parce que' }, missing: [] })
  const emptied = await call('PATCH', `/requests/${id}`, { name: null, answers: { why: null } })
  t.strictSame(emptied.body.answers, {})
  t.notOk('name' in emptied.body)
  const read = await call('GET', `/requests/${id}`)
  t.equal(read.headers['cache-control'], 'private, no-store')
  const { history, missing, ...rest } = read.body
  t.strictSame(emptied.body.revision, rest.revision)
  t.match(history, [{ event: 'started', to: 'draft', by: 'applicant' }])
  t.equal(missing.length, 2)
})

t.test('at rest there is no token', async (t) => {
  const badge = await createForm(tenant)
  const { token } = await startDraft(app, badge)
  const result = await service.ctx.db.execute('select * from request_links')
  t.notMatch(JSON.stringify(result), token)
})

t.test('without the token, with a wrong one or another one: 401, and nothing is told', async (t) => {
  const badge = await createForm(tenant)
  const [mine, other] = [await startDraft(app, badge), await startDraft(app, badge)]
  for (const id of [mine.id, randomUUID()]) {
    for (const [method, rest, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { name: 'Eve' }],
      ['POST', '/submit', {}],
      ['POST', '/resume-link', undefined],
      ['POST', '/withdraw-consent', undefined],
      ['GET', '/export', undefined],
      ['DELETE', '', undefined],
    ] as const) {
      for (const key of [undefined, `ecr_${'A'.repeat(43)}`, other.token, tenant.key]) {
        const { status } = await caller(app, key)(method, `/requests/${id}${rest}`, body)
        t.equal(status, 401, `${method} ${rest}`)
      }
    }
  }
  t.match((await mine.call('GET')).body, { name: 'Aïcha Benhaddou', state: 'draft' })
})

t.test('answers that fit no question are refused at once, all of them', async (t) => {
  const badge = await createForm(tenant, {
    questions: [{ id: 'when', label: 'Quand ?', kind: 'date', required: false }],
  })
  const draft = await startDraft(app, badge)
  const refused = await draft.call('PATCH', '', { answers: { when: 'hier', who: 'moi' } })
  t.equal(refused.status, 400)
  t.strictSame(
    refused.body.errors.map(({ path }: { path: string }) => path),
    ['/answers/when', '/answers/who'],
  )
  for (const body of [
    { nope: 1 },
    { consent: 'yes' },
    { name: 'a\u0000b' },
    { language: 'xx' },
    { email: 7 },
  ]) {
    t.equal((await draft.call('PATCH', '', body)).status, 400, JSON.stringify(body))
  }
  t.equal((await draft.call('PATCH', '', { sharedEvidence: [randomUUID()] })).status, 400)
})

t.test('only where there is an open form', async (t) => {
  const start = (id: string) => anyone('POST', `/achievements/${id}/requests`, {})
  t.equal((await start(randomUUID())).status, 404)
  t.equal((await start((await createDraft(tenant, { requestForm: { open: true } })).id)).status, 404)
  t.match((await start((await createBadge(tenant)).id)).body, { status: 409, type: /no-form$/ })
  t.match((await start(await createForm(tenant, { open: false }))).body, {
    status: 409,
    type: /form-closed$/,
  })
  const later = new Date(Date.now() + 3600_000).toISOString()
  t.match((await start(await createForm(tenant, { opensAt: later }))).body, { type: /form-closed$/ })
  const archived = await createForm(tenant)
  await tenant.call('POST', `/v1/badge-classes/${archived}/archive`)
  t.equal((await start(archived)).status, 404)
})

t.test('a form that changes does not change under the hands of a person', async (t) => {
  const badge = await createForm(tenant)
  const draft = await startDraft(app, badge)
  await tenant.call('PATCH', `/v1/badge-classes/${badge}`, {
    requestForm: { questions: [{ id: 'new', label: 'Nouveau', kind: 'text', required: true }] },
  })
  t.equal((await draft.call('POST', '/submit')).status, 200)
  const later = await startDraft(app, badge)
  t.equal((await later.call('POST', '/submit')).status, 400)
})

t.test('a link is mailed to go on elsewhere; its token is as good as the first', async (t) => {
  const badge = await createForm(tenant, { formUrl: 'https://siae.example/formulaire' })
  const draft = await startDraft(app, badge, { email: 'nadia@example.org' })
  t.equal((await draft.call('POST', '/resume-link')).status, 202)
  const [mail] = await mailsAbout(tenant, draft.id)
  t.match(mail, { template: 'resume-link', to: 'n…@example.org', language: 'fr', state: 'queued' })
  t.equal((await draft.call('POST', '/resume-link')).status, 429, 'one in five minutes')
  const lost = (email: string) => anyone('POST', `/achievements/${badge}/resume-links`, { email })
  t.equal((await lost('NADIA@example.org')).status, 202)
  t.equal((await lost('nobody@example.org')).status, 202, 'the same for whoever has no draft')
  t.equal((await mailsAbout(tenant, draft.id)).length, 1, 'one link in five minutes')
  service.setTime(new Date(Date.now() + 6 * 60_000))
  await lost('NADIA@example.org')
  t.equal((await mailsAbout(tenant, draft.id)).length, 2)
  service.setTime(new Date())
  const without = await startDraft(app, await createForm(tenant))
  t.match((await without.call('POST', '/resume-link')).body, { status: 409, type: /no-form-page$/ })
  await draft.call('PATCH', '', { email: 'nadia' })
  t.equal((await draft.call('POST', '/resume-link')).status, 400, 'to an address alone')
})

t.test('what a form sends of empty fields empties them; a web address is no name', async (t) => {
  const draft = await startDraft(app, await createForm(tenant))
  const saved = await draft.call('PATCH', '', {
    name: 'Léo',
    email: '',
    structure: { name: '' },
    referent: { name: ' ' },
  })
  t.equal(saved.status, 200, saved.text)
  t.match(saved.body, { name: 'Léo' })
  for (const member of ['email', 'structure', 'referent']) t.notOk(member in saved.body, member)
  for (const body of [
    { name: 'Gagnez sur http://evil.example' },
    { structure: { name: 'www.evil.example' } },
  ]) {
    const refused = await draft.call('PATCH', '', body, { 'accept-language': 'fr' })
    t.match(refused.body, { status: 400, errors: [{ message: 'ne doit pas contenir d’adresse web' }] })
    t.equal(refused.body.errors.length, 1, 'one fault, one message')
  }
  const siret = await draft.call(
    'PATCH',
    '',
    { structure: { name: 'ACI', siret: '123' } },
    { 'accept-language': 'fr' },
  )
  t.strictSame(siret.body.errors, [{ path: '/structure/siret', message: 'doit compter 14 chiffres' }])
})

t.test('after the decision the mailed link still opens the request', async (t) => {
  const badge = await createForm(tenant, { formUrl: 'https://siae.example/f', draftDays: 1 })
  const applicant = await submitDraft(app, badge)
  const begun = new Date()
  await tenant.call('POST', `/v1/requests/${applicant.id}/accept`)
  service.setTime(new Date(begun.getTime() + 3 * 24 * 3600_000))
  await anyone('POST', `/achievements/${badge}/resume-links`, { email: applicant.email })
  t.ok((await mailsAbout(tenant, applicant.id)).some(({ template }) => template === 'resume-link'))
  service.setTime(new Date())
})

t.test('a draft expires, and everything in it is gone', async (t) => {
  const badge = await createForm(tenant, { draftDays: 2 })
  const begun = new Date()
  service.setTime(begun)
  const draft = await startDraft(app, badge, { name: 'Éphémère Martin' })
  const kept = await submitDraft(app, badge)
  service.setTime(new Date(begun.getTime() + 2 * 24 * 3600_000))
  t.equal((await draft.call('GET')).status, 410, 'from the minute on, not from the next purge')
  await purgeRequests(service.ctx)
  const gone = await draft.call('PATCH', '', { name: 'Encore' })
  t.match(gone.body, { status: 410, type: /request-gone$/ })
  const row = JSON.stringify(await service.ctx.db.execute(`select * from requests where id = '${draft.id}'`))
  t.match(row, /expired/)
  t.notMatch(row, /Martin|example\.org/)
  t.equal((await kept.call('GET')).body.state, 'submitted', 'what was submitted does not expire')
  service.setTime(new Date(begun.getTime() + 40 * 24 * 3600_000))
  await purgeRequests(service.ctx)
  t.equal((await draft.call('GET')).status, 401, 'forgotten altogether')
  t.equal((await kept.call('GET')).status, 200)
  service.setTime(new Date())
})
