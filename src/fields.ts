import { type TSchema, Type } from 'typebox'

/** Formats beyond JSON Schema's own, and stricter ones for those that PostgreSQL or a verifier takes narrower. */
export const FORMATS: Record<string, (value: string) => boolean> = {
  'date-time': (value) => parseDateTime(value) !== undefined,
  'day-or-time': (value) => parseDateTime(value.length === 10 ? `${value}T12:00:00Z` : value) !== undefined,
  'http-url': isHttpUrl,
  email: (value) =>
    // Invisible characters (Cf) make one address look like another.
    /^[^\s\p{Cf}@"(),:;<>[\]\\]{1,64}@[^\s\p{Cf}@"(),:;<>[\]\\.]+(\.[^\s\p{Cf}@"(),:;<>[\]\\.]+)+$/u.test(
      value,
    ),
  did: (value) => /^did:[a-z0-9]+:[\w.:%-]*[\w.%-]$/.test(value),
  'absolute-iri': (value) => /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(value) && URL.canParse(value),
  'language-tag': isLanguageTag,
  siret: (value) => /^\d{14}$/.test(value),
  'no-web-address': (value) => !/:\/\/|\bwww\./i.test(value),
  decimal: (value) => /^-?\d{1,15}(\.\d{1,6})?$/.test(value),
}

/** UUID v4, lower case, as a part of a regular expression. */
export const UUID_PATTERN = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'
export const Uuid = Type.String({
  pattern: `^${UUID_PATTERN}$`,
  examples: ['3f0c7c52-6d0c-4b8c-9a54-0f7d6c1f2b11'],
})
/** Lower-case letters and digits in groups joined by `-`. */
export const Slug = Type.String({
  minLength: 2,
  maxLength: 63,
  pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
  examples: ['inae'],
})
/** RFC 3339 with zone, in the years 1900 to 9999. */
export const DateTime = Type.String({
  format: 'date-time',
  maxLength: 40,
  examples: ['2026-10-15T14:00:00Z'],
})
/** A day, or a moment as above. */
export const DayOrTime = Type.String({
  format: 'day-or-time',
  maxLength: 40,
  examples: ['2026-10-15'],
})
export const HttpUrl = Type.String({
  format: 'http-url',
  maxLength: 2048,
  examples: ['https://www.example.org'],
})
export const Email = Type.String({ format: 'email', maxLength: 254, examples: ['badges@example.org'] })
export const Did = Type.String({ format: 'did', maxLength: 512, examples: ['did:web:example.org'] })
export const Iri = Type.String({
  format: 'absolute-iri',
  maxLength: 2048,
  examples: ['https://example.org/1'],
})
/** BCP 47: language, script and region. */
export const LanguageTag = Type.String({ format: 'language-tag', maxLength: 35, examples: ['fr'] })

/**
 * One line of text, not only white space. What turns the direction of all that follows is refused (Unicode, UAX 9,
 * sections 2.1 to 2.5); the marks that Arabic and Hebrew need in a name stay.
 */
export const Line = (maxLength: number, examples: string[] = []) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^(?=.*\\S)[^\\n\\r\\t\\u202A-\\u202E\\u2066-\\u2069]*$',
    ...(examples.length ? { examples } : {}),
  })

/** Text of one or more lines, Markdown where the standard says so. */
export const Text = (maxLength: number, examples: string[] = []) =>
  Type.String({ minLength: 1, maxLength, pattern: '\\S', ...(examples.length ? { examples } : {}) })

/** A member that a change may remove by `null` (RFC 7396, JSON Merge Patch). */
export const Removable = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))

/** A closed object: unknown members are refused. */
export const Closed = <P extends Record<string, TSchema>>(properties: P, options: object = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options })

/**
 * Reads RFC 3339 with zone. Refuses what JavaScript would shift silently (30 February, 24:00) and years that
 * PostgreSQL or xsd:dateTime writes otherwise.
 */
export function parseDateTime(value: string): Date | undefined {
  const match =
    /^(\d{4})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/.exec(
      value,
    )
  if (!match) return undefined
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number]
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth) return undefined
  const time = new Date(value.toUpperCase())
  return time.getUTCFullYear() >= 1900 && time.getUTCFullYear() <= 9999 ? time : undefined
}

function isHttpUrl(value: string): boolean {
  if (!/^https?:\/\/[^\s<>"{}|\\^`]+$/i.test(value) || !URL.canParse(value)) return false
  const url = new URL(value)
  return url.username === '' && url.password === '' && url.hostname !== ''
}

/** The form that OB 3.0 takes (LanguageCode, section B.5): no variants, no extensions, in the usual case. */
function isLanguageTag(value: string): boolean {
  if (!/^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/.test(value)) return false
  try {
    return Intl.getCanonicalLocales(value).length === 1
  } catch {
    return false
  }
}
