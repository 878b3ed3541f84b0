import { readDateTime } from '../date-time.ts'
import { isObject } from '../members.ts'
import { type ModelFault, must, type Rule } from './rule.ts'

/** VCDM 2.0, section 4.9: an XML Schema dateTimeStamp, which is a dateTime with a time zone. */
export const dateTimeStamp: Rule = must('model-date', (value) => readDateTime(value)?.zone !== undefined)

/** VCDM 1.1, sections 4.6 and 4.8: an XML Schema dateTime; the zone may be left out. */
export const dateTime: Rule = must('model-date-1', (value) => readDateTime(value) !== undefined)

/** VCDM 2.0, section 4.9: validUntil is the same moment as validFrom, or a later one. */
export function* inOrder(credential: unknown, path: string): Iterable<ModelFault> {
  if (!isObject(credential)) return
  const [from, until] = [readDateTime(credential.validFrom), readDateTime(credential.validUntil)]
  if (!from || !until) return
  const isBefore = until.seconds < from.seconds
  const isBeforeInSecond = until.seconds === from.seconds && until.fraction < from.fraction
  if (isBefore || isBeforeInSecond) yield { path: `${path}/validUntil`, code: 'model-dates-order' }
}
