import t from 'tap'
import { BADGE, createBadge, createDraft, createTenant } from '../support/factories.ts'
import { caller, startService } from '../support/service.ts'

const service = await startService(t)
const stranger = caller(service.app)
const tenant = await createTenant(service.app, { name: 'INAÉ', email: 'badges@siae.example' })
const { call } = tenant

const formOf = async (id: string) => (await call('GET', `/v1/badge-classes/${id}`)).body.requestForm
const patch = (id: string, requestForm: unknown) => call('PATCH', `/v1/badge-classes/${id}`, { requestForm })
const read = (id: string) => stranger('GET', `/achievements/${id}/request-form`)

t.test('a form given as {} is the form of the field, closed', async (t) => {
  const { id } = await createDraft(tenant, { requestForm: {} })
  const form = await formOf(id)
  t.match(form, {
    open: false,
    decision: 'review',
    reviewersRequired: 1,
    askStructure: true,
    askReferent: true,
    questions: [{ kind: 'text', required: true }],
    evidence: [
      { id: 'main', required: true },
      { id: 'further', required: false },
    ],
    draftDays: 30,
    retentionDays: 90,
  })
  for (const language of ['fr', 'en']) {
    const text = form.consent.text[language]
    for (const part of ['INAÉ', 'badges@siae.example', '30', '90'])
      t.match(text, part, `${language}: ${part}`)
  }
  t.equal(await formOf((await createDraft(tenant)).id), undefined, 'no form is given by itself')
})

t.test('what is given wins, and nothing of a form is in the Achievement', async (t) => {
  const requestForm = { open: true, decision: 'automatic', questions: [], evidence: [], askReferent: false }
  const { id } = await createBadge(tenant, { requestForm })
  t.match(await formOf(id), { ...requestForm, askStructure: true, draftDays: 30 })
  const { text } = await stranger('GET', `/achievements/${id}`)
  t.notMatch(text, /requestForm|automatic/)
})

t.test('a change is merged into the form, and null goes back to the default', async (t) => {
  const questions = [{ id: 'q', label: 'Pourquoi ?', kind: 'text', required: false }]
  const { id } = await createDraft(tenant, { requestForm: { questions, formUrl: 'https://siae.example/f' } })
  const before = await formOf(id)
  t.equal((await patch(id, { open: true })).status, 200)
  t.strictSame(await formOf(id), { ...before, open: true })
  await patch(id, { formUrl: null, open: null })
  const { formUrl: _, ...rest } = before
  t.strictSame(await formOf(id), rest)
  const longer = (await patch(id, { retentionDays: 365 })).body.requestForm
  t.match(longer.consent.text.fr, '365 jours', 'the consent by default says what is so now')
  await patch(id, { consent: { text: 'Le nôtre' } })
  t.strictSame((await patch(id, { retentionDays: 10 })).body.requestForm.consent, { text: 'Le nôtre' })
  t.match((await patch(id, { consent: null })).body.requestForm.consent.text.en, '10 days')
  t.equal((await call('PATCH', `/v1/badge-classes/${id}`, { requestForm: null })).body.requestForm, undefined)
})

t.test('the form is part of the version that is frozen', async (t) => {
  const { id } = await createBadge(tenant, { requestForm: { open: true } })
  t.equal((await read(id)).body.version, 1)
  t.equal((await patch(id, { open: true })).body.version, 1, 'no change, no version')
  t.equal((await patch(id, { retentionDays: 5 })).body.version, 2)
  t.match((await read(id)).body, { version: 2, retentionDays: 5 })
})

const question = { id: 'q', label: 'Quoi ?', kind: 'text', required: true }
const option = { id: 'a', label: 'A' }
const OFFENCES: [string, object, string][] = [
  ['a question twice', { questions: [question, question] }, '/questions/1/id'],
  ['an id that every object knows', { questions: [{ ...question, id: 'constructor' }] }, '/questions/0/id'],
  [
    'an option twice',
    { questions: [{ ...question, kind: 'choice', options: [option, option] }] },
    '/questions/0/options/1/id',
  ],
  ['a choice of nothing', { questions: [{ ...question, kind: 'choice' }] }, '/questions/0/options'],
  ['options of a text', { questions: [{ ...question, options: [option] }] }, '/questions/0/options'],
  [
    'the length of a date',
    { questions: [{ ...question, kind: 'date', maxLength: 5 }] },
    '/questions/0/maxLength',
  ],
  [
    'a slot twice',
    {
      evidence: [
        { id: 'e', label: 'E', required: true },
        { id: 'e', label: 'F', required: true },
      ],
    },
    '/evidence/1/id',
  ],
  [
    'a type that is not taken',
    { evidence: [{ id: 'e', label: 'E', required: true, accept: ['application/x-msdownload'] }] },
    '/evidence/0/accept/0',
  ],
  [
    'closes before it opens',
    { opensAt: '2026-02-01T00:00:00Z', closesAt: '2026-01-01T00:00:00Z' },
    '/closesAt',
  ],
  ['a text for few', { questions: [{ ...question, label: { de: 'Was?' } }] }, '/questions/0/label'],
  ['an empty text', { consent: { text: { fr: ' ' } } }, '/consent/text/fr'],
  ['no language', { consent: { text: {} } }, '/consent/text'],
  ['a question of no kind', { questions: [{ ...question, kind: 'file' }] }, '/questions/0/kind'],
]

for (const [what, requestForm, path] of OFFENCES) {
  t.test(`${what} is refused by its path, at creation and at change`, async (t) => {
    const url = `/v1/issuers/${tenant.slug}/badge-classes`
    const { id } = await createDraft(tenant, { requestForm: {} })
    for (const answer of [await call('POST', url, { ...BADGE, requestForm }), await patch(id, requestForm)]) {
      t.equal(answer.status, 400)
      const paths = answer.body.errors.map((error: { path: string }) => error.path)
      t.ok(paths.includes(`/requestForm${path}`), paths.join(' '))
    }
  })
}

t.test('every fault of a form at once, in French', async (t) => {
  const requestForm = {
    questions: [{ ...question, options: [option], label: { it: 'Cosa?' } }],
    opensAt: '2026-02-01T00:00:00Z',
    closesAt: '2026-01-01T00:00:00Z',
  }
  const url = `/v1/issuers/${tenant.slug}/badge-classes`
  const answer = await call('POST', url, { ...BADGE, requestForm }, { 'accept-language': 'fr' })
  t.equal(answer.body.errors.length, 3)
  t.match(answer.text, 'ne va qu’avec un choix')
  const inGerman = { questions: [{ ...question, label: { de: 'Was?' } }] }
  t.equal((await call('POST', url, { ...BADGE, language: 'de', requestForm: inGerman })).status, 201)
})
