import { type Candidate, isObject, listOf } from './check.ts'

/** Generous for a credential with endorsements; checking much more would keep everybody else waiting. */
const MAX_VALUES = 2500
const MAX_CONTEXTS = 40
const MAX_PROOFS = 4
const MAX_TAGS = 100_000
const MAX_NAMESPACES = 1000

/**
 * Would it take long to check? JSON-LD costs time by the number of values, far more by that of contexts, and
 * each proof canonicalises the whole.
 */
export function isTooComplex({ credential }: Candidate): boolean {
  if (listOf(credential.proof).length > MAX_PROOFS) return true
  const count = { values: 0, contexts: 0 }
  return !fits(credential, count)
}

/** The same of an SVG, by its tags, attributes and namespaces. */
export function isTooComplexSvg(svg: string): boolean {
  // The parser copies all namespaces that are in scope for each new one.
  return has(svg, '<', MAX_TAGS) || has(svg, '=', MAX_TAGS) || has(svg, 'xmlns', MAX_NAMESPACES)
}

/** Does the text hold the mark more than `max` times? */
function has(text: string, mark: string, max: number): boolean {
  let count = 0
  for (let at = text.indexOf(mark); at >= 0 && count <= max; at = text.indexOf(mark, at + 1)) count++
  return count > max
}

function fits(value: unknown, count: { values: number; contexts: number }): boolean {
  count.values++
  if (isObject(value)) count.contexts += listOf(value['@context']).length
  if (count.values > MAX_VALUES || count.contexts > MAX_CONTEXTS) return false
  if (typeof value !== 'object' || value === null) return true
  return Object.values(value).every((member) => fits(member, count))
}
