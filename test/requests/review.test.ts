import t from 'tap'
import { createTenant } from '../support/factories.ts'
import { untilTold } from '../support/mails.ts'
import { createForm, mailsAbout, startDraft, submitDraft } from '../support/requests.ts'
import { caller, startService } from '../support/service.ts'

const service = await startService(t)
const { app } = service
const tenant = await createTenant(app)
const act = (id: string, verb: string, body?: object) =>
  tenant.call('POST', `/v1/requests/${id}/${verb}`, body)

t.test(
  'accept issues the badge at once; the credential verifies and says nothing of the request',
  async (t) => {
    const badge = await createForm(tenant, { askStructure: true })
    const applicant = await submitDraft(app, badge, { structure: { name: 'ACI Les Jardins' } })
    const accepted = await act(applicant.id, 'accept', { reviewer: 'Claire', comment: 'Bravo' })
    t.equal(accepted.status, 200)
    t.match(accepted.body, {
      id: applicant.id,
      state: 'accepted',
      assertionId: String,
      approvals: { given: 1, required: 1 },
      history: [
        {},
        {},
        { event: 'accepted', by: 'api-key', name: 'Claire', reason: 'Bravo', from: 'submitted' },
      ],
    })
    const assertion = await tenant.call('GET', `/v1/assertions/${accepted.body.assertionId}`)
    t.match(assertion.body, { recipient: { email: applicant.email }, badgeClass: badge })
    const mine = await applicant.call('GET')
    t.equal(mine.body.credentialUrl, assertion.body.credentialUrl)
    const credential = await caller(app)('GET', new URL(mine.body.credentialUrl).pathname)
    t.notMatch(credential.text, /Jardins|Benhaddou|example\.org/)
    t.equal((await caller(app)('POST', '/verify', { url: mine.body.credentialUrl })).body.valid, true)
    t.match(await mailsAbout(tenant, applicant.id), [{ template: 'request-received' }])
    t.match(await untilTold(tenant, accepted.body.assertionId), [
      { template: 'badge-awarded', to: applicant.email, language: 'fr' },
    ])
  },
)

t.test('return gives it back with what is missing; the same token completes it', async (t) => {
  const badge = await createForm(tenant, { formUrl: 'https://siae.example/f' })
  const applicant = await submitDraft(app, badge)
  const returned = await act(applicant.id, 'return', { reason: 'Il manque la signature.' })
  t.match(returned.body, { state: 'returned', reason: 'Il manque la signature.', expiresAt: String })
  const seen = await applicant.call('GET')
  t.match(seen.body, { state: 'returned', reason: 'Il manque la signature.', missing: [] })
  t.equal((await applicant.call('PATCH', '', { name: 'Aïcha B.' })).status, 200)
  t.match((await applicant.call('POST', '/submit')).body, { state: 'submitted', name: 'Aïcha B.' })
  t.equal((await act(applicant.id, 'accept')).body.state, 'accepted')
  t.strictSame(
    (await applicant.call('GET')).body.history.map(({ event }: { event: string }) => event),
    ['started', 'submitted', 'returned', 'submitted', 'accepted'],
  )
  t.ok((await mailsAbout(tenant, applicant.id)).some(({ template }) => template === 'request-returned'))
})

t.test('reject says why, always', async (t) => {
  const badge = await createForm(tenant)
  const applicant = await submitDraft(app, badge)
  for (const body of [{}, { reason: '' }, { reason: ' ' }]) {
    t.equal((await act(applicant.id, 'reject', body)).status, 400)
  }
  const rejected = await act(applicant.id, 'reject', { reason: 'Ce badge concerne une autre région.' })
  t.match(rejected.body, { state: 'rejected', reason: 'Ce badge concerne une autre région.' })
  t.equal((await applicant.call('GET')).body.reason, 'Ce badge concerne une autre région.')
  t.match((await mailsAbout(tenant, applicant.id)).at(-1), {
    template: 'request-rejected',
    to: applicant.email,
  })
})

t.test('every other step than those that lead on is refused, and the state is named', async (t) => {
  const badge = await createForm(tenant)
  const inState: Record<string, () => Promise<{ id: string }>> = {
    draft: () => startDraft(app, badge),
    returned: async () => {
      const applicant = await submitDraft(app, badge)
      await act(applicant.id, 'return', { reason: 'Non' })
      return applicant
    },
    accepted: async () => {
      const applicant = await submitDraft(app, badge)
      await act(applicant.id, 'accept')
      return applicant
    },
    rejected: async () => {
      const applicant = await submitDraft(app, badge)
      await act(applicant.id, 'reject', { reason: 'Non' })
      return applicant
    },
    withdrawn: async () => {
      const applicant = await submitDraft(app, badge)
      await applicant.call('DELETE')
      return applicant
    },
  }
  for (const [state, prepare] of Object.entries(inState)) {
    const { id } = await prepare()
    for (const [verb, body] of [
      ['accept', {}],
      ['return', { reason: 'Non' }],
      ['reject', { reason: 'Non' }],
      ['assign', { reviewer: 'Claire' }],
    ] as const) {
      const refused = await act(id, verb, body)
      t.match(
        refused.body,
        { status: 409, state, type: /request-state$/, title: /^The request is / },
        `${verb} at ${state}`,
      )
    }
    const { body } = await tenant.call('GET', `/v1/requests/${id}`)
    t.equal(body.state, state)
  }
})

