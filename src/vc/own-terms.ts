import { isDeepStrictEqual } from 'node:util'
import type { Json } from './credential.ts'
import { isObject } from './members.ts'
import { STATUS_TERMS } from './vcdm1.ts'

/** Vocabularies that a verifier reads by its own words: nobody gives their words other names. */
const RESERVED = [
  'https://www.w3.org/2018/credentials',
  'https://www.w3.org/ns/credentials/status',
  'https://w3id.org/security',
  'https://w3id.org/vc',
  'https://purl.imsglobal.org/',
  'https://identity.foundation/',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns',
]
const MAX_DEPTH = 8

/**
 * Which part of a document makes words of its own in a way that could say one thing and mean another? A context in a
 * document may give new words to addresses of its own, and nothing else: no word for a keyword or for what the
 * standards have a word for, no prefix within the document, no context within a word, no base.
 * Source: Data Integrity 1.0, section 4.6 (Context Validation); JSON-LD 1.1, section 9.15 (Context Definitions).
 * @returns the first such word or text; undefined when there is none
 */
export function ownTermsFault(document: Json): string | undefined {
  const own = new Set<string>()
  return (
    contextsFault(document, own) ??
    (own.size > 0 ? prefixFault(document, own) : undefined) ??
    keywordFault(document)
  )
}

/** Does the document make words of its own? What they mean stands in it, and not in a published context. */
export function hasOwnTerms(document: Json): boolean {
  const own = new Set<string>()
  contextsFault(document, own)
  return own.size > 0
}

/** Looks at every context in the document, and collects the words that they make. */
function contextsFault(value: unknown, own: Set<string>): string | undefined {
  if (Array.isArray(value)) return first(value, (one) => contextsFault(one, own))
  if (!isObject(value)) return undefined
  return first(Object.entries(value), ([name, member]) =>
    name === '@context'
      ? first([member].flat(), (one) => contextFault(one, own, 0))
      : contextsFault(member, own),
  )
}

function contextFault(context: unknown, own: Set<string>, depth: number): string | undefined {
  if (typeof context === 'string' || isDeepStrictEqual(context, STATUS_TERMS)) return undefined
  if (!isObject(context) || depth > MAX_DEPTH) return '@context'
  if ('@context' in context) {
    const isAlone = Object.keys(context).length === 1
    return isAlone
      ? first([context['@context']].flat(), (one) => contextFault(one, own, depth + 1))
      : '@context'
  }
  return first(Object.entries(context), ([term, definition]) => {
    if (term.startsWith('@')) return isAllowed(SETTINGS, term, definition) ? undefined : term
    own.add(term)
    return isDefinition(term, definition) ? undefined : term
  })
}

const isLanguage = (value: unknown) =>
  value === null || (typeof value === 'string' && /^[a-z]{2,8}(-[a-z\d]{1,8})*$/i.test(value))
const isDirection = (value: unknown) => value === null || value === 'ltr' || value === 'rtl'

/** The keywords that a context may hold. */
const SETTINGS: Readonly<Record<string, (value: unknown) => boolean>> = {
  '@version': (value) => value === 1.1,
  '@protected': (value) => typeof value === 'boolean',
  '@language': isLanguage,
  '@direction': isDirection,
  '@vocab': (value) => value === null || isOwnAddress(value),
}

const TYPES_OF_VALUES: readonly unknown[] = ['@id', '@vocab', '@json', '@none']

/** The members of a definition. */
const MEMBERS: Readonly<Record<string, (value: unknown) => boolean>> = {
  '@id': isOwnAddress,
  '@type': (value) => TYPES_OF_VALUES.includes(value) || isOwnAddress(value),
  '@container': (value) => [value].flat().every((one) => one === '@set' || one === '@list'),
  '@protected': (value) => typeof value === 'boolean',
  '@language': isLanguage,
  '@direction': isDirection,
}

function isDefinition(term: string, definition: unknown): boolean {
  // A word that is taken away is an error where it is used.
  if (definition === null) return true
  if (!isObject(definition))
    return isOwnAddress(definition) || (definition === `@${term}` && /^(id|type)$/.test(term))
  const isPlain = Object.entries(definition).every(([name, value]) => isAllowed(MEMBERS, name, value))
  return isPlain && !isReserved(term)
}

function isAllowed(rules: typeof MEMBERS, name: string, value: unknown): boolean {
  return Object.hasOwn(rules, name) && rules[name]!(value)
}

function isOwnAddress(value: unknown): boolean {
  return typeof value === 'string' && /^[^@\s][^\s]*:/.test(value) && !isReserved(value)
}

/** Is it within one of those vocabularies, or could it become so with something after it? */
function isReserved(address: string): boolean {
  return RESERVED.some((vocabulary) => address.startsWith(vocabulary) || vocabulary.startsWith(address))
}

/** A word of the document's own before a colon, in a name or in a value, makes an address of another look. */
function prefixFault(value: unknown, own: ReadonlySet<string>): string | undefined {
  if (typeof value === 'string') return isPrefixed(value, own) ? value : undefined
  if (Array.isArray(value)) return first(value, (one) => prefixFault(one, own))
  if (!isObject(value)) return undefined
  return first(Object.entries(value), ([name, member]) =>
    name === '@context' ? undefined : isPrefixed(name, own) ? name : prefixFault(member, own),
  )
}

function isPrefixed(text: string, own: ReadonlySet<string>): boolean {
  const prefix = /^([^:\s]+):\S*$/.exec(text)?.[1]
  return prefix !== undefined && own.has(prefix)
}

/**
 * Of the keywords of JSON-LD, those alone that say no more than their values do. `id` and `type` have names of their
 * own (VCDM 2.0, sections 4.4 and 4.5): what is looked for under these must not stand under others.
 */
const KEYWORDS = ['@context', '@value', '@list', '@set']
/** Of a value: its type, its language, its direction. */
const KEYWORDS_OF_VALUES = [...KEYWORDS, '@type', '@language', '@direction']

/** Standard words are said by their names, as members and as types. */
function keywordFault(value: unknown): string | undefined {
  if (Array.isArray(value)) return first(value, keywordFault)
  if (!isObject(value)) return undefined
  const keywords = '@value' in value ? KEYWORDS_OF_VALUES : KEYWORDS
  return first(Object.entries(value), ([name, member]) => {
    if (name === '@context') return undefined
    if (name.startsWith('@') && !keywords.includes(name)) return name
    if (name.includes(':') && isReserved(name)) return name
    const isType = name === 'type'
    const reserved =
      isType && [member].flat().find((one) => typeof one === 'string' && one.includes(':') && isReserved(one))
    return typeof reserved === 'string' ? reserved : keywordFault(member)
  })
}

function first<T>(values: readonly T[], faultOf: (value: T) => string | undefined): string | undefined {
  for (const value of values) {
    const fault = faultOf(value)
    if (fault !== undefined) return fault
  }
  return undefined
}
