import type { TermFault } from '../vc/as-written.ts'
import { type Finding, failed, passed, warning } from './check.ts'

/**
 * What is told of the terms of a document.
 * @param mayBeUnknown where the text itself is signed, contexts that are not known here change nothing about it
 */
export function termFinding(fault: TermFault | undefined, { mayBeUnknown = false } = {}): Finding {
  if (!fault) return passed('terms-ok')
  const { code, what } = fault
  const params = { what: what ?? '' }
  if (code === 'context-unknown') return (mayBeUnknown ? warning : failed)('terms-context-unknown', params)
  if (code === 'not-as-written') return failed('terms-not-plain')
  if (code === 'type') return failed('terms-type', params)
  if (code === 'relative') return failed('terms-relative', params)
  return failed('terms-undefined', { what: what === undefined ? '' : ` (${what})` })
}
