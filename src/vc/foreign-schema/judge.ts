import { Check, Errors, Meta, Resolve, Stack } from 'typebox/schema'
import { faultPaths } from '../fault-paths.ts'

/** What a JSON Schema says of a document. */
export type Judgement =
  | { readonly says: 'fits' }
  /** With the JSON Pointers of what is wrong. */
  | { readonly says: 'does-not-fit'; readonly paths: readonly string[] }
  /** It is no JSON Schema, of a dialect that is not known here, or refers to schemas elsewhere. */
  | { readonly says: 'not-understood' }

/** Where a schema names none: the one of Open Badges. */
const USUAL_DIALECT = 'https://json-schema.org/draft/2019-09/schema'

const NOT_UNDERSTOOD = { says: 'not-understood' } as const

/**
 * Holds a document against a JSON Schema of a stranger, drafts 3 to 2020-12. The schema is interpreted, never made
 * into code. It may still hold a pattern without end: call it where it can be stopped.
 */
export function judge(schemaText: string, document: unknown): Judgement {
  try {
    const schema: unknown = JSON.parse(schemaText)
    if (!isUnderstood(schema)) return NOT_UNDERSTOOD
    if (Check(schema, document)) return { says: 'fits' }
    const [, errors] = Errors(schema, document)
    return { says: 'does-not-fit', paths: faultPaths(errors) }
  } catch {
    return NOT_UNDERSTOOD
  }
}

function isUnderstood(schema: unknown): schema is object | boolean {
  if (typeof schema === 'boolean') return true
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return false
  const { $schema = USUAL_DIALECT } = schema as { $schema?: unknown }
  const dialects: Record<string, object> = Meta
  const dialect = Object.keys(dialects).find((uri) => withoutFragment(uri) === withoutFragment($schema))
  return dialect !== undefined && Check(Meta, dialects[dialect]!, schema) && hasAllItRefersTo(schema, schema)
}

function withoutFragment(uri: unknown): unknown {
  return typeof uri === 'string' ? uri.replace(/#$/, '') : uri
}

/** A reference to a schema elsewhere is not followed, and what it would have said is not known. */
function hasAllItRefersTo(root: object, part: object): boolean {
  return Object.entries(part).every(([name, member]) => {
    if (name === '$ref' && typeof member === 'string')
      return Resolve.Ref(Stack({}, root), { $ref: member }).schema !== undefined
    return typeof member !== 'object' || member === null || hasAllItRefersTo(root, member)
  })
}
