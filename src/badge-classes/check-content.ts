import { type Fault, Invalid } from '../errors.ts'
import { requestFormFaults } from './check-request-form.ts'
import type { BadgeContent } from './schema.ts'

/**
 * The rules that a schema cannot say: ids stand once, bounds are in order, a required level exists, a validity
 * is longer than nothing.
 * @throws Invalid with every fault
 */
export function checkContent(content: BadgeContent): void {
  const faults: Fault[] = []
  const seen = new Set<string>()
  const claim = (id: string, path: string) => {
    if (seen.has(id)) faults.push({ path, code: 'duplicate-id', params: { id } })
    seen.add(id)
  }
  content.resultDescription?.forEach((description, i) => {
    const path = `/resultDescription/${i}`
    claim(description.id, `${path}/id`)
    const levels = description.rubricCriterionLevel ?? []
    levels.forEach((level, j) => void claim(level.id, `${path}/rubricCriterionLevel/${j}/id`))
    const { valueMin, valueMax, requiredLevel, requiredValue, allowedValue } = description
    if (valueMin !== undefined && valueMax !== undefined && Number(valueMin) > Number(valueMax)) {
      faults.push({ path: `${path}/valueMin`, code: 'result-bounds' })
    }
    if (requiredLevel !== undefined && !levels.some((level) => level.id === requiredLevel)) {
      faults.push({ path: `${path}/requiredLevel`, code: 'result-level' })
    }
    if (requiredValue !== undefined && allowedValue && !allowedValue.includes(requiredValue)) {
      const values = allowedValue.join(', ')
      faults.push({ path: `${path}/requiredValue`, code: 'result-value', params: { values } })
    }
  })
  if (content.validFor !== undefined && !/[1-9]/.test(content.validFor)) {
    faults.push({ path: '/validFor', code: 'no-duration' })
  }
  if (content.requestForm) faults.push(...requestFormFaults(content.requestForm, content.language))
  if (faults.length > 0) throw new Invalid(...faults)
}
