import { isObject } from '../members.ts'
import { must, object, type Rule } from './rule.ts'

/** VCDM 2.0, section 4.4: an identifier is a single URL (VCDM 1.1, section 4.2: a single URI). */
export const url: Rule = must('model-url', isUrl)

/** VCDM 2.0, sections 4.7 and 4.13: an issuer or a holder is a URL, or an object whose id is one. */
export function party(members: Readonly<Record<string, Rule>> = {}): Rule {
  const described = object({ id: url, ...members }, ['id'])
  const named = must('model-party', isUrl)
  return (value, path) => (isObject(value) ? described(value, path) : named(value, path))
}

const SCHEME_AND_REST = /^([a-z][a-z0-9+.-]*):([^\s\p{Cc}<>"{}|\\^`]+)$/iu
const NEEDS_A_HOST = /^(https?|wss?|ftp)$/i

/** An absolute URL as written, of any scheme: a lenient reader would mend what it takes for a slip. */
export function isUrl(value: unknown): value is string {
  if (typeof value !== 'string') return false
  const [, scheme, rest] = SCHEME_AND_REST.exec(value) ?? []
  if (scheme === undefined || rest === undefined) return false
  return (!NEEDS_A_HOST.test(scheme) || rest.startsWith('//')) && URL.canParse(value)
}
