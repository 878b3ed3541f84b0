import { type Static, Type } from 'typebox'
import { Closed, DateTime, Email, HttpUrl, Line, Text, Uuid } from '../fields.ts'

export const REQUEST_STATES = [
  'draft',
  'submitted',
  'returned',
  'accepted',
  'rejected',
  'withdrawn',
  'expired',
] as const
export type RequestState = (typeof REQUEST_STATES)[number]

const Siret = Type.String({ format: 'siret', maxLength: 14, examples: ['12345678901234'] })
const FormId = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })

export const Answers = Type.Record(FormId, Type.Union([Type.String({ maxLength: 10_000 }), Type.Boolean()]))
/** What was answered, by the id of the question. */
export type Answers = Static<typeof Answers>

const Structure = Closed({ name: Line(300, ['ACI Les Jardins']), siret: Type.Optional(Siret) })
const Referent = Closed({ name: Line(300), email: Type.Optional(Email) })

/** What a person types; blank, it is as good as empty. Mails tell it to others: no place to lead them somewhere. */
const Typed = (...examples: string[]) =>
  Type.String({
    maxLength: 300,
    pattern: '^[^\\n\\r\\t\u202a-\u202e\u2066-\u2069]*$',
    format: 'no-web-address',
    examples,
  })

const optionalOrNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Optional(Type.Union([schema, Type.Null()]))

/** What an applicant writes, in any order and as often as needed; `null` empties a member. */
export const RequestChange = Closed({
  name: optionalOrNull(Typed('Aïcha Benhaddou')),
  email: optionalOrNull(Type.String({ maxLength: 254, examples: ['aicha@example.org'] })),
  structure: optionalOrNull(Closed({ name: Typed('ACI Les Jardins'), siret: optionalOrNull(Siret) })),
  referent: optionalOrNull(Closed({ name: Typed('Claire Petit'), email: optionalOrNull(Email) })),
  answers: Type.Optional(
    Type.Record(FormId, Type.Union([Type.String({ maxLength: 10_000 }), Type.Boolean(), Type.Null()]), {
      maxProperties: 100,
    }),
  ),
  consent: Type.Optional(
    Type.Boolean({ description: 'true: to the text that the form shows in this language' }),
  ),
  channel: Type.Optional(Line(50, ['kiosk'])),
  language: Type.Optional(Type.Enum(['fr', 'en'])),
  sharedEvidence: Type.Optional(
    Type.Array(Uuid, {
      maxItems: 100,
      uniqueItems: true,
      description: 'Files to be named in the credential; none by default',
    }),
  ),
})
export type RequestChange = Static<typeof RequestChange>

export const Submission = Closed({
  code: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'A claim code' })),
  confirmEmail: Type.Optional(
    Type.Boolean({ description: 'The address is right, though it looks mistyped' }),
  ),
})
export type Submission = Static<typeof Submission>

/** That somebody agreed: to which text, when, and by which way. */
export const ConsentReceipt = Closed({
  version: Type.String({ description: 'Of the text in all its languages' }),
  textHash: Type.String({ description: 'SHA-256 of the exact text that was shown, in hexadecimal' }),
  language: Type.String(),
  at: DateTime,
  channel: Type.String(),
  withdrawnAt: Type.Optional(DateTime),
})
export type ConsentReceipt = Static<typeof ConsentReceipt>

export const ReferentAnswer = Closed({
  answer: Type.Enum(['confirmed', 'contested']),
  sentence: Type.Optional(Text(1000)),
  at: DateTime,
})
export type ReferentAnswer = Static<typeof ReferentAnswer>

export const ChecklistItem = Closed({
  id: FormId,
  met: Type.Boolean(),
  comment: Type.Optional(Text(2000)),
})
export type ChecklistItem = Static<typeof ChecklistItem>

const Checklist = Type.Array(ChecklistItem, { minItems: 1, maxItems: 50 })
const reviewer = Type.Optional(Line(200, ['Claire Petit']))

