import type { Json } from '../vc/credential.ts'
import { isObject, listOf } from '../vc/members.ts'
import { type Finding, failed, warning } from './check.ts'

/**
 * Do the results mean something? Each refers to a description in the achievement, a level to one of its rubric, and
 * where the description asks for a status there is one (OB 3.0, sections B.1.6 and B.1.17).
 * @returns what is wrong with the first one that is; undefined when nothing is
 */
export function checkResults({ achievement, result }: Json): Finding | undefined {
  const descriptions = listOf(isObject(achievement) ? achievement.resultDescription : undefined)
  if (!descriptions.every((one) => isObject(one) && isOfType(one, 'ResultDescription')))
    return failed('subject-result-description')
  const known = new Map((descriptions as Json[]).map((one) => [one.id, one]))
  for (const one of listOf(result)) {
    const finding = checkResult(one, known)
    if (finding) return finding
  }
  return undefined
}

function checkResult(result: unknown, known: ReadonlyMap<unknown, Json>): Finding | undefined {
  if (!isObject(result) || !isOfType(result, 'Result')) return failed('subject-result')
  const { resultDescription, achievedLevel, status } = result
  if (resultDescription === undefined) return undefined
  const description = known.get(resultDescription)
  if (!description) return failed('subject-result-unknown', { id: nameOf(resultDescription) })
  if (description.resultType === 'Status' && status === undefined) return failed('subject-result-status')
  const levels = listOf(description.rubricCriterionLevel).map((level) => isObject(level) && level.id)
  if (achievedLevel !== undefined && !levels.includes(achievedLevel))
    return warning('subject-level-unknown', { id: nameOf(achievedLevel) })
  return undefined
}

function nameOf(id: unknown): string {
  return typeof id === 'string' ? id.slice(0, 200) : '?'
}

function isOfType({ type }: Json, name: string): boolean {
  return listOf(type).includes(name)
}
