import { CREDENTIALS_V2 } from '../contexts.ts'
import { isObject } from '../members.ts'
import { isUrl } from './identifiers.ts'
import type { ModelFault, Rule } from './rule.ts'

/**
 * VCDM 2.0, section 4.3 (1.1: section 4.1): an ordered set, of which the first is the base context and the others
 * are URLs or contexts themselves.
 */
export function contexts(base: string): Rule {
  return function* (value, path) {
    if (!Array.isArray(value)) return yield { path, code: 'model-context-list' }
    if (value[0] !== base) yield { path: `${path}/0`, code: 'model-context-first' }
    yield* contextItems(value, path)
  }
}

/** VCDM 2.0, section 4.13 (Enveloped Verifiable Credentials): one or more contexts, the base context among them. */
export function* envelopeContexts(value: unknown, path: string): Iterable<ModelFault> {
  const list = [value].flat()
  if (!list.includes(CREDENTIALS_V2)) yield { path, code: 'model-enveloped-context' }
  yield* contextItems(list, path)
}

function* contextItems(list: unknown[], path: string): Iterable<ModelFault> {
  const seen = new Set<string>()
  for (const [index, item] of list.entries()) {
    const at = `${path}/${index}`
    if (isUrl(item)) {
      if (seen.has(item)) yield { path: at, code: 'model-context-twice' }
      seen.add(item)
    } else if (!isObject(item)) yield { path: at, code: 'model-context-item' }
    else if (!isContext(item)) yield { path: at, code: 'model-context-term' }
  }
}

// Contexts within contexts that a person wrote are two or three deep.
const MAX_DEPTH = 8

/** JSON-LD 1.1, section 9.15, as far as addresses go: the rest is for the processor, which knows every term. */
function isContext(value: object, depth = 0): boolean {
  return (
    depth <= MAX_DEPTH &&
    Object.entries(value).every(([name, definition]) =>
      name.startsWith('@')
        ? !ADDRESSES.has(name) || isAddress(definition)
        : isTermDefinition(definition, depth),
    )
  )
}

const ADDRESSES: ReadonlySet<string> = new Set(['@vocab', '@base', '@import'])

function isTermDefinition(value: unknown, depth: number): boolean {
  if (!isObject(value)) return isAddress(value)
  const { '@id': id = null, '@reverse': reverse = null, '@context': inner = null } = value
  return (
    isAddress(id) &&
    isAddress(reverse) &&
    [inner].flat().every((one) => (isObject(one) ? isContext(one, depth + 1) : isAddress(one)))
  )
}

/** A term, a keyword or an IRI, compact or not; null takes a meaning away. */
function isAddress(value: unknown): boolean {
  return value === null || (typeof value === 'string' && (!value.includes(':') || isUrl(value)))
}
