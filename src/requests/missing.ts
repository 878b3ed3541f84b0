import { optionsOf } from '../badge-classes/option.ts'
import type { Question, RequestForm } from '../badge-classes/request-form.ts'
import type { Fault } from '../errors.ts'
import { FORMATS } from '../fields.ts'
import type { evidenceFiles } from './evidence/table.ts'
import type { requests } from './table.ts'

type Draft = Pick<
  typeof requests.$inferSelect,
  'name' | 'email' | 'structureName' | 'referentName' | 'answers' | 'consent'
>
type File = Pick<typeof evidenceFiles.$inferSelect, 'slot' | 'state'>

/** Everything that stands in the way of submission, by JSON Pointer into what a person writes. */
export function missingIn(form: RequestForm, draft: Draft, files: readonly File[]): Fault[] {
  const lacks = (isMissing: boolean, path: string): Fault[] =>
    isMissing ? [{ path, code: 'not-filled-in' }] : []
  return [
    ...lacks(isBlank(draft.name), '/name'),
    ...lacks(isBlank(draft.email), '/email'),
    ...addressFaults(draft.email),
    ...lacks(form.askStructure && isBlank(draft.structureName), '/structure'),
    ...lacks(form.askReferent && isBlank(draft.referentName), '/referent'),
    ...form.questions.flatMap(({ id, required = false }) =>
      lacks(required && isBlank(draft.answers[id]), `/answers/${id}`),
    ),
    ...answerFaults(form, draft.answers),
    ...fileFaults(form, files),
    ...(draft.consent && !draft.consent.withdrawnAt
      ? []
      : [{ path: '/consent', code: 'no-consent' } as const]),
  ]
}

/** What is wrong with these answers, whether or not others are missing; a blank one is no answer. */
export function answerFaults(form: RequestForm, answers: Readonly<Record<string, unknown>>): Fault[] {
  return Object.entries(answers).flatMap(([id, answer]): Fault[] => {
    const path = `/answers/${id.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const question = form.questions.find((other) => other.id === id)
    if (!question) return [{ path, code: 'unknown-question' }]
    const fault = isBlank(answer) ? undefined : faultOf(question, answer)
    return fault ? [{ path, ...fault }] : []
  })
}

function faultOf(question: Question, answer: unknown): Omit<Fault, 'path'> | undefined {
  const { kind, maxLength } = question
  if (kind === 'yesno') return typeof answer === 'boolean' ? undefined : { code: 'answer-yesno' }
  if (typeof answer !== 'string') return { code: 'answer-text' }
  switch (kind) {
    case 'text':
      // JSON Schema counts characters, not the halves that JavaScript counts.
      return maxLength !== undefined && [...answer].length > maxLength
        ? { code: 'answer-length', params: { max: maxLength } }
        : undefined
    case 'choice':
      return optionFault(
        optionsOf(question).map(({ id }) => id),
        answer,
      )
    case 'date':
      return answer.length === 10 && FORMATS['day-or-time']!(answer) ? undefined : { code: 'answer-date' }
    case 'url':
      return answer.length <= 2048 && FORMATS['http-url']!(answer) ? undefined : { code: 'answer-url' }
  }
}

function optionFault(ids: string[], answer: string): Omit<Fault, 'path'> | undefined {
  return ids.includes(answer) ? undefined : { code: 'answer-option', params: { values: ids.join(', ') } }
}

function addressFaults(email: string | null): Fault[] {
  if (email === null || isBlank(email)) return []
  return email.length <= 254 && FORMATS.email!(email) ? [] : [{ path: '/email', code: 'not-an-address' }]
}

function fileFaults(form: RequestForm, files: readonly File[]): Fault[] {
  return form.evidence.flatMap(({ id, required }): Fault[] => {
    const path = `/evidence/${id}`
    const states = files.filter(({ slot }) => slot === id).map(({ state }) => state)
    if (states.includes('partial')) return [{ path, code: 'file-unfinished' }]
    return required && states.length === 0 ? [{ path, code: 'no-file' }] : []
  })
}

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
}
