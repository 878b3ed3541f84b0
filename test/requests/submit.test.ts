import { createHash } from 'node:crypto'
import t from 'tap'
import { createTenant } from '../support/factories.ts'
import { untilTold } from '../support/mails.ts'
import { createForm, mailsAbout, startDraft, submitDraft } from '../support/requests.ts'
import { caller, startService } from '../support/service.ts'

const service = await startService(t)
const { app } = service
const tenant = await createTenant(app)

t.test('everything that is missing is told at once, by field', async (t) => {
  const badge = await createForm(tenant, {
    askStructure: true,
    askReferent: true,
    questions: [
      { id: 'why', label: 'Pourquoi ?', kind: 'text', required: true },
      { id: 'more', label: 'Autre chose ?', kind: 'text', required: false },
    ],
    evidence: [
      { id: 'main', label: 'Attestation', required: true },
      { id: 'more', label: 'Autre', required: false },
    ],
  })
  const draft = await startDraft(app, badge, { name: null, email: 'lea@', consent: false })
  const refused = await draft.call('POST', '/submit', {}, { 'accept-language': 'fr' })
  t.equal(refused.status, 400)
  t.strictSame(refused.body.errors.map(({ path }: { path: string }) => path).sort(), [
    '/answers/why',
    '/consent',
    '/email',
    '/evidence/main',
    '/name',
    '/referent',
    '/structure',
  ])
  t.match(refused.headers['content-language'], 'fr')
  t.equal((await draft.call('GET')).body.state, 'draft')
})

t.test('consent is a receipt: which text, when, by which way', async (t) => {
  const consent = { text: { fr: 'J’accepte que l’on me réponde.', en: 'I agree to be answered.' } }
  const badge = await createForm(tenant, { consent })
  const draft = await startDraft(app, badge, { channel: 'borne d’accueil' })
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const { body } = await draft.call('GET')
  t.match(body.consent, {
    textHash: sha256(consent.text.fr),
    version: /^[0-9a-f]{64}$/,
    language: 'fr',
    channel: 'borne d’accueil',
    at: /^\d{4}-.*Z$/,
  })
  const form = await caller(app)('GET', `/achievements/${badge}/request-form?language=fr`)
  t.match(form.body.consent, {
    text: consent.text.fr,
    textHash: body.consent.textHash,
    version: body.consent.version,
  })
  const english = await startDraft(app, badge, { language: 'en' })
  t.equal((await english.call('GET')).body.consent.textHash, sha256(consent.text.en))
  const without = await startDraft(app, badge, { consent: false })
  t.match((await without.call('POST', '/submit')).body.errors, [{ path: '/consent' }])
})

t.test('an address that looks mistyped is asked about, and can be insisted upon', async (t) => {
  const badge = await createForm(tenant)
  const draft = await startDraft(app, badge, { email: 'lea@gmial.com' })
  t.equal((await draft.call('GET')).body.emailSuggestion, 'lea@gmail.com')
  const asked = await draft.call('POST', '/submit')
  t.match(asked.body, { status: 400, emailSuggestion: 'lea@gmail.com', errors: [{ path: '/email' }] })
  const insisted = await draft.call('POST', '/submit', { confirmEmail: true })
  t.match(insisted.body, { state: 'submitted', email: 'lea@gmial.com' })
})

t.test('submitting twice: the second is told the state, and changes nothing', async (t) => {
  const badge = await createForm(tenant)
  const draft = await startDraft(app, badge)
  const answers = await Promise.all([draft.call('POST', '/submit'), draft.call('POST', '/submit')])
  t.strictSame(answers.map(({ status }) => status).sort(), [200, 409])
  const late = await draft.call('POST', '/submit')
  t.match(late.body, { status: 409, state: 'submitted', type: /request-state$/ })
  t.equal((await draft.call('PATCH', '', { name: 'Autre' })).status, 409)
  const { body } = await draft.call('GET')
  t.equal(body.name, 'Aïcha Benhaddou')
  t.strictSame(
    body.history.map(({ event }: { event: string }) => event),
    ['started', 'submitted'],
  )
  t.strictSame(
    (await mailsAbout(tenant, draft.id)).map(({ template }) => template),
    ['request-received'],
  )
})

t.test('after the form has closed nothing new comes in; what was given back may be completed', async (t) => {
  const badge = await createForm(tenant)
  const draft = await startDraft(app, badge)
  const returned = await submitDraft(app, badge)
  await tenant.call('POST', `/v1/requests/${returned.id}/return`, { reason: 'Il manque une date.' })
  await tenant.call('PATCH', `/v1/badge-classes/${badge}`, { requestForm: { open: false } })
  t.match((await draft.call('POST', '/submit')).body, { status: 409, type: /form-closed$/ })
  t.equal((await returned.call('POST', '/submit')).status, 200)
})

t.test('an intention badge is issued at once, and verifies', async (t) => {
  const badge = await createForm(tenant, { decision: 'automatic' })
  const draft = await startDraft(app, badge)
  const { status, body } = await draft.call('POST', '/submit')
  t.equal(status, 200)
  t.match(body, { state: 'accepted', assertionId: String, credentialUrl: String })
  t.match(body.history.slice(-2), [
    { event: 'submitted', by: 'applicant' },
    { event: 'accepted', by: 'service' },
  ])
  const verdict = await caller(app)('POST', '/verify', { url: body.credentialUrl })
  t.equal(verdict.body.valid, true)
  t.match(await untilTold(tenant, body.assertionId), [{ template: 'badge-awarded', to: draft.email }])
  t.strictSame(await mailsAbout(tenant, draft.id), [])
  const again = await startDraft(app, badge, { email: draft.email })
  const refused = await again.call('POST', '/submit')
  t.match(refused.body, { status: 409, type: /holds-already$/ })
  t.notMatch(refused.text, body.assertionId, 'whoever types an address is not told its owner’s badge')
  t.equal((await again.call('GET')).body.state, 'draft', 'and nothing happened')
})
