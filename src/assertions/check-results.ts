import { absoluteId } from '../badge-classes/achievement.ts'
import type { BadgeContent } from '../badge-classes/schema.ts'
import type { Fault } from '../errors.ts'
import type { Result } from './schema.ts'

type Description = NonNullable<BadgeContent['resultDescription']>[number]

const NUMERIC = new Set([
  'GradePointAverage',
  'Percent',
  'PredictedScore',
  'RawScore',
  'RubricScore',
  'ScaledScore',
])

/** Holds results against what the badge class says of them (OB 3.0, sections B.1.21 and B.1.22). */
export function checkResults(results: Result[], content: BadgeContent, achievementId: string): Fault[] {
  return results.flatMap((result, i) => {
    const path = `/results/${i}`
    const wanted = absoluteId(result.resultDescription, achievementId)
    const description = content.resultDescription?.find((d) => absoluteId(d.id, achievementId) === wanted)
    return description
      ? checkResult(result, description, achievementId, path)
      : [{ path: `${path}/resultDescription`, code: 'unknown-result-description' as const }]
  })
}

function checkResult(result: Result, description: Description, achievementId: string, path: string): Fault[] {
  const { value, status, achievedLevel } = result
  const faults: Fault[] = []
  if (description.resultType === 'Status' && status === undefined) {
    faults.push({ path: `${path}/status`, code: 'result-status' })
  }
  if (value === undefined && status === undefined && achievedLevel === undefined) {
    faults.push({ path, code: 'result-empty' })
  }
  if (achievedLevel !== undefined) {
    const levels = (description.rubricCriterionLevel ?? []).map((level) =>
      absoluteId(level.id, achievementId),
    )
    const known = levels.includes(absoluteId(achievedLevel, achievementId))
    if (!known) faults.push({ path: `${path}/achievedLevel`, code: 'result-level' })
  }
  if (value !== undefined) faults.push(...checkValue(value, description, `${path}/value`))
  return faults
}

function checkValue(value: string, description: Description, path: string): Fault[] {
  const { allowedValue, valueMin, valueMax, resultType } = description
  if (allowedValue && !allowedValue.includes(value)) {
    return [{ path, code: 'result-value', params: { values: allowedValue.join(', ') } }]
  }
  if (allowedValue || (!NUMERIC.has(resultType) && valueMin === undefined && valueMax === undefined))
    return []
  if (!/^-?\d{1,15}([.,]\d{1,6})?$/.test(value)) return [{ path, code: 'result-number' }]
  const number = Number(value.replace(',', '.'))
  const tooLow = valueMin !== undefined && number < Number(valueMin)
  const tooHigh = valueMax !== undefined && number > Number(valueMax)
  if (!tooLow && !tooHigh) return []
  return [{ path, code: 'result-range', params: { min: valueMin ?? '−∞', max: valueMax ?? '∞' } }]
}
