import { Invalid } from '../../errors.ts'
import { LONGEST_SECONDS, type NewClaim } from './schema.ts'

/** Long enough to come home, find the phone and ask somebody. */
const DEFAULT_LIFETIME_MS = 7 * 24 * 3600 * 1000

const UNITS_MS = { W: 7 * 24 * 3600, D: 24 * 3600, H: 3600, M: 60, S: 1 }

/**
 * How long a claim lasts, in milliseconds.
 * @param expiresIn seconds, or an ISO 8601 duration in weeks, days, hours, minutes and seconds
 * @throws Invalid for none at all or more than a year
 */
export function lifetimeOf(expiresIn: NewClaim['expiresIn']): number {
  if (expiresIn === undefined) return DEFAULT_LIFETIME_MS
  const ms = typeof expiresIn === 'number' ? expiresIn * 1000 : durationMs(expiresIn)
  if (ms < 1000 || ms > LONGEST_SECONDS * 1000) throw new Invalid({ path: '/expiresIn', code: 'lifetime' })
  return ms
}

/** There are no months here, so that M is always minutes. */
function durationMs(duration: string): number {
  const parts = [...duration.matchAll(/(\d+)([WDHMS])/g)]
  const seconds = parts.map(([, count, unit]) => Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS])
  return 1000 * seconds.reduce((sum, one) => sum + one, 0)
}
