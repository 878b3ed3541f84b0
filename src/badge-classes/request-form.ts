import { type Static, type TSchema, Type } from 'typebox'
import { Closed, DateTime, HttpUrl, Line, Removable } from '../fields.ts'
import { EVIDENCE_TYPES } from './evidence-types.ts'
import { Texts } from './localized-text.ts'
import { Option } from './option.ts'

/** What answers and files are filed under. */
const FormId = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$', examples: ['engagement'] })

const Question = Closed(
  {
    id: FormId,
    label: Texts(500, ['Que veut dire pour vous « s’engager » ?']),
    help: Type.Optional(Texts(2000)),
    kind: Type.Enum(['text', 'choice', 'yesno', 'date', 'url']),
    required: Type.Optional(Type.Boolean({ description: 'false by default' })),
    maxLength: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 10_000, description: 'Characters of a text' }),
    ),
    options: Type.Optional(
      Type.Array(Option, {
        minItems: 1,
        maxItems: 100,
        description: 'What can be chosen',
      }),
    ),
  },
  {
    examples: [
      {
        id: 'engagement',
        label: { fr: 'Que veut dire pour vous « s’engager » ?', en: 'What does “commitment” mean to you?' },
        kind: 'text',
        required: true,
        maxLength: 2000,
      },
    ],
  },
)
export type Question = Static<typeof Question>

const EvidenceSlot = Closed({
  id: FormId,
  label: Texts(500, ['Une attestation signée']),
  help: Type.Optional(Texts(2000)),
  required: Type.Optional(Type.Boolean({ description: 'false by default' })),
  accept: Type.Optional(
    Type.Array(Type.Enum([...EVIDENCE_TYPES]), {
      minItems: 1,
      maxItems: 20,
      uniqueItems: true,
      description: 'Media types that may go here; by default all that the service takes',
    }),
  ),
  maxFiles: Type.Optional(Type.Integer({ minimum: 1, maximum: 10, description: '1 by default' })),
})
export type EvidenceSlot = Static<typeof EvidenceSlot>

const always = {
  open: Type.Boolean({ description: 'false by default' }),
  decision: Type.Enum(['review', 'automatic', 'claim-code']),
  reviewersRequired: Type.Integer({
    minimum: 1,
    maximum: 5,
    description: 'How many reviewers have to accept',
  }),
  askStructure: Type.Boolean(),
  askReferent: Type.Boolean(),
  questions: Type.Array(Question, { maxItems: 50 }),
  evidence: Type.Array(EvidenceSlot, { maxItems: 10 }),
  consent: Closed({ text: Texts(10_000), url: Type.Optional(HttpUrl) }),
  draftDays: Type.Integer({
    minimum: 1,
    maximum: 365,
    description: 'Days after which what is not submitted is erased',
  }),
  retentionDays: Type.Integer({
    minimum: 1,
    maximum: 3650,
    description: 'Days after the decision after which the evidence is deleted',
  }),
}

const sometimes = {
  opensAt: DateTime,
  closesAt: Type.String({ ...DateTime, examples: ['2026-12-31T22:00:00Z'] }),
  formUrl: Type.String({
    ...HttpUrl,
    description: 'The page that draws the form: where QR codes and mailed links lead',
  }),
  contact: Line(300, ['Claire Petit, 05 56 00 00 00']),
  evidenceExamples: Type.Array(Texts(300), { minItems: 1, maxItems: 10 }),
}

type Each<P extends Record<string, TSchema>> = { [K in keyof P]: ReturnType<typeof Type.Optional<P[K]>> }
type EachRemovable<P extends Record<string, TSchema>> = {
  [K in keyof P]: ReturnType<typeof Removable<P[K]>>
}
const mapEach = (properties: Record<string, TSchema>, change: (schema: TSchema) => TSchema) =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, change(schema)])) as unknown

/** How one asks for a badge: complete, what was not given by default. */
export const RequestForm = Closed({
  ...always,
  ...(mapEach(sometimes, Type.Optional) as Each<typeof sometimes>),
})
export type RequestForm = Static<typeof RequestForm>

/** The same as it is given: what is absent or `null` is by default. */
export const RequestFormInput = Closed({
  ...(mapEach(always, Removable) as EachRemovable<typeof always>),
  ...(mapEach(sometimes, Removable) as EachRemovable<typeof sometimes>),
})
export type RequestFormInput = Static<typeof RequestFormInput>
