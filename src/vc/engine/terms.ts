import type { SlotKind } from './layout.ts'

/** RDF terms as the JSON-LD library gives them. */
export interface Term {
  readonly termType: 'NamedNode' | 'BlankNode' | 'Literal' | 'DefaultGraph'
  readonly value: string
  readonly datatype?: { readonly value: string }
  readonly language?: string
}

export interface Quad {
  readonly subject: Term
  readonly predicate: Term
  readonly object: Term
  readonly graph: Term
}

const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string'

/**
 * What stands around a term's value in canonical N-Quads (RDFC-1.0, section 5.2).
 * @returns the text before the value, and the text after it
 */
export function around(term: Term): readonly [string, string] {
  if (term.termType === 'NamedNode') return ['<', '>']
  const type = term.datatype?.value
  return ['"', type === undefined || type === XSD_STRING ? '"' : `"^^<${type}>`]
}

// RDFC-1.0, section 5.2: these are escaped in a literal, and nothing else is.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are the point
const TO_ESCAPE = /[\0-\x1f\x7f"\\]/
const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}

/** A literal's value in canonical N-Quads. */
export function escapeLiteral(value: string): string {
  if (!TO_ESCAPE.test(value)) return value
  return value.replace(
    new RegExp(TO_ESCAPE, 'g'),
    (char) => SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
}

// Only what JSON-LD takes for an absolute IRI in every context, and N-Quads writes without an escape. The JSON-LD
// library takes no white space of any script.
const IRI = /^(?:https?:\/\/|did:|urn:uuid:)[^\s\0-\x20<>"{}|^`\\]+$/
const DATE_TIME = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/

/** May this value go into a slot of this kind? What may not goes the library's way, which may refuse it. */
export function fits(kind: SlotKind, value: string): boolean {
  if (kind === 'dateTime') return DATE_TIME.test(value)
  return (kind === 'text' || (IRI.test(value) && URL.canParse(value))) && value.isWellFormed()
}
