import t from 'tap'
import { completeForm } from '../../src/badge-classes/default-form.ts'
import type { RequestFormInput } from '../../src/badge-classes/request-form.ts'
import { FAULTS } from '../../src/messages.ts'
import { answerFaults, missingIn } from '../../src/requests/missing.ts'

const ISSUER = { name: 'INAÉ', url: 'https://siae.example', email: null }
const question = { label: 'Quoi ?', required: true } as const
const INPUT: RequestFormInput = {
  questions: [
    { ...question, id: 'text', kind: 'text', maxLength: 3 },
    { ...question, id: 'yesno', kind: 'yesno' },
    { ...question, id: 'date', kind: 'date', required: false },
    { ...question, id: 'url', kind: 'url', required: false },
    { ...question, id: 'choice', kind: 'choice', options: [{ id: 'a', label: 'A' }], required: false },
  ],
}
const form = completeForm(INPUT, ISSUER)
const EMPTY = { name: null, email: null, structureName: null, referentName: null, answers: {}, consent: null }
const CONSENT = { version: 'v', textHash: 'h', language: 'fr', at: '2026-01-01T00:00:00Z', channel: 'online' }
const WHOLE = {
  name: 'Aïcha',
  email: 'aicha@example.org',
  structureName: 'ACI',
  referentName: 'Claire',
  answers: { text: 'ÉÉ😀', yesno: false },
  consent: CONSENT,
}
const FILES = [{ slot: 'main', state: 'stored' as const }]
const codes = (faults: { path: string; code: string }[]) => faults.map(({ path, code }) => `${path} ${code}`)

t.test('an empty request lacks everything, and is told so at once', async (t) => {
  const faults = missingIn(form, EMPTY, [])
  t.strictSame(codes(faults), [
    '/name not-filled-in',
    '/email not-filled-in',
    '/structure not-filled-in',
    '/referent not-filled-in',
    '/answers/text not-filled-in',
    '/answers/yesno not-filled-in',
    '/evidence/main no-file',
    '/consent no-consent',
  ])
  for (const { code } of faults) t.ok(FAULTS[code].fr)
})

t.test('a whole one lacks nothing; no is an answer', async (t) => {
  t.strictSame(missingIn(form, WHOLE, FILES), [])
})

t.test('what is not asked is not missing', async (t) => {
  const short = completeForm({ askStructure: false, askReferent: false, questions: [], evidence: [] }, ISSUER)
  t.strictSame(codes(missingIn(short, { ...EMPTY, consent: CONSENT }, [])), [
    '/name not-filled-in',
    '/email not-filled-in',
  ])
})

t.test(
  'blank is missing, an address that is none is told, a consent that was withdrawn is none',
  async (t) => {
    const consent = { ...CONSENT, withdrawnAt: '2026-01-02T00:00:00Z' }
    const draft = { ...WHOLE, name: ' \u00a0', email: 'aicha@', answers: { text: ' ', yesno: true }, consent }
    t.strictSame(codes(missingIn(form, draft, FILES)), [
      '/name not-filled-in',
      '/email not-an-address',
      '/answers/text not-filled-in',
      '/consent no-consent',
    ])
  },
)

t.test('a file that has not come whole stands in the way, needed or not', async (t) => {
  const further = { slot: 'further', state: 'partial' as const }
  t.strictSame(codes(missingIn(form, WHOLE, [...FILES, further])), ['/evidence/further file-unfinished'])
  const main = { slot: 'main', state: 'partial' as const }
  t.strictSame(codes(missingIn(form, WHOLE, [main])), ['/evidence/main file-unfinished'])
  t.strictSame(codes(missingIn(form, WHOLE, [...FILES, main])), ['/evidence/main file-unfinished'])
})

const ANSWERS: [id: string, wrong: unknown[], right: unknown[]][] = [
  ['text', ['abcd', true], ['abc', '😀😀😀', '', null]],
  ['yesno', ['oui', 'true'], [true, false, null, '']],
  ['date', ['2026-02-30', '2026-2-3', '30/01/2026', '2026-01-01T00:00:00Z', true], ['2024-02-29', null]],
  ['url', ['siae.example', 'javascript:alert(1)', 'ftp://siae.example', true], ['https://siae.example/é']],
  ['choice', ['b', 'A', true, 'constructor'], ['a', null]],
]

for (const [id, wrong, right] of ANSWERS) {
  t.test(`answers to a question of the kind ${id}`, async (t) => {
    for (const value of wrong) {
      const faults = answerFaults(form, { [id]: value })
      t.match(faults, [{ path: `/answers/${id}`, code: /^answer-/ }], JSON.stringify(value))
    }
    for (const value of right) t.strictSame(answerFaults(form, { [id]: value }), [], JSON.stringify(value))
  })
}

t.test('answers to questions that nobody asked', async (t) => {
  t.strictSame(codes(answerFaults(form, { autre: 'x', constructor: null, 'a/b~c': 'x' })), [
    '/answers/autre unknown-question',
    '/answers/constructor unknown-question',
    '/answers/a~1b~0c unknown-question',
  ])
})
