import t from 'tap'
import { CREDENTIALS_V2 } from '../../src/vc/contexts.ts'
import { PROOF_SUITES, type UnsignedCredential } from '../../src/vc/credential.ts'
import { compileShape } from '../../src/vc/engine/compile.ts'
import { createEngine } from '../../src/vc/engine/engine.ts'
import { fillDocument, layoutOf, NO_CONSTANTS, type Slot, valuesOf } from '../../src/vc/engine/layout.ts'
import { signCredential } from '../../src/vc/sign.ts'
import { walletJson } from '../../src/vc/wallet-json.ts'
import { fullestForm, makeForm, newSigner } from '../support/generated-awards.ts'
import { HOSTILE_IRIS, HOSTILE_TIMES } from '../support/hostile-values.ts'
import { libraryVerdict } from '../support/library-verdict.ts'

const key = newSigner('did:web:siae.example')
const created = new Date('2026-02-28T12:34:56.789Z')
const engine = createEngine(0)
const [suite] = PROOF_SUITES

/** Two evidences at addresses, two without, a subject with a DID, and an end. */
const form = makeForm('many ids', key.controller, {
  award: {
    identity: { type: 'did', value: 'did:web:aicha.example' },
    validity: {
      validFrom: new Date('2026-01-01T00:00:00Z'),
      validUntil: new Date('2199-01-01T00:00:00Z'),
      awardedAt: new Date('2026-01-01T00:00:00Z'),
    },
    details: {
      evidence: [
        { id: 'https://e.example/1', name: 'a' },
        { id: 'https://e.example/2', name: 'b' },
        { narrative: 'un' },
        { narrative: 'deux' },
      ],
    },
  },
})
const shape = await compileShape(form.layout)

t.test('ids and times at which the library takes offence are not signed here either', async (t) => {
  await ours(form.values)
  const wrong: string[] = []
  for (const [i, { kind, path }] of form.layout.slots.entries()) {
    for (const value of kind === 'iri' ? HOSTILE_IRIS : kind === 'dateTime' ? HOSTILE_TIMES : []) {
      const values = form.values.with(i, value)
      const [mine, theirs] = await Promise.all([ours(values), library(values)])
      if (mine !== theirs) wrong.push(`${path.join('/')}: ${JSON.stringify(value)}`)
    }
  }
  t.same(wrong, [])
})

t.test('where the fast path could be mistaken it leaves the answer to the library', async (t) => {
  const { layout } = form
  const at = (path: string) => layout.slots.findIndex((slot) => slot.path.join('/') === path)
  const valueAt = (path: string) => form.values[at(path)]!
  const cases: Record<string, [string, string]> = {
    'two evidences at one address': ['evidence/1/id', valueAt('evidence/0/id')],
    'evidence that is the credential': ['evidence/0/id', valueAt('id')],
    'evidence that is the achievement': ['evidence/0/id', valueAt('credentialSubject/achievement/id')],
    'evidence that is the issuer': ['evidence/0/id', key.controller],
    'a subject that is the issuer': ['credentialSubject/id', key.controller],
    'a subject that is its achievement': [
      'credentialSubject/id',
      valueAt('credentialSubject/achievement/id'),
    ],
    'two evidences that are alike': ['evidence/3/narrative', valueAt('evidence/2/narrative')],
    'a relative id': ['evidence/0/id', 'preuve'],
    'a blank node': ['evidence/0/id', '_:c14n0'],
    'an id in capitals': ['evidence/0/id', 'HTTPS://E.EXAMPLE/'],
    'a compact id': ['evidence/0/id', 'schema:name'],
    'a text that is no Unicode': ['evidence/0/name', 'a\ud800'],
    'a time with a zone': ['awardedDate', '2026-01-01T00:00:00+01:00'],
  }
  t.ok(shape.canonicalize(form.values) !== undefined, 'the fast path takes it unaltered')
  for (const [name, [path, value]] of Object.entries(cases)) {
    t.ok(at(path) >= 0, path)
    const values = form.values.with(at(path), value)
    t.equal(shape.canonicalize(values), undefined, name)
    t.equal(await ours(values), await library(values), `${name}: the library’s bytes`)
  }
})

