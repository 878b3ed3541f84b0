import type { Json } from '../vc/credential.ts'
import { isObject, listOf } from '../vc/members.ts'
import { type CheckStep, failed, passed, warning } from './check.ts'
import type { CheckCode } from './messages.ts'
import { checkResults } from './results.ts'

/** What must hold of the subject of a badge, and what is said where it does not. */
const RULES: readonly [CheckCode, (subject: Json) => boolean][] = [
  ['subject-nobody', isSomebody],
  ['subject-type', hasType('AchievementSubject')],
  ['subject-identifier', ({ identifier }) => listOf(identifier).every(hasType('IdentityObject'))],
  ['subject-no-achievement', ({ achievement }) => hasType('Achievement')(achievement)],
  ['subject-no-criteria', ({ achievement }) => saysHow((achievement as Json).criteria)],
  ['subject-source', ({ source }) => source === undefined || hasType('Profile')(source)],
]

/** Who earned what, and how one earns it (OB 3.0, sections 9.1 and B.1.4). */
export const checkSubject: CheckStep = (_ctx, { credential }) => {
  const subject = credential.credentialSubject
  if (!isObject(subject))
    return failed(subject === undefined || subject === null ? 'subject-nobody' : 'subject-not-one')
  const broken = RULES.find(([, holds]) => !holds(subject))
  if (broken) return failed(broken[0])
  return checkResults(subject) ?? passed('subject-ok')
}

/** Every piece of evidence says what it is (OB 3.0, section B.1.11). */
export const checkEvidence: CheckStep = (_ctx, { credential }) => {
  const pieces = listOf(credential.evidence)
  if (pieces.length === 0) return passed('evidence-none')
  if (!pieces.every(hasType('Evidence'))) return failed('evidence-type')
  const isEmpty = (piece: unknown) =>
    !['id', 'narrative', 'name', 'description'].some((name) => isText((piece as Json)[name]))
  return pieces.some(isEmpty) ? warning('evidence-empty') : passed('evidence-ok')
}

function isSomebody({ id, identifier }: Json): boolean {
  return isText(id) || listOf(identifier).length > 0
}

function saysHow(criteria: unknown): boolean {
  return isObject(criteria) && (isText(criteria.id) || isText(criteria.narrative))
}

function hasType(name: string): (value: unknown) => boolean {
  return (value) => isObject(value) && listOf(value.type).includes(name)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}
