import { isObject } from '../members.ts'
import { type ModelFault, must, object, oneOrMore, type Rule } from './rule.ts'

const MEMBERS = ['@value', '@language', '@direction']

const spoken = object(
  {
    '@value': must('model-text-value', (value) => typeof value === 'string'),
    '@language': must('model-language', isLanguageTag),
    '@direction': must('model-direction', (value) => value === 'ltr' || value === 'rtl'),
  },
  ['@value'],
)

/**
 * VCDM 2.0, section 4.6: a name or a description is a string, or an object with a language (section 11.1), or
 * several of them.
 */
export const text: Rule = oneOrMore((value, path) =>
  isObject(value) ? spokenText(value, path) : must('model-text', isString)(value, path),
)

/** VCDM 2.0, section 11.1: no other members than these. */
function* spokenText(value: object, path: string): Iterable<ModelFault> {
  yield* spoken(value, path)
  if (Object.keys(value).some((name) => !MEMBERS.includes(name))) yield { path, code: 'model-text-member' }
}

function isString(value: unknown): boolean {
  return typeof value === 'string'
}

// RFC 5646, section 2.1, in its order: language, script, region, variants, extensions, private use.
const LANGUAGE =
  /^([a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z\d]{5,8}|\d[a-z\d]{3}))*(-[a-wyz\d](-[a-z\d]{2,8})+)*(-x(-[a-z\d]{1,8})+)?$/i
const PRIVATE_OR_OLD =
  /^(x(-[a-z\d]{1,8})+|en-GB-oed|i-(ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)|sgn-(BE-FR|BE-NL|CH-DE))$/i
const LONGEST_TAG = 100

/** Well-formed as of BCP 47 (RFC 5646, section 2.2.9). */
function isLanguageTag(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length <= LONGEST_TAG &&
    (LANGUAGE.test(value) || PRIVATE_OR_OLD.test(value))
  )
}
