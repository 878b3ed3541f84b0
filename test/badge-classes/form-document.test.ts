import { createHash } from 'node:crypto'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import t from 'tap'
import { BADGE, createBadge, createDraft, createTenant } from '../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'

const service = await startService(t)
const stranger = caller(service.app)
const tenant = await createTenant(service.app)
const { call } = tenant

const patch = (id: string, requestForm: unknown) => call('PATCH', `/v1/badge-classes/${id}`, { requestForm })
const read = (id: string, query = '', headers = {}) =>
  stranger('GET', `/achievements/${id}/request-form${query}`, undefined, headers)

const FULL = {
  open: true,
  questions: [
    {
      id: 'text',
      label: { fr: 'Racontez', en: 'Tell', 'de-AT': 'Erzähl' },
      kind: 'text',
      required: true,
      maxLength: 5,
    },
    {
      id: 'choice',
      label: 'Lequel ?',
      kind: 'choice',
      required: false,
      options: [
        { id: 'a', label: { fr: 'Le premier', en: 'The first' } },
        { id: 'b', label: { fr: 'Le second', en: 'The second' } },
      ],
    },
    { id: 'yesno', label: 'Êtes-vous là ?', kind: 'yesno', required: true },
    { id: 'date', label: 'Quand ?', kind: 'date', required: false },
    { id: 'url', label: 'Où ?', kind: 'url', required: false },
  ],
  evidence: [
    { id: 'photo', label: { fr: 'Une photo', en: 'A photo' }, required: true, accept: ['image/png'] },
  ],
  consent: { text: { fr: 'D’accord ?', en: 'Do you agree?' }, url: 'https://siae.example/rgpd' },
  contact: 'Claire Petit',
  evidenceExamples: ['Un contrat'],
}

t.test('everybody reads the form in their language', async (t) => {
  const { id } = await createBadge(tenant, { requestForm: FULL })
  const french = await read(id)
  t.match(french.headers, {
    'cache-control': 'public, max-age=60',
    vary: /Accept-Language/,
    'content-language': 'fr',
  })
  t.match(french.body, {
    badgeClass: id,
    version: 1,
    name: BADGE.name,
    language: 'fr',
    open: true,
    decision: 'review',
    contact: 'Claire Petit',
    evidenceExamples: ['Un contrat'],
    consent: { text: 'D’accord ?', url: 'https://siae.example/rgpd' },
    submitTo: `${PUBLIC_URL}/achievements/${id}/requests`,
    evidence: [
      { id: 'photo', label: 'Une photo', accept: ['image/png'], maxFiles: 1, maxBytes: 10 * 1024 * 1024 },
    ],
  })
  t.equal(french.body.consent.textHash, createHash('sha256').update('D’accord ?').digest('hex'))
  const english = await read(id, '', { 'accept-language': 'en-GB,en;q=0.8,fr;q=0.1' })
  t.match(english.body, {
    language: 'en',
    consent: { text: 'Do you agree?' },
    evidence: [{ label: 'A photo' }],
  })
  t.equal(english.body.consent.version, french.body.consent.version, 'the version is of all languages')
  t.not(english.body.consent.textHash, french.body.consent.textHash)
  const asked = await read(id, '?language=en', { 'accept-language': 'fr' })
  t.strictSame(asked.body, english.body, '?language= wins')
  const german = (await read(id, '?language=de-AT')).body
  t.equal(german.language, 'de-AT')
  t.equal(german.fields.find((field: { path: string }) => field.path === '/answers/text').label, 'Erzähl')
  t.equal((await read(id, '?language=zz')).body.language, 'fr', 'the badge’s own where there is no such text')
  t.equal((await read(id, '?language=français')).status, 400)
})

t.test('its JSON Schema takes a whole request and no other', async (t) => {
  const { id } = await createBadge(tenant, { requestForm: FULL })
  const { schema, fields } = (await read(id)).body
  const ajv = new Ajv2020({ allErrors: true })
  addFormats.default(ajv)
  const accepts = ajv.compile(schema)
  const whole = {
    name: 'Aïcha Benhaddou',
    email: 'aicha@example.org',
    structure: { name: 'ACI Les Jardins' },
    referent: { name: 'Claire Petit' },
    answers: { text: 'é'.repeat(5), yesno: false, choice: 'a', date: '2026-02-28', url: 'https://a.example' },
    consent: true,
  }
  t.ok(accepts(whole), ajv.errorsText(accepts.errors))
  const { text: _, ...fewer } = whole.answers
  const faulty = [
    { ...whole, consent: false },
    { ...whole, email: 'aicha' },
    { ...whole, referent: {} },
    { ...whole, surprise: 1 },
    { ...whole, answers: fewer },
    ...[
      { text: 'é'.repeat(6) },
      { choice: 'c' },
      { yesno: 'oui' },
      { date: '2026-02-30' },
      { url: 'ftp://a.b' },
      { q: 'x' },
    ].map((answer) => ({ ...whole, answers: { ...whole.answers, ...answer } })),
  ]
  for (const body of faulty) t.notOk(accepts(body), JSON.stringify(body))
  for (const name of Object.keys(whole)) t.notOk(accepts({ ...whole, [name]: undefined }), `without ${name}`)
  t.strictSame(
    fields.map((field: { path: string }) => field.path),
    ['/name', '/email', ...FULL.questions.map((q) => `/answers/${q.id}`), '/structure', '/referent'],
  )
  const choice = schema.properties.answers.properties.choice
  t.strictSame(choice.oneOf[0], { const: 'a', title: 'Le premier' })
})

t.test('it is open between its times, and only where it is open', async (t) => {
  const times = { opensAt: '2026-03-01T00:00:00Z', closesAt: '2026-03-31T00:00:00Z' }
  const { id } = await createBadge(tenant, { requestForm: { open: true, ...times } })
  const seen = []
  for (const time of ['2026-02-28T23:59:59Z', times.opensAt, '2026-03-30T23:59:59Z', times.closesAt]) {
    service.setTime(time)
    seen.push((await read(id)).body.open)
  }
  t.strictSame(seen, [false, true, true, false])
  service.setTime('2026-03-15T00:00:00Z')
  await patch(id, { open: false })
  t.equal((await read(id)).body.open, false)
})

t.test('no form, no page: of a draft, of an archived badge, of one without a form', async (t) => {
  const { id } = await createDraft(tenant, { requestForm: { open: true } })
  t.equal((await read(id)).status, 404)
  await call('POST', `/v1/badge-classes/${id}/publish`)
  t.equal((await read(id)).status, 200)
  await call('POST', `/v1/badge-classes/${id}/archive`)
  t.equal((await read(id)).status, 404)
  t.equal((await read((await createBadge(tenant)).id)).status, 404)
})