/** A reviewer says yes. The person reads the comment. */
export const Acceptance = Closed({
  reviewer,
  comment: Type.Optional(Text(2000, ['Bravo pour votre régularité.'])),
  checklist: Type.Optional(Checklist),
  allowDuplicate: Type.Optional(
    Type.Boolean({ description: 'Award it once more to a person who holds it already' }),
  ),
})
export type Acceptance = Static<typeof Acceptance>

/** A reviewer gives a request back, or says no. The person reads the reason. */
export const Refusal = Closed({
  reviewer,
  reason: Text(2000, ['Il manque la signature de votre responsable.']),
  checklist: Type.Optional(Checklist),
})
export type Refusal = Static<typeof Refusal>

export const Ticks = Closed({ reviewer, checklist: Checklist })

export const Assignment = Closed({
  reviewer: Line(200, ['Claire Petit']),
  minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_080, description: 'Absent: 60' })),
})
export type Assignment = Static<typeof Assignment>

export const ReviewerInvitation = Closed({
  name: Line(200, ['Marc Dubois']),
  email: Type.Optional(Email),
  language: Type.Optional(Type.Enum(['fr', 'en'])),
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, description: 'Absent: 14' })),
})
export type ReviewerInvitation = Static<typeof ReviewerInvitation>

export const EvidenceFile = Closed({
  id: Uuid,
  name: Type.String(),
  size: Type.Integer(),
  state: Type.Enum(['partial', 'stored']),
  received: Type.Optional(Type.Integer({ description: 'Bytes that have come, of a partial file' })),
  mediaType: Type.Optional(Type.String()),
  sha256: Type.Optional(Type.String()),
  shared: Type.Boolean(),
  createdAt: DateTime,
})
export type EvidenceFile = Static<typeof EvidenceFile>

const Event = Closed({
  at: DateTime,
  event: Type.String(),
  from: Type.Optional(Type.Enum([...REQUEST_STATES])),
  to: Type.Optional(Type.Enum([...REQUEST_STATES])),
  by: Type.Enum(['applicant', 'api-key', 'operator', 'reviewer', 'referent', 'service']),
  name: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
})

const Fault = Closed({ path: Type.String(), message: Type.String() })

export const Request = Closed(
  {
    id: Uuid,
    state: Type.Enum([...REQUEST_STATES]),
    badgeClass: Uuid,
    badgeClassVersion: Type.Integer({ minimum: 1, description: 'The version whose form is filled in' }),
    achievementUrl: HttpUrl,
    language: Type.Enum(['fr', 'en']),
    name: Type.Optional(Type.String()),
    email: Type.Optional(Type.String()),
    emailSuggestion: Type.Optional(Type.String({ description: 'What the address was probably meant to be' })),
    structure: Type.Optional(Structure),
    referent: Type.Optional(Closed({ ...Referent.properties, answer: Type.Optional(ReferentAnswer) })),
    answers: Type.Optional(Answers),
    evidence: Type.Record(FormId, Type.Array(EvidenceFile)),
    consent: Type.Optional(ConsentReceipt),
    missing: Type.Optional(Type.Array(Fault, { description: 'What stands in the way of submission' })),
    reason: Type.Optional(Type.String({ description: 'Of the last return or rejection' })),
    checklist: Type.Optional(
      Type.Array(
        Closed({
          id: FormId,
          criterion: Type.String(),
          met: Type.Optional(Type.Boolean()),
          comment: Type.Optional(Type.String()),
        }),
      ),
    ),
    approvals: Type.Optional(
      Closed({ given: Type.Integer({ minimum: 0 }), required: Type.Integer({ minimum: 1 }) }),
    ),
    assignedTo: Type.Optional(Type.String()),
    leaseUntil: Type.Optional(DateTime),
    assertionId: Type.Optional(Uuid),
    credentialUrl: Type.Optional(HttpUrl),
    expiresAt: Type.Optional(DateTime),
    evidenceUntil: Type.Optional(DateTime),
    history: Type.Optional(Type.Array(Event)),
    revision: Type.Integer({ minimum: 1, description: 'The ETag, without its quotes' }),
    createdAt: DateTime,
    updatedAt: DateTime,
    submittedAt: Type.Optional(DateTime),
    decidedAt: Type.Optional(DateTime),
  },
  { $id: 'Request' },
)
export type Request = Static<typeof Request>
