import type { Params } from '../messages.ts'
import type { Json } from '../vc/credential.ts'
import { readDateTime, timeOf } from '../vc/date-time.ts'
import { listOf } from '../vc/members.ts'
import { isOfModel1 } from '../vc/model/credential.ts'
import { type CheckStep, failed, passed } from './check.ts'

/** Two clocks that are both right differ by no more. */
const TOLERANCE_MS = 60_000

const NEEDS_START: readonly unknown[] = [
  'OpenBadgeCredential',
  'AchievementCredential',
  'EndorsementCredential',
]

/**
 * Has it ended? (VCDM 2.0, section 4.9; `expirationDate` of VCDM 1.1, section 4.6, is read too; OB 3.0, section 9.1.)
 * Params of what is found: `date` as it stands there, and the day in words by language.
 */
export const checkExpiration: CheckStep = (ctx, { credential }) => {
  const ends = given(credential, 'validUntil', 'expirationDate')
  if (ends.length === 0) return passed('expiration-none')
  const times = ends.map((end) => read(end, credential))
  if (!times.every((time) => time !== undefined)) return failed('expiration-unreadable')
  const past = times.findIndex((time) => time <= ctx.clock().getTime())
  if (past >= 0) return failed('expiration-past', inWords(String(ends[past])))
  const starts = given(credential, 'validFrom', 'issuanceDate').map(timeOf)
  const isBackwards = starts.some((start) => start !== undefined && times.some((time) => time < start))
  return isBackwards
    ? failed('expiration-before-start')
    : passed('expiration-ok', inWords(String(ends.at(-1))))
}

/**
 * Has it begun? (VCDM 2.0, section 4.9; `issuanceDate` of VCDM 1.1, section 4.6, is read too; OB 3.0, section 9.1.)
 * Open Badges and VCDM 1.1 require the date, VCDM 2.0 by itself does not. Params as of checkExpiration.
 */
export const checkIssuance: CheckStep = (ctx, { credential }) => {
  const starts = given(credential, 'validFrom', 'issuanceDate')
  if (starts.length === 0)
    return needsStart(credential) ? failed('issuance-missing') : passed('issuance-none')
  const times = starts.map((start) => read(start, credential))
  if (!times.every((time) => time !== undefined)) return failed('issuance-unreadable')
  const latest = ctx.clock().getTime() + TOLERANCE_MS
  const future = times.findIndex((time) => time > latest)
  return future >= 0
    ? failed('issuance-future', inWords(String(starts[future])))
    : passed('issuance-ok', inWords(String(starts[0])))
}

/** Each counts that is there: of two that differ, a reader of either is right. */
function given(credential: Json, ...names: string[]): unknown[] {
  return names.map((name) => credential[name]).filter((value) => value !== undefined)
}

/** Milliseconds since 1970. VCDM 2.0, section 4.9, demands the time zone; VCDM 1.1, section 4.6, does not. */
function read(value: unknown, credential: Json): number | undefined {
  return isOfModel1(credential) || readDateTime(value)?.zone !== undefined ? timeOf(value) : undefined
}

/** Open Badges and VCDM 1.1 require the date, VCDM 2.0 by itself does not. */
export function needsStart(credential: Json): boolean {
  return isOfModel1(credential) || listOf(credential.type).some((one) => NEEDS_START.includes(one))
}

/** The day as the issuer wrote it, in the zone that it names: 3 mai 2026. */
function inWords(date: string): Params {
  const day = new Date(`${date.slice(0, 10)}T00:00:00Z`)
  // Of a year that has no four digits.
  if (Number.isNaN(day.getTime())) return { date, en: date, fr: date }
  const say = (locale: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(day)
  // The first of a month is an ordinal in French, which Intl does not know.
  return { date, en: say('en-GB'), fr: say('fr-FR').replace(/^1 /, '1er ') }
}
