import t from 'tap'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { foreignIssuer, type Told, unsigned, verifier } from '../support/foreign-issuer.ts'
import { startService } from '../support/service.ts'

const service = await startService(t)
const verify = verifier(service.app)

const base = unsigned('did:web:elsewhere.example')
const subject = base.credentialSubject
const achievement = subject.achievement as Json
const inSubject = (change: Json): Json => ({ ...base, credentialSubject: { ...subject, ...change } })

const identity = {
  type: 'IdentityObject',
  hashed: false,
  identityHash: 'a@b.fr',
  identityType: 'emailAddress',
}
const level = { id: 'urn:x:level', type: ['RubricCriterionLevel'], name: 'Maîtrise' }
const described = (more: Json = {}) => ({
  id: 'urn:x:note',
  type: ['ResultDescription'],
  name: 'Note',
  resultType: 'RubricCriterionLevel',
  rubricCriterionLevel: [level],
  ...more,
})
const withResult = (result: unknown, description: unknown = described()): Json =>
  inSubject({ result, achievement: { ...achievement, resultDescription: description } })
const result = (more: Json = {}) => ({ type: ['Result'], resultDescription: 'urn:x:note', ...more })

/** Name, credential, what is said of the subject. */
const SUBJECTS: [string, Json, string][] = [
  ['somebody', base, 'subject-ok'],
  ['somebody by an identifier', inSubject({ id: undefined, identifier: [identity] }), 'subject-ok'],
  ['an identifier alone', inSubject({ id: undefined, identifier: identity }), 'subject-ok'],
  ['nobody', inSubject({ id: undefined }), 'failed:subject-nobody'],
  ['an empty id', inSubject({ id: '' }), 'failed:subject-nobody'],
  ['a text', { ...base, credentialSubject: 'did:example:somebody' }, 'failed:subject-not-one'],
  ['null', { ...base, credentialSubject: null }, 'failed:subject-nobody'],
  ['no type', inSubject({ type: undefined }), 'failed:subject-type'],
  ['another type', inSubject({ type: ['EndorsementSubject'] }), 'failed:subject-type'],
  [
    'an identifier of another type',
    inSubject({ identifier: [identity, { ...identity, type: 'Identity' }] }),
    'failed:subject-identifier',
  ],
  ['an identifier that is a text', inSubject({ identifier: ['a@b.fr'] }), 'failed:subject-identifier'],
  ['no achievement', inSubject({ achievement: undefined }), 'failed:subject-no-achievement'],
  ['an achievement by its address', inSubject({ achievement: 'urn:x:1' }), 'failed:subject-no-achievement'],
  [
    'an achievement of another type',
    inSubject({ achievement: { ...achievement, type: ['BadgeClass'] } }),
    'failed:subject-no-achievement',
  ],
  [
    'criteria that are a text',
    inSubject({ achievement: { ...achievement, criteria: 'Être là' } }),
    'failed:subject-no-criteria',
  ],
  [
    'criteria on a page',
    inSubject({ achievement: { ...achievement, criteria: { id: 'https://elsewhere.example/c' } } }),
    'subject-ok',
  ],
  ['a source', inSubject({ source: { id: 'urn:x:1', type: ['Profile'] } }), 'subject-ok'],
  [
    'a source of another type',
    inSubject({ source: { id: 'urn:x:1', type: ['Person'] } }),
    'failed:subject-source',
  ],
  ['a source by its address', inSubject({ source: 'urn:x:1' }), 'failed:subject-source'],
  ['a result', withResult([result({ achievedLevel: 'urn:x:level', value: '12' })]), 'subject-ok'],
  ['a result that stands alone', withResult(result(), described()), 'subject-ok'],
  [
    'a result without a description',
    inSubject({ result: [{ type: ['Result'], value: '12' }] }),
    'subject-ok',
  ],
  ['a result of another type', withResult([{ ...result(), type: ['Note'] }]), 'failed:subject-result'],
  ['a result that is a text', withResult(['12']), 'failed:subject-result'],
  [
    'a result of something else',
    withResult([result(), result({ resultDescription: 'urn:x:other' })]),
    'failed:subject-result-unknown',
  ],
  ['a result that nothing describes', inSubject({ result: [result()] }), 'failed:subject-result-unknown'],
  [
    'a description of another type',
    withResult([], [described({ type: 'Result' })]),
    'failed:subject-result-description',
  ],
  ['a description that is a text', withResult([], 'urn:x:note'), 'failed:subject-result-description'],
  [
    'no status',
    withResult([result()], [described({ resultType: 'Status' })]),
    'failed:subject-result-status',
  ],
  [
    'a status',
    withResult([result({ status: 'Completed' })], [described({ resultType: 'Status' })]),
    'subject-ok',
  ],
  [
    'a level of another rubric',
    withResult([result({ achievedLevel: 'urn:x:2' })]),
    'warning:subject-level-unknown',
  ],
]

