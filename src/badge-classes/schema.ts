import { type Static, type TSchema, Type } from 'typebox'
import { Closed, DateTime, HttpUrl, Iri, LanguageTag, Line, Removable, Slug, Text, Uuid } from '../fields.ts'
import { ACHIEVEMENT_TYPES, RESULT_TYPES, TARGET_TYPES } from '../vc/open-badges/vocabularies.ts'
import { RequestForm, RequestFormInput } from './request-form.ts'

// Names are the standard's where it has one for the member (OB 3.0, appendix B); `tags`, `language`, `validFor`,
// `claimBinding` and `requestForm` are ours.

/** One of the standard's words, or an extension `ext:…`. */
const openEnum = (values: string, example: string) =>
  Type.String({ pattern: `^(${values}|ext:[A-Za-z0-9._-]+)$`, maxLength: 100, examples: [example] })

const list = <T extends TSchema>(item: T, maxItems: number) => Type.Array(item, { minItems: 1, maxItems })

const Criteria = Closed(
  {
    id: Type.Optional(HttpUrl),
    narrative: Type.Optional(Text(10_000, ['- a signé son contrat\n- a passé sa période d’essai'])),
  },
  { minProperties: 1, description: 'What one does to earn the badge: Markdown, or the URL of a page' },
)

const Alignment = Closed({
  targetName: Line(500),
  targetUrl: HttpUrl,
  targetCode: Type.Optional(Line(200)),
  targetDescription: Type.Optional(Text(2000)),
  targetFramework: Type.Optional(Line(500)),
  targetType: Type.Optional(openEnum(TARGET_TYPES, 'CFItem')),
})

/** Ids inside a badge class: a word, which becomes a fragment of the Achievement's URL, or an absolute IRI. */
const LocalId = Type.Union([Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$', examples: ['score'] }), Iri])

const RubricLevel = Closed({
  id: LocalId,
  name: Line(200),
  description: Type.Optional(Text(2000)),
  level: Type.Optional(Line(100)),
  points: Type.Optional(Line(50)),
  alignment: Type.Optional(list(Alignment, 20)),
})

const Decimal = Type.String({ format: 'decimal', maxLength: 25, examples: ['0'] })

const ResultDescription = Closed({
  id: LocalId,
  name: Line(200),
  resultType: openEnum(RESULT_TYPES, 'Percent'),
  allowedValue: Type.Optional(list(Line(100), 100)),
  requiredValue: Type.Optional(Line(100)),
  requiredLevel: Type.Optional(LocalId),
  valueMin: Type.Optional(Decimal),
  valueMax: Type.Optional(Decimal),
  rubricCriterionLevel: Type.Optional(list(RubricLevel, 50)),
  alignment: Type.Optional(list(Alignment, 20)),
})

/** Another Achievement, such as the same badge in another language. */
const Related = Closed({
  id: HttpUrl,
  inLanguage: Type.Optional(LanguageTag),
  version: Type.Optional(Line(50)),
})

const required = {
  name: Line(200, ['Je m’engage']),
  description: Text(5000, ['Je suis accompagné·e par une structure et j’ai passé ma période d’essai.']),
  criteria: Criteria,
}

const optional = {
  language: LanguageTag,
  achievementType: openEnum(ACHIEVEMENT_TYPES, 'Competency'),
  tags: Type.Array(Line(100), { minItems: 1, maxItems: 50, uniqueItems: true, examples: [['engagement']] }),
  alignment: list(Alignment, 50),
  humanCode: Line(100),
  fieldOfStudy: Line(200),
  specialization: Line(200),
  creditsAvailable: Type.Number({ minimum: 0, maximum: 1_000_000 }),
  resultDescription: list(ResultDescription, 20),
  related: list(Related, 50),
  validFor: Type.String({
    description: 'How long a credential is valid: an ISO 8601 duration in years, months, weeks and days',
    pattern: '^P(?=\\d)(\\d{1,3}Y)?(\\d{1,4}M)?(\\d{1,4}W)?(\\d{1,5}D)?$',
    maxLength: 30,
    examples: ['P2Y'],
  }),
  claimBinding: Type.Enum(['none', 'did'], {
    description: 'Whether a wallet that collects the badge has to prove its DID, to which it is then bound',
  }),
  requestForm: RequestForm,
}

type Each<P extends Record<string, TSchema>> = { [K in keyof P]: ReturnType<typeof Type.Optional<P[K]>> }
const mapEach = <P extends Record<string, TSchema>>(properties: P, change: (schema: TSchema) => TSchema) =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, change(schema)])) as Each<P>

/** What one version of a badge class says. */
export const BadgeContent = Closed({ ...required, ...mapEach(optional, Type.Optional) })
export type BadgeContent = Static<typeof BadgeContent>

export const NewBadgeClass = Closed({
  slug: Type.Optional(Slug),
  ...BadgeContent.properties,
  requestForm: Type.Optional(RequestFormInput),
})
export type NewBadgeClass = Static<typeof NewBadgeClass>

/** A merge patch: `null` removes an optional member; the members of `requestForm` are merged in the same way. */
export const BadgeClassChange = Closed({
  slug: Type.Optional(Slug),
  ...mapEach(required, Type.Optional),
  ...(mapEach(optional, Removable as (schema: TSchema) => TSchema) as unknown as {
    [K in keyof typeof optional]: ReturnType<typeof Removable<(typeof optional)[K]>>
  }),
  requestForm: Removable(RequestFormInput),
})
export type BadgeClassChange = Static<typeof BadgeClassChange>

export const BadgeClass = Closed(
  {
    id: Uuid,
    issuer: Slug,
    slug: Type.Optional(Slug),
    status: Type.Enum(['draft', 'published', 'archived']),
    version: Type.Integer({ minimum: 1 }),
    achievementUrl: HttpUrl,
    imageUrl: Type.Optional(HttpUrl),
    ...BadgeContent.properties,
    publishedAt: Type.Optional(DateTime),
    revision: Type.Integer({ minimum: 1, description: 'The ETag, without its quotes' }),
    createdAt: DateTime,
    updatedAt: DateTime,
  },
  { $id: 'BadgeClass' },
)
export type BadgeClass = Static<typeof BadgeClass>
