import { type DocumentLimits, sizeWithin } from '../vc/complexity.ts'
import type { Json } from '../vc/credential.ts'
import { listOf } from '../vc/members.ts'
import type { Candidate } from './check.ts'

/** Generous for a credential with endorsements; checking much more would keep everybody else waiting. */
const DOCUMENT: DocumentLimits = { values: 2500, contexts: 64 }
const MAX_PROOFS = 4
/** A document is expanded once, and canonicalised for each of its proofs; so is each endorsement in it, by itself. */
const WORK: DocumentLimits = { values: (1 + MAX_PROOFS) * DOCUMENT.values, contexts: 256 }
const MAX_TAGS = 100_000
const MAX_NAMESPACES = 1000

/** Would it take long to check? */
export function isTooMuchWork(candidate: Candidate): boolean {
  return areTooMuchWork([candidate])
}

/** Would they take long to check together: a credential and its endorsements? */
export function areTooMuchWork(candidates: readonly Candidate[]): boolean {
  const work = { values: 0, contexts: 0 }
  for (const { credential } of candidates) {
    const more = workOn(credential)
    if (!more) return true
    work.values += more.values
    work.contexts += more.contexts
  }
  return work.values > WORK.values || work.contexts > WORK.contexts
}

function workOn(credential: Json): DocumentLimits | undefined {
  const proofs = listOf(credential.proof).length
  const size = proofs > MAX_PROOFS ? undefined : sizeWithin(credential, DOCUMENT)
  return size && { values: size.values * (1 + proofs), contexts: size.contexts * (1 + proofs) }
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
