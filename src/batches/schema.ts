import { type Static, Type } from 'typebox'
import { Recipient } from '../assertions/schema.ts'
import { Closed, DateTime, DayOrTime, HttpUrl, Line, Text, Uuid } from '../fields.ts'

export const BATCH_STATUSES = ['checked', 'scheduled', 'running', 'paused', 'done', 'cancelled'] as const

export const ROW_STATES = [
  'ready',
  'duplicate',
  'already-awarded',
  'invalid',
  'issued',
  'failed',
  'cancelled',
  'revoked',
] as const
export type RowState = (typeof ROW_STATES)[number]

/** What the people of a list took part in. */
export const BatchEvent = Closed(
  {
    name: Line(300, ['Journée PEPITES']),
    date: Type.Optional(DayOrTime),
    startDate: Type.Optional(DayOrTime),
    endDate: Type.Optional(DayOrTime),
    place: Type.Optional(Line(300, ['Bordeaux'])),
    url: Type.Optional(HttpUrl),
  },
  { description: 'An event has a date, or a startDate and an endDate' },
)
export type BatchEvent = Static<typeof BatchEvent>

export const BatchOptions = Closed({
  event: Type.Optional(BatchEvent),
  discloseName: Type.Optional(
    Type.Boolean({ description: 'Put the names of the people into their credentials' }),
  ),
  notify: Type.Optional(
    Type.Boolean({
      description:
        'Mail each person who has an e-mail address a link to collect the badge; false: nobody is written to',
    }),
  ),
})
export type BatchOptions = Static<typeof BatchOptions>

/** The same for a list in CSV, whose body has no room for them. */
export const BatchQuery = Closed({
  eventName: Type.Optional(BatchEvent.properties.name),
  eventDate: Type.Optional(DayOrTime),
  eventStartDate: Type.Optional(DayOrTime),
  eventEndDate: Type.Optional(DayOrTime),
  eventPlace: Type.Optional(Line(300)),
  eventUrl: Type.Optional(HttpUrl),
  discloseName: Type.Optional(Type.Boolean()),
  notify: BatchOptions.properties.notify,
})
export type BatchQuery = Static<typeof BatchQuery>

/** A list as JSON, for the documentation: it is read as it comes, row by row. */
export const ListDocument = Type.Object(
  {
    rows: Type.Array(Type.Object({}, { additionalProperties: true }), {
      minItems: 1,
      examples: [[{ email: 'aicha@example.org', name: 'Aïcha Benhaddou' }]],
    }),
    ...BatchOptions.properties,
  },
  { additionalProperties: false },
)

export const CommitRequest = Closed({ commitAt: Type.Optional(DateTime) })
export type CommitRequest = Static<typeof CommitRequest>

export const BatchRevocation = Closed({ reason: Text(2000, ['Liste envoyée par erreur']) })

const Reason = Closed({ code: Type.String(), message: Type.String() })

export const BatchRow = Closed(
  {
    line: Type.Integer({ minimum: 1, description: 'CSV: the line of the file; JSON: the place in rows' }),
    state: Type.Enum([...ROW_STATES]),
    recipient: Type.Optional(Recipient),
    columns: Type.Record(Type.String(), Type.String(), { description: 'The row as posted, by heading' }),
    reason: Type.Optional(Reason),
    suggestion: Type.Optional(
      Type.String({ description: 'The address that was probably meant', examples: ['aicha@gmail.com'] }),
    ),
    assertionId: Type.Optional(Uuid),
    credentialUrl: Type.Optional(HttpUrl),
  },
  { $id: 'BatchRow' },
)
export type BatchRow = Static<typeof BatchRow>

const count = Type.Integer({ minimum: 0 })

export const Batch = Closed(
  {
    id: Uuid,
    status: Type.Enum([...BATCH_STATUSES]),
    pauseReason: Type.Optional(Reason),
    badgeClass: Uuid,
    badgeClassVersion: Type.Optional(Type.Integer({ minimum: 1 })),
    event: Type.Optional(BatchEvent),
    discloseName: Type.Boolean(),
    notify: Type.Boolean({ description: 'People who have an e-mail address are written to' }),
    note: Type.Optional(Type.String({ description: 'Why their mails wait' })),
    columns: Type.Array(Closed({ heading: Type.String(), field: Type.Union([Type.String(), Type.Null()]) }), {
      description: 'What each column was taken for; null: a column of the caller’s own',
    }),
    counts: Closed({ total: count, ...Object.fromEntries(ROW_STATES.map((state) => [state, count])) }),
    problems: Type.Optional(
      Type.Array(Type.Unsafe<BatchRow>({ $ref: 'BatchRow#' }), {
        description: 'The first rows that will not be issued, or carry a suggestion',
      }),
    ),
    difference: Type.Optional(
      Closed(
        { added: count, removed: count, changed: count, unchanged: count },
        { description: 'People of the corrected list beside those of the list before' },
      ),
    ),
    commitAt: Type.Optional(DateTime),
    committedAt: Type.Optional(DateTime),
    finishedAt: Type.Optional(DateTime),
    revision: Type.Integer({ minimum: 1, description: 'The ETag, without its quotes' }),
    createdAt: DateTime,
  },
  { $id: 'Batch' },
)

/** How many people of a corrected list are new, gone, changed or as before. */
export interface Difference {
  readonly added: number
  readonly removed: number
  readonly changed: number
  readonly unchanged: number
}

/** What a row says besides who it is about. */
export interface RowDetails {
  awardedDate?: string
  validUntil?: string
  narrative?: string
  evidence?: { id: string }[]
}
