/** A moment of XML Schema, which knows years that a Date does not. */
export interface Moment {
  /** Whole seconds since 1970. */
  readonly seconds: number
  /** The rest, below one second. */
  readonly fraction: number
  readonly zone: string | undefined
}

// XML Schema 1.1 part 2, section 3.3.7.2; midnight may be hour 24 of the day before.
const DATE_TIME =
  /^(-?(?:[1-9]\d{3,}|0\d{3}))-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d+)?|24:00:00(?:\.0+)?)(Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?$/
const LONGEST = 60

/** Reads an XML Schema dateTime; without a zone it is UTC (VCDM 2.0, section 5.8). */
export function readDateTime(value: unknown): Moment | undefined {
  if (typeof value !== 'string' || value.length > LONGEST) return undefined
  const match = DATE_TIME.exec(value)
  if (!match) return undefined
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number]
  if (day > daysIn(year, month)) return undefined
  const [hour = 24, minute = 0, second = 0] = match
    .slice(4, 7)
    .map((part) => (part ? Number(part) : undefined))
  const zone = match[8]
  return {
    seconds: (daysSince1970(year, month, day) * 24 + hour) * 3600 + minute * 60 + second - offsetOf(zone),
    fraction: Number(match[7] ?? 0),
    zone,
  }
}

/** Milliseconds since 1970 of an XML Schema dateTime. @returns undefined where it is none */
export function timeOf(value: unknown): number | undefined {
  const moment = readDateTime(value)
  return moment && (moment.seconds + moment.fraction) * 1000
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Counted by hand: XML Schema knows years that a Date does not. The year begins in March, so that it ends with the leap day. */
function daysSince1970(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1
  const daysOfMonths = Math.floor((153 * ((month + 9) % 12) + 2) / 5)
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400)
  return years * 365 + leapDays + daysOfMonths + day - 719_469
}

/** Seconds east of UTC. */
function offsetOf(zone = 'Z'): number {
  if (zone === 'Z') return 0
  const [hours, minutes] = zone.slice(1).split(':').map(Number) as [number, number]
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60
}
