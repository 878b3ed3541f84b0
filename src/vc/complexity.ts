import type { Json } from './credential.ts'

/** How much of a document is worked on. */
export interface DocumentLimits {
  readonly values: number
  readonly contexts: number
}

/**
 * Would it take long to expand and canonicalise? JSON-LD costs time by the number of values, far more by that of
 * contexts.
 */
export function isTooComplex(document: Json, limits: DocumentLimits): boolean {
  return sizeWithin(document, limits) === undefined
}

/** How large a document is. @returns undefined when it is beyond the limits, where the counting stops */
export function sizeWithin(document: Json, limits: DocumentLimits): DocumentLimits | undefined {
  const count = { values: 0, contexts: 0 }
  return fits(document, limits, count) ? count : undefined
}

function fits(value: unknown, limits: DocumentLimits, count: { values: number; contexts: number }): boolean {
  count.values++
  if (typeof value !== 'object' || value === null) return count.values <= limits.values
  if (!Array.isArray(value)) count.contexts += [(value as Json)['@context'] ?? []].flat().length
  if (count.values > limits.values || count.contexts > limits.contexts) return false
  return Object.values(value).every((member) => fits(member, limits, count))
}