t.test('two reviewers at once: one wins, and there is one badge', async (t) => {
  const badge = await createForm(tenant)
  const applicant = await submitDraft(app, badge)
  const answers = await Promise.all([
    act(applicant.id, 'accept', { reviewer: 'Claire' }),
    act(applicant.id, 'accept', { reviewer: 'Marc' }),
    act(applicant.id, 'reject', { reason: 'Non', reviewer: 'Zoé' }),
  ])
  t.strictSame(answers.map(({ status }) => status).sort(), [200, 409, 409])
  const { body } = await tenant.call('GET', `/v1/issuers/${tenant.slug}/assertions?badgeClass=${badge}`)
  t.equal(body.items.length, answers[2]!.status === 200 ? 0 : 1)
})

t.test('a badge that cannot be issued leaves the request as it was', async (t) => {
  const badge = await createForm(tenant)
  const applicant = await submitDraft(app, badge)
  await tenant.call('POST', `/v1/badge-classes/${badge}/assertions`, {
    recipient: { email: applicant.email },
  })
  const refused = await act(applicant.id, 'accept')
  t.match(refused.body, { status: 409, type: /already-awarded$/, assertionId: String })
  t.match((await tenant.call('GET', `/v1/requests/${applicant.id}`)).body, {
    state: 'submitted',
    approvals: { given: 0 },
  })
  t.equal((await act(applicant.id, 'accept', { allowDuplicate: true })).body.state, 'accepted')
})

t.test('where the form asks for two reviewers, the second one issues', async (t) => {
  const badge = await createForm(tenant, { reviewersRequired: 2 })
  const applicant = await submitDraft(app, badge)
  const first = await act(applicant.id, 'accept', { reviewer: 'Claire' })
  t.match(first.body, { state: 'submitted', approvals: { given: 1, required: 2 } })
  for (const reviewer of ['Claire', ' claire ']) {
    t.match((await act(applicant.id, 'accept', { reviewer })).body, { type: /already-approved$/ })
  }
  t.match((await act(applicant.id, 'accept')).body, { status: 400, errors: [{ path: '/reviewer' }] })
  await act(applicant.id, 'return', { reason: 'Une date manque.', reviewer: 'Marc' })
  await applicant.call('POST', '/submit')
  t.match(
    (await act(applicant.id, 'accept', { reviewer: 'Marc' })).body,
    { approvals: { given: 1 } },
    'a new round',
  )
  t.match((await act(applicant.id, 'accept', { reviewer: 'Claire' })).body, { state: 'accepted' })
})

t.test('a lease keeps others out until it runs out', async (t) => {
  const badge = await createForm(tenant)
  const applicant = await submitDraft(app, badge)
  const now = new Date()
  service.setTime(now)
  const assigned = await act(applicant.id, 'assign', { reviewer: 'Claire', minutes: 30 })
  t.match(assigned.body, {
    assignedTo: 'Claire',
    leaseUntil: new Date(now.getTime() + 30 * 60_000).toISOString(),
  })
  t.equal(
    (await act(applicant.id, 'assign', { reviewer: 'Claire' })).status,
    200,
    'the same one can have more',
  )
  const other = await act(applicant.id, 'assign', { reviewer: 'Marc' })
  t.match(other.body, { status: 409, type: /request-assigned$/, assignedTo: 'Claire' })
  t.equal((await act(applicant.id, 'accept', { reviewer: 'Marc' })).status, 409)
  t.equal((await act(applicant.id, 'accept')).status, 409, 'nor does a call that names nobody')
  t.notMatch((await applicant.call('GET')).text, /Claire/, 'the person is not told who has it')
  const mine = await tenant.call('GET', `/v1/issuers/${tenant.slug}/requests?assignedTo=Claire`)
  t.equal(mine.body.items.length, 1)
  service.setTime(new Date(now.getTime() + 61 * 60_000))
  t.notOk('assignedTo' in (await tenant.call('GET', `/v1/requests/${applicant.id}`)).body)
  t.equal((await act(applicant.id, 'assign', { reviewer: 'Marc' })).status, 200)
  await act(applicant.id, 'release')
  t.equal((await act(applicant.id, 'accept', { reviewer: 'Zoé' })).status, 200)
  service.setTime(new Date())
})

