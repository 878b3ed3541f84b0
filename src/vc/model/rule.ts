import type { ModelCode } from '../../model-messages.ts'
import { isObject } from '../members.ts'

/** A place where a document breaks the data model: a JSON Pointer, and what is wrong there. */
export interface ModelFault {
  readonly path: string
  readonly code: ModelCode
}

/** Tells one fault after the other of the value at `path`, whatever JSON it is; it never throws. */
export type Rule = (value: unknown, path: string) => Iterable<ModelFault>

/** A document of ten thousand wrong members is as wrong as one of twenty. */
const MAX_FAULTS = 20

/** The faults of a whole document, the first twenty at most: what comes after them is not even looked at. */
export function faultsOf(rule: Rule, document: unknown): ModelFault[] {
  return Iterator.from(rule(document, '')).take(MAX_FAULTS).toArray()
}

/** A fault where the value fails the test. */
export function must(code: ModelCode, test: (value: unknown) => boolean): Rule {
  return (value, path) => (test(value) ? [] : [{ path, code }])
}

/** An object with these members, some of them required; it may have others (VCDM 2.0, section 5.2). */
export function object(members: Readonly<Record<string, Rule>>, required: readonly string[] = []): Rule {
  return function* (value, path) {
    if (!isObject(value)) return yield { path, code: 'model-object' }
    for (const [name, rule] of Object.entries(members)) {
      const at = `${path}/${name}`
      if (value[name] !== undefined) yield* rule(value[name], at)
      else if (required.includes(name)) yield { path: at, code: 'model-required' }
    }
  }
}

/** A single value or a list of them, not empty (VCDM 2.0, section 6). */
export function oneOrMore(rule: Rule): Rule {
  return function* (value, path) {
    if (!Array.isArray(value)) return yield* rule(value, path)
    if (value.length === 0) yield { path, code: 'model-list-empty' }
    for (const [index, item] of value.entries()) yield* rule(item, `${path}/${index}`)
  }
}

/** Every rule, one after the other. */
export function all(...rules: Rule[]): Rule {
  return function* (value, path) {
    for (const rule of rules) yield* rule(value, path)
  }
}

/** A member of what may be an object. */
export function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined
}
