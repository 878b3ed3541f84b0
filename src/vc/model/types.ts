import type { ModelCode } from '../../model-messages.ts'
import { isUrl } from './identifiers.ts'
import { must, object, oneOrMore, type Rule } from './rule.ts'

/** VCDM 2.0, section 4.5: one or more terms or absolute URLs, in any order. */
export const types: Rule = oneOrMore(must('model-type', isTermOrUrl))

/** VCDM 2.0, section 4.5: what every credential and every presentation is. */
export function typesWith(name: string, code: ModelCode): Rule {
  return function* (value, path) {
    yield* types(value, path)
    if (![value].flat().includes(name)) yield { path, code }
  }
}

/** One object or more that say what they are, and may have an id, or must (VCDM 2.0, sections 4.10 to 5.6). */
export function typed(id: Rule, required: readonly string[] = []): Rule {
  return oneOrMore(typedObject(id, required))
}

/** One of them. */
export function typedObject(id: Rule, required: readonly string[] = []): Rule {
  return object({ id, type: types }, ['type', ...required])
}

/** A term is any name but a keyword's (JSON-LD 1.1, section 3); with a colon it is an address. */
function isTermOrUrl(value: unknown): boolean {
  if (typeof value !== 'string' || value.trim() === '' || value.startsWith('@')) return false
  return !value.includes(':') || isUrl(value)
}