t.test('a reviewer’s link can be taken back', async (t) => {
  const applicant = await submitDraft(app, await createForm(tenant))
  const { body } = await act(applicant.id, 'reviewers', { name: 'Zoé' })
  const open = () => caller(app)('GET', new URL(body.link).pathname)
  t.equal((await open()).status, 200)
  t.equal((await tenant.call('DELETE', `/v1/requests/${applicant.id}/reviewers`)).status, 204)
  t.equal((await open()).status, 401)
})

t.test('the checklist has a line for each criterion', async (t) => {
  const badge = await createForm(tenant)
  const applicant = await submitDraft(app, badge)
  const path = `/v1/requests/${applicant.id}`
  const { body, headers } = await tenant.call('GET', path)
  t.strictSame(body.checklist, [
    { id: 'c1', criterion: 'a signé son contrat' },
    { id: 'c2', criterion: 'a passé sa période d’essai' },
  ])
  const tick = (checklist: object[], etag: string) =>
    tenant.call('PUT', `${path}/checklist`, { reviewer: 'Claire', checklist }, { 'if-match': etag })
  const ticked = await tick([{ id: 'c1', met: true, comment: 'Vu' }], String(headers.etag))
  t.match(ticked.body.checklist, [{ id: 'c1', met: true, comment: 'Vu' }, { id: 'c2' }])
  t.equal(
    (await tick([{ id: 'c1', met: false }], String(headers.etag))).status,
    412,
    'somebody ticked meanwhile',
  )
  t.equal((await tick([{ id: 'c9', met: true }], '*')).status, 400)
  await act(applicant.id, 'accept', { checklist: [{ id: 'c2', met: true }] })
  const after = await tenant.call('GET', path)
  t.match(after.body.checklist, [
    { id: 'c1', met: true, comment: 'Vu' },
    { id: 'c2', met: true },
  ])
})

t.test('of a draft reviewers see that it is there, and nothing that was written in it', async (t) => {
  const badge = await createForm(tenant)
  const draft = await startDraft(app, badge, { name: 'Secrète Martin', structure: { name: 'ACI Cachée' } })
  const one = await tenant.call('GET', `/v1/requests/${draft.id}`)
  t.equal(one.body.state, 'draft')
  const list = await tenant.call('GET', `/v1/issuers/${tenant.slug}/requests?state=draft&limit=200`)
  t.ok(list.body.items.some(({ id }: { id: string }) => id === draft.id))
  const counts = await tenant.call('GET', `/v1/issuers/${tenant.slug}/request-counts?badgeClass=${badge}`)
  const hidden = await tenant.call('GET', `/v1/issuers/${tenant.slug}/requests?structure=ACI%20Cachée`)
  for (const { text } of [one, list, counts, hidden]) t.notMatch(text, /Secrète|Cachée|@example/)
  t.equal(hidden.body.items.length, 0)
})

t.test('lists and counts by state, badge and structure', async (t) => {
  const own = await createTenant(app)
  const [a, b] = [
    await createForm(own, { askStructure: true }),
    await createForm(own, { askStructure: true }),
  ]
  const jardins = { structure: { name: 'ACI Les Jardins', siret: '12345678901234' } }
  const first = await submitDraft(app, a, jardins)
  await submitDraft(app, a, { structure: { name: 'aci les  jardins' } })
  await submitDraft(app, b, { structure: { name: 'EI Bois & Cie' } })
  await own.call('POST', `/v1/requests/${first.id}/accept`)
  const list = async (query: string) =>
    (await own.call('GET', `/v1/issuers/${own.slug}/requests?${query}`)).body.items
  t.equal((await list('state=submitted')).length, 2)
  t.equal((await list(`badgeClass=${a}`)).length, 2)
  t.equal((await list('structure=Aci%20LES%20jardins')).length, 2)
  t.equal((await list('structure=123%20456%20789%2001234')).length, 1)
  t.equal((await list(`badgeClass=${b}&state=accepted`)).length, 0)
  const counts = await own.call('GET', `/v1/issuers/${own.slug}/request-counts`)
  t.match(counts.body, { total: 3, states: { accepted: 1, submitted: 2 } })
  t.strictSame(
    counts.body.structures.map(({ total }: { total: number }) => total),
    [2, 1],
  )
  t.strictSame(counts.body.badgeClasses.map(({ total }: { total: number }) => total).sort(), [1, 2])
  const page = await own.call('GET', `/v1/issuers/${own.slug}/requests?limit=2`)
  t.equal(page.body.items.length, 2)
  const next = await own.call(
    'GET',
    `/v1/issuers/${own.slug}/requests?limit=2&cursor=${page.body.nextCursor}`,
  )
  t.equal(next.body.items.length, 1)
})
