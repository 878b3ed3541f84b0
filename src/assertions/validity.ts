import { type Fault, Invalid } from '../errors.ts'
import { parseDateTime } from '../fields.ts'
import type { NewAssertion } from './schema.ts'

/** The times of an award, to the second. */
export interface Validity {
  readonly awardedAt: Date
  readonly validFrom: Date
  readonly validUntil: Date | null
}

/**
 * An award may lie in the past and not in the future; it is valid from now and for as long as its badge class
 * says, unless the caller says otherwise.
 * @param validFor ISO 8601 duration of the badge class
 * @throws Invalid
 */
export function validityOf(input: NewAssertion, validFor: string | undefined, now: Date): Validity {
  const read = (text: string | undefined) =>
    text === undefined ? undefined : wholeSecond(parseDateTime(text)!)
  const validFrom = read(input.validFrom) ?? wholeSecond(now)
  const awardedAt = read(input.awardedDate) ?? wholeSecond(now)
  const validUntil =
    read(input.validUntil) ?? (validFor === undefined ? null : addDuration(validFrom, validFor))

  const faults: Fault[] = []
  if (awardedAt > now) faults.push({ path: '/awardedDate', code: 'in-the-future' })
  if (validUntil && validUntil <= validFrom) faults.push({ path: '/validUntil', code: 'ends-before-start' })
  const starts = read(input.activityStartDate)
  const ends = read(input.activityEndDate)
  if (starts && ends && ends < starts) faults.push({ path: '/activityEndDate', code: 'activity-order' })
  // RFC 3339 writes years in four digits.
  if (validUntil && validUntil.getUTCFullYear() > 9999)
    faults.push({ path: '/validFrom', code: 'ends-too-late' })
  if (faults.length > 0) throw new Invalid(...faults)
  return { awardedAt, validFrom, validUntil }
}

/** Calendar arithmetic in UTC: a month after 31 January is the last day of February. */
function addDuration(start: Date, duration: string): Date {
  const count = (unit: string) => Number(new RegExp(`(\\d+)${unit}`).exec(duration)?.[1] ?? 0)
  const end = new Date(start)
  const day = end.getUTCDate()
  end.setUTCDate(1)
  end.setUTCMonth(end.getUTCMonth() + count('Y') * 12 + count('M'))
  const daysInMonth = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate()
  end.setUTCDate(Math.min(day, daysInMonth))
  end.setUTCDate(end.getUTCDate() + count('W') * 7 + count('D'))
  return end
}

function wholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000)
}
