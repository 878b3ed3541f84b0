import type { ReasonCode } from './messages.ts'
import { type Reason, SEVERITIES } from './reasons.ts'

/**
 * What concerns the address of the service, or is no more than a note on the picture, and would be the same of nearly
 * every family.
 */
const TOLD_ONCE: readonly ReasonCode[] = [
  'origin-local',
  'origin-http',
  'origin-ip',
  'origin-port',
  'image-svg-doubtful',
]

/** The reasons to tell above all families, each at its gravest. @param reasons of every family */
export function reasonsForAll(reasons: readonly Reason[]): Reason[] {
  const gravestFirst = SEVERITIES.flatMap((severity) => reasons.filter((one) => one.severity === severity))
  return TOLD_ONCE.flatMap((code) => gravestFirst.find((one) => one.code === code) ?? [])
}

/** Is it told above all families? */
export function isForAll({ code }: Reason): boolean {
  return TOLD_ONCE.includes(code)
}