t.test('who earned what is looked at', async (t) => {
  for (const [name, credential, expected] of SUBJECTS)
    t.equal((await verify(credential)).checks.subject, expected, name)
})

const piece = { type: ['Evidence'], id: 'https://elsewhere.example/photo' }

/** Name, evidence, what is said of it. */
const EVIDENCE: [string, unknown, string][] = [
  ['none', undefined, 'evidence-none'],
  ['an empty list', [], 'evidence-none'],
  ['one piece', [piece], 'evidence-ok'],
  ['one that stands alone', piece, 'evidence-ok'],
  ['words', [{ type: 'Evidence', narrative: 'Elle y était.' }], 'evidence-ok'],
  ['another type', [piece, { ...piece, type: ['Proof'] }], 'failed:evidence-type'],
  ['an address', ['https://elsewhere.example/photo'], 'failed:evidence-type'],
  ['nothing but a genre', [piece, { type: ['Evidence'], genre: 'Photo' }], 'warning:evidence-empty'],
]

t.test('evidence is looked at', async (t) => {
  for (const [name, evidence, expected] of EVIDENCE)
    t.equal((await verify({ ...base, evidence })).checks.evidence, expected, name)
})

t.test('an endorsement is checked as one', async (t) => {
  const endorsed = {
    id: 'https://elsewhere.example/a/1',
    type: ['EndorsementSubject'],
    endorsementComment: 'Oui',
  }
  const endorsement = {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_V3],
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'Recommandation',
    credentialSubject: endorsed,
  }
  const told = await verify(await foreignIssuer().issue(endorsement))
  t.match(told.checks, { type: 'type-endorsement', schema: 'schema-ok' })
  t.equal(told.valid, true)
  const nameless = await verify({ ...base, ...endorsement, name: undefined })
  t.equal(nameless.checks.schema, 'failed:schema-broken')
  for (const credentialSubject of [
    { ...endorsed, id: undefined },
    { ...endorsed, type: 'Person' },
    subject,
    'x',
  ]) {
    const { checks } = await verify({ ...base, ...endorsement, credentialSubject })
    t.equal(checks.schema, 'failed:schema-broken', JSON.stringify(credentialSubject))
  }
})

t.test('a sentence names what is meant, however long it is', async (t) => {
  const other = `urn:x:${'a'.repeat(5000)}`
  const told = await verify(withResult([result({ resultDescription: other })]))
  t.ok(messageOf(told, 'subject').includes(other.slice(0, 200)))
  t.ok(messageOf(told, 'subject').length < 500)
  const faulty = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${'é'.repeat(300)}${i}`, 1]))
  const image = { id: 'https://elsewhere.example/i.png', type: 'Image', ...faulty }
  t.ok(messageOf(await verify({ ...base, image }), 'schema').length < 700)
})

function messageOf({ answer }: Told, name: string): string {
  return answer.body.checks.find(({ check }: { check: string }) => check === name).message
}
