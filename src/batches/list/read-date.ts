import { parseDateTime } from '../../fields.ts'

/** The longest that noon of a day which has begun somewhere in the French time zone is ahead of now. */
const TODAY_MS = 14 * 3600 * 1000

/**
 * Reads a date as people write it: RFC 3339, `2026-10-15`, or day first with `/`, `-` or `.`. A date alone is noon
 * UTC, which is the same day in France; today is not later than now.
 * @returns RFC 3339; undefined when it is no date
 */
export function readDate(text: string, now: Date): string | undefined {
  const day = readDay(text)
  if (day === undefined) return parseDateTime(text) ? text : undefined
  const noon = parseDateTime(`${day}T12:00:00Z`)
  if (!noon) return undefined
  const ahead = noon.getTime() - now.getTime()
  return (ahead > 0 && ahead <= TODAY_MS ? now : noon).toISOString()
}

/**
 * The same for the end of a validity: a day alone is valid to its end, in UTC.
 * @returns RFC 3339; undefined when it is no date
 */
export function readEnd(text: string): string | undefined {
  const day = readDay(text)
  if (day === undefined) return parseDateTime(text) ? text : undefined
  return parseDateTime(`${day}T23:59:59Z`)?.toISOString()
}

function readDay(text: string): string | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text
  // A form may add the time, and leave the century out.
  const match = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?: \d\d?:\d\d(?::\d\d)?)?$/.exec(text)
  if (!match) return undefined
  const [, day, , month, year] = match as unknown as [string, string, string, string, string]
  const century = year.length === 2 ? '20' : ''
  return `${century}${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
