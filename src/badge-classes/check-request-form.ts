import type { Fault } from '../errors.ts'
import { baseOf, type LocalizedText } from './localized-text.ts'
import { optionsOf } from './option.ts'
import type { Question, RequestForm } from './request-form.ts'

/**
 * The rules that a schema cannot say: ids stand once, what goes with a kind of question stands there alone, it
 * opens before it closes, and each text is in a language that everybody of this badge can be shown.
 * @param language of the badge class
 */
export function requestFormFaults(form: RequestForm, language: string | undefined): Fault[] {
  return [
    ...idFaults(form.questions, '/questions'),
    ...form.questions.flatMap((question, i) => questionFaults(question, `/questions/${i}`)),
    ...idFaults(form.evidence, '/evidence'),
    ...timeFaults(form),
    ...textsOf(form).flatMap(([path, text]) => textFaults(path, text, language)),
  ].map((fault) => ({ ...fault, path: `/requestForm${fault.path}` }))
}

function idFaults(items: { id: string }[], path: string): Fault[] {
  return items.flatMap(({ id }, i): Fault[] => {
    const params = { id }
    // Answers are members of an object: such a name would find what every object has.
    if (id in Object.prototype) return [{ path: `${path}/${i}/id`, code: 'reserved-id', params }]
    const isAgain = items.findIndex((item) => item.id === id) < i
    return isAgain ? [{ path: `${path}/${i}/id`, code: 'duplicate-id', params }] : []
  })
}

function questionFaults(question: Question, path: string): Fault[] {
  const { kind, options, maxLength } = question
  const faults = idFaults(optionsOf(question), `${path}/options`)
  if (kind === 'choice' && !options) faults.push({ path: `${path}/options`, code: 'options-needed' })
  if (kind !== 'choice' && options) faults.push({ path: `${path}/options`, code: 'options-unexpected' })
  if (kind !== 'text' && maxLength !== undefined) {
    faults.push({ path: `${path}/maxLength`, code: 'length-unexpected' })
  }
  return faults
}

function timeFaults({ opensAt, closesAt }: RequestForm): Fault[] {
  if (opensAt === undefined || closesAt === undefined) return []
  return new Date(opensAt) < new Date(closesAt) ? [] : [{ path: '/closesAt', code: 'closes-too-early' }]
}

function textsOf(form: RequestForm): [path: string, text: LocalizedText][] {
  const texts = (item: { label: LocalizedText; help?: LocalizedText }, path: string) => [
    [`${path}/label`, item.label] as [string, LocalizedText],
    ...(item.help === undefined ? [] : [[`${path}/help`, item.help] as [string, LocalizedText]]),
  ]
  return [
    ...form.questions.flatMap((question, i) => [
      ...texts(question, `/questions/${i}`),
      ...optionsOf(question).flatMap((option, j) => texts(option, `/questions/${i}/options/${j}`)),
    ]),
    ...form.evidence.flatMap((slot, i) => texts(slot, `/evidence/${i}`)),
    ['/consent/text', form.consent.text],
    ...(form.evidenceExamples ?? []).map((text, i): [string, LocalizedText] => [
      `/evidenceExamples/${i}`,
      text,
    ]),
  ]
}

function textFaults(path: string, text: LocalizedText, language = 'fr'): Fault[] {
  if (typeof text === 'string') return []
  const enough = [...new Set([baseOf(language), 'fr', 'en'])]
  if (Object.keys(text).some((tag) => enough.includes(baseOf(tag)))) return []
  return [{ path, code: 'text-language', params: { languages: enough.join(', ') } }]
}
