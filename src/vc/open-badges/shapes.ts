import { type TSchema, Type } from 'typebox'

/** A class that takes members which the standard does not name (OB 3.0, section 4.1.1, Extensibility). */
export const extensible = (properties: Record<string, TSchema>, options: object = {}) =>
  Type.Object(properties, { additionalProperties: true, ...options })

/** All members optional. */
export const optional = (properties: Record<string, TSchema>): Record<string, TSchema> =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, Type.Optional(schema)]))

/** JSON-LD lets a list of one stand as its member (OB 3.0, section 8.2.1). */
export const oneOrMore = (schema: TSchema) => Type.Union([schema, Type.Array(schema)])

/** The type, or a list of types, that holds one of the names. */
export const typeWith = (...names: string[]) =>
  Type.Union([Type.Enum(names), Type.Array(Type.String(), { minItems: 1, contains: { enum: names } })])

/** One of the standard's words, or an extension of somebody's own. */
export const wordOf = (words: string) => Type.String({ pattern: `^(${words})$|ext:[a-zA-Z0-9._|]` })

export const Words = Type.String()
/** An address. Which ones stand for themselves, the terms tell: a relative one expands to nothing. */
export const Uri = Type.String()
/** RFC 3339 with zone, without the suffix of RFC 9557. */
export const Moment = Type.String({ format: 'date-time', pattern: '^[^\\[]*$' })
export const Day = Type.String({ format: 'date' })
export const LanguageCode = Type.String({ pattern: '^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$' })
export const CompactJws = Type.String({ pattern: '^[a-zA-Z0-9_-]+\\.[a-zA-Z0-9_-]*\\.[a-zA-Z0-9_-]+$' })
