import { createHash } from 'node:crypto'
import type { AssertionDetails } from '../assertions/schema.ts'
import { type Fault, Invalid } from '../errors.ts'
import { parseDateTime } from '../fields.ts'
import { toSecond } from '../vc/time.ts'
import type { BatchEvent } from './schema.ts'

/** The moments of an event: `date`, or `startDate` to `endDate`. A day alone begins and ends in UTC. */
function periodOf({ date, startDate, endDate }: BatchEvent): { start: Date; end: Date } {
  const first = startDate ?? date!
  const last = endDate ?? startDate ?? date!
  return { start: momentOf(first, '00:00:00'), end: momentOf(last, '23:59:59') }
}

function momentOf(dayOrTime: string, time: string): Date {
  return parseDateTime(dayOrTime) ?? new Date(`${dayOrTime}T${time}Z`)
}

/** Where the parts of an event stand in a request: there its faults are told. */
const IN_BODY = { date: '/event', endDate: '/event/endDate', names: { date: 'date', start: 'startDate' } }
export const IN_QUERY = {
  date: '/eventDate',
  endDate: '/eventEndDate',
  names: { date: 'eventDate', start: 'eventStartDate' },
}

/** @throws Invalid unless it has a date or a period, in its order */
export function checkEvent(event: BatchEvent, places = IN_BODY): void {
  const { date, startDate, endDate } = event
  const { names: params } = places
  const faults: Fault[] = []
  if ((date === undefined) === (startDate === undefined)) {
    faults.push({ path: places.date, code: 'event-date', params })
  } else if (endDate !== undefined && startDate === undefined) {
    faults.push({ path: places.endDate, code: 'event-end', params })
  } else {
    const { start, end } = periodOf(event)
    if (end < start) faults.push({ path: places.endDate, code: 'event-order', params })
  }
  if (faults.length > 0) throw new Invalid(...faults)
}

/** An event that has not begun cannot have been attended. */
export function beginsAfter(event: BatchEvent, now: Date): boolean {
  return periodOf(event).start > now
}

/**
 * Names an event, so that a second list of the same people is recognised: its name, first day and place, however
 * they are spelled in case and spaces.
 */
export function eventKeyOf(event: BatchEvent | null): string {
  if (!event) return ''
  const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
  const start = toSecond(periodOf(event).start)
  const name = JSON.stringify([plain(event.name), start, plain(event.place ?? '')])
  return createHash('sha256').update(name).digest('base64url').slice(0, 22)
}

/** What the event says in each credential of its batch. */
export interface EventAward {
  /** Noon of a day is the same day in every zone of Europe. */
  readonly awardedDate: Date
  readonly details: AssertionDetails
}

/**
 * The event as awardedDate, activityStartDate and activityEndDate (OB 3.0, section B.1.3) and an Evidence
 * (section B.1.9).
 * @param language of the badge class: in it the Evidence tells place and date
 */
export function eventAward(event: BatchEvent, language: string | undefined): EventAward {
  const { start, end } = periodOf(event)
  const lastDay = event.endDate ?? event.startDate ?? event.date!
  const evidence = {
    ...(event.url === undefined ? {} : { id: event.url }),
    name: event.name,
    description: [event.place, datesIn(language ?? 'en', start, end)].filter(Boolean).join(', '),
  }
  return {
    awardedDate: momentOf(lastDay, '12:00:00'),
    details: { activityStartDate: toSecond(start), activityEndDate: toSecond(end), evidence: [evidence] },
  }
}

function datesIn(language: string, start: Date, end: Date): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).formatRange(start, end)
}
