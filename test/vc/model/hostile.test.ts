import fc from 'fast-check'
import t from 'tap'
import { MODEL_FAULTS } from '../../../src/model-messages.ts'
import { modelFaults } from '../../../src/vc/model/credential.ts'
import { envelopeFaults } from '../../../src/vc/model/envelopes.ts'
import { presentationFaults } from '../../../src/vc/model/presentation.ts'
import { threadTime } from '../../support/thread-time.ts'
import { MODEL_CASES } from '../../support/vcdm-cases.ts'
import { credential, type Document, presentation, secured, V2 } from '../../support/vcdm-documents.ts'

const RULES = [
  modelFaults,
  presentationFaults,
  (document: unknown) => envelopeFaults(document, 'EnvelopedVerifiableCredential'),
]
/** As much as a body may hold, and more. */
const LONG = 300_000
const MANY = 30_000

t.test(
  'any JSON gets an answer: its faults, twenty at most, each with its place and a sentence',
  async () => {
    const member = fc.constantFrom(
      ...new Set(MODEL_CASES.flatMap(({ good }) => good.flatMap((document) => Object.keys(document)))),
    )
    const anything = fc.jsonValue({ maxDepth: 4 })
    const changes = fc.dictionary(member, fc.oneof(anything, fc.array(anything), fc.constant({ type: {} })))
    fc.assert(
      fc.property(
        fc.oneof(anything, changes, changes.map(credential), changes.map(presentation)),
        (document) => {
          for (const faultsOf of RULES) {
            const faults = faultsOf(document)
            if (faults.length > 20) return false
            if (!faults.every(({ path, code }) => /^(\/[^/]+)*$/.test(path) && code in MODEL_FAULTS))
              return false
          }
          return true
        },
      ),
      { numRuns: 3000 },
    )
  },
)

t.test('every fault has a document that shows it, and a sentence in both languages', async (t) => {
  const shown = new Set<string>(
    MODEL_CASES.flatMap(({ bad }) => bad.flatMap(([, ...faults]) => faults.map(([, code]) => code))),
  )
  for (const [code, { en, fr }] of Object.entries(MODEL_FAULTS)) {
    t.ok(shown.has(code), `${code} is shown`)
    t.match(en, /\S/)
    t.match(fr, /\S/)
    t.notMatch(en + fr, /'/, `${code}: typographic apostrophes`)
  }
})

t.test('a huge or deep document is answered at once', async (t) => {
  const depth = 50_000
  const deep = JSON.parse(`${'{"Term":{"@id":"urn:x:y","@context":'.repeat(depth)}null${'}}'.repeat(depth)}`)
  const documents: [name: string, document: Document][] = [
    ['many bad types', credential({ type: Array(MANY).fill('') })],
    ['many bad subjects', credential({ credentialSubject: Array(MANY).fill({}) })],
    [
      'many good contexts',
      credential({ '@context': [V2, ...Array.from({ length: MANY }, (_, i) => `urn:x:${i}`)] }),
    ],
    [
      'many resources',
      credential({ relatedResource: Array(MANY).fill({ id: V2, digestSRI: 'sha384-AAAA' }) }),
    ],
    ['many credentials', presentation({ verifiableCredential: Array(5000).fill(secured({ issuer: 5 })) })],
    [
      'many unsecured ones',
      presentation({ holder: 'did:example:h', verifiableCredential: Array(5000).fill(credential()) }),
    ],
    ['a deep context', credential({ '@context': [V2, deep] })],
  ]
  for (const text of [
    'a',
    'a-',
    '-a',
    '0',
    '0.',
    'aa-bbbbb',
    'x-',
    '%',
    ':',
    'a:',
    ' ',
    ';a=b',
    'sha384-',
    'u',
    'é',
    '\ud800',
  ])
    for (const start of ['', 'https://', 'data:text/plain', 'sha384-', 'u', 'en-', '2026-01-01T00:00:00.']) {
      const long = start + text.repeat(LONG)
      const all = { '@value': long, '@language': long }
      const resource = { id: long, digestSRI: long, digestMultibase: long, mediaType: long }
      documents.push([
        JSON.stringify(start + text),
        credential({
          '@context': [V2, long],
          id: long,
          type: ['VerifiableCredential', long],
          name: all,
          validFrom: long,
          relatedResource: resource,
        }),
      ])
      documents.push([
        `envelope ${JSON.stringify(start + text)}`,
        { '@context': V2, type: 'EnvelopedVerifiablePresentation', id: long },
      ])
    }
  for (const [name, document] of documents) {
    const begin = threadTime()
    for (const faultsOf of RULES) t.ok(faultsOf(document).length <= 20)
    const took = threadTime() - begin
    t.ok(took < 1000, `${name}: ${Math.round(took)} ms`)
  }
})

t.test('members that a careless reader finds on every object are missing', async (t) => {
  const document = JSON.parse(
    '{"__proto__":{"@context":[],"type":"VerifiableCredential","issuer":"did:example:1"}}',
  )
  t.same(
    modelFaults(document).map(({ code }) => code),
    Array(4).fill('model-required'),
  )
})