t.test('equal texts in one place of the graph are one', async (t) => {
  const tags = makeForm('tags', key.controller, {
    content: {
      name: 'Bref',
      description: 'Bref.',
      criteria: { narrative: 'Être là' },
      tags: ['un', 'deux', 'trois'],
    },
  })
  const { layout } = tags
  const first = layout.slots.findIndex(({ path }) => path.includes('tag'))
  const { canonicalize } = await compileShape(layout)
  for (const [a, b, c] of [
    ['x', 'x', 'x'],
    ['\ue000', '\u{1f3c5}', '\uff5e'],
    ['a', 'a"', 'a'],
    ['', 'a', ''],
  ]) {
    const values = tags.values
      .with(first, a!)
      .with(first + 1, b!)
      .with(first + 2, c!)
    t.ok(canonicalize(values) !== undefined, 'the fast path takes it')
    const [body] = await engine.sign(layout, [values], { key, suite, created })
    t.equal(body, await library(values, layout), JSON.stringify([a, b, c]))
  }
})

t.test('an id that is the issuer’s or the achievement’s is seen also where these are constant', async (t) => {
  const { layout, values, credential } = fullestForm(key.controller, true)
  const { canonicalize } = await compileShape(layout)
  const evidence = layout.slots.findIndex(({ path }) => path.join('/') === 'evidence/0/id')
  t.ok(canonicalize(values) !== undefined, 'the fast path takes it unaltered')
  const achievement = credential.credentialSubject.achievement as { id: string; image: { id: string } }
  for (const id of [key.controller, achievement.id, achievement.image.id, `${achievement.id}#score`]) {
    const coinciding = values.with(evidence, id)
    t.equal(canonicalize(coinciding), undefined, id)
    const [body] = await engine.sign(layout, [coinciding], { key, suite, created })
    t.equal(body, await library(coinciding, layout), `${id}: the library’s bytes`)
  }
})

t.test('equal texts of a nameless node are one for its label too', async (t) => {
  const label = { '@id': 'https://words.example/label', '@container': '@set' }
  const document = {
    '@context': [CREDENTIALS_V2, { Seen: 'https://words.example/Seen', label }],
    id: 'https://siae.example/credentials/1',
    type: ['VerifiableCredential'],
    issuer: key.controller,
    validFrom: '2026-01-31T00:00:00Z',
    credentialSubject: { label: ['un', 'deux'] },
    evidence: [
      { type: ['Seen'], label: ['trois', 'quatre'] },
      { type: ['Seen'], label: ['cinq', 'six'] },
    ],
  }
  const { key: name, values } = valuesOf(document, NO_CONSTANTS)
  const layout = layoutOf(document, NO_CONSTANTS, name)
  const { canonicalize } = await compileShape(layout)
  const first = layout.slots.findIndex(({ path }) => path.includes('label'))
  for (let i = 0; i < 20; i++) {
    const texts = [`a${i}`, `a${i}`, `b${i}`, `b${i}`, `b${i}`, 'c']
    const equal = values.toSpliced(first, 6, ...texts)
    t.ok(canonicalize(equal) !== undefined, 'the fast path takes it')
    const [body] = await engine.sign(layout, [equal], { key, suite, created })
    t.equal(body, await library(equal, layout), texts.join(' '))
  }
})

for (const suite of PROOF_SUITES) {
  t.test(`${suite}: a credential in which any one value was altered is not accepted`, async (t) => {
    const fullest = fullestForm(key.controller, false)
    const { layout, values } = fullest
    const [body] = await engine.sign(layout, [values], { key, suite, created })
    const { proof, '@context': context } = JSON.parse(body!)
    const documentOf = (some: string[]) => ({ ...fillDocument(layout, some), '@context': context, proof })
    t.same(documentOf(values), JSON.parse(body!))
    t.ok(await libraryVerdict(documentOf(values), key), 'it is accepted unaltered')
    t.ok(layout.slots.length > 90, `${layout.slots.length} values`)
    const accepted: string[] = []
    for (const [i, slot] of layout.slots.entries()) {
      const altered = documentOf(values.with(i, alter(values[i]!, slot)))
      if (await libraryVerdict(altered, key)) accepted.push(slot.path.join('/'))
    }
    t.same(accepted, [])
  })
}

function alter(value: string, { kind }: Slot): string {
  return kind === 'dateTime' ? value.replace(/\d(?=Z$)/, (d) => String((Number(d) + 1) % 10)) : `${value}x`
}

async function ours(values: string[]): Promise<string> {
  const signing = engine.sign(form.layout, [values], { key, suite, created })
  return signing.then(([body]) => body!).catch(() => 'refused')
}

async function library(values: string[], layout = form.layout): Promise<string> {
  const document = fillDocument(layout, values) as UnsignedCredential
  return signCredential(document, key, { suite, created })
    .then(walletJson)
    .catch(() => 'refused')
}
