import { textIn } from '../../badge-classes/localized-text.ts'
import { optionsOf } from '../../badge-classes/option.ts'
import type { RequestForm } from '../../badge-classes/request-form.ts'
import { type Html, html } from '../../markup/html.ts'
import { drawPage, type Page } from '../../markup/layout.ts'
import type { Language } from '../../messages.ts'
import type { Request } from '../schema.ts'
import { decisionForm } from './review-form.ts'
import { type Trouble, troubleNotice } from './trouble.ts'
import { type Words, wordsIn } from './words.ts'

/** What the page of a reviewer shows. */
export interface ReviewView {
  readonly request: Request
  readonly form: RequestForm
  readonly badge: string
  readonly issuer: string
  readonly image: string | null
  /** Whom the link was given to. */
  readonly holder: string | undefined
  /** The path of the page. */
  readonly path: string
}

/**
 * A request for somebody to read, with the form to answer it while it waits for that.
 * @param options.filled what was in the form when it was not taken, and why it was not
 */
export function reviewPage(
  language: Language,
  view: ReviewView,
  options: { filled?: ReadonlyMap<string, string>; trouble?: Trouble } = {},
): Page {
  const words = wordsIn(language)
  const { request, badge, issuer, image, holder } = view
  const body = html`${options.trouble && troubleNotice(language, options.trouble)}
<p>${words.hello(holder)}</p>
${noticesOf(words, view).map((notice) => html`<p class="note">${notice}</p>`)}
<h2>${words.person}</h2>
<dl>${facts(words, request)}</dl>
${answersOf(language, view)}
<h2>${words.files}</h2>
${filesOf(language, view)}
${request.state === 'submitted' && decisionForm(language, view, options.filled)}`
  return drawPage({ language, title: words.requestFor(badge), sender: issuer, image, body })
}

function noticesOf(words: Words, { request, holder }: ReviewView): string[] {
  const { state, assignedTo, approvals } = request
  const isInOtherHands = assignedTo !== undefined && assignedTo !== holder
  return [
    ...(state === 'returned' ? [words.waitsForApplicant] : []),
    ...(isInOtherHands ? [words.inOtherHands(assignedTo)] : []),
    ...(approvals && approvals.required > 1
      ? [words.severalReviewers(approvals.given, approvals.required)]
      : []),
  ]
}

function facts(words: Words, { name, email, structure, referent }: Request): Html[] {
  const says = referent && html`${referent.name} (${words.referentSays(referent.answer?.answer)})`
  const sentence = referent?.answer?.sentence
  return [
    fact(words.name, name),
    fact(words.email, email),
    fact(words.structure, structure && [structure.name, structure.siret].filter(Boolean).join(', ')),
    fact(
      words.referent,
      says &&
        html`${says}${
          sentence !== undefined &&
          html`
${sentence}`
        }`,
    ),
  ].filter((item) => item !== undefined)
}

function fact(label: string, value: string | Html | undefined): Html | undefined {
  return value === undefined
    ? undefined
    : html`<dt>${label}</dt><dd>${value}</dd>
`
}

function answersOf(language: Language, { request, form }: ReviewView): Html | undefined {
  const words = wordsIn(language)
  if (form.questions.length === 0) return undefined
  const items = form.questions.map((question) => {
    const answer = request.answers?.[question.id]
    return html`<dt>${textIn(question.label, language)}</dt><dd>${answerIn(language, question, answer)}</dd>
`
  })
  return html`<h2>${words.answers}</h2>
<dl>${items}</dl>`
}

function answerIn(
  language: Language,
  question: RequestForm['questions'][number],
  answer: string | boolean | undefined,
): string {
  const words = wordsIn(language)
  if (answer === undefined || answer === '') return words.notAnswered
  if (typeof answer === 'boolean') return answer ? words.yes : words.no
  const chosen = optionsOf(question).find(({ id }) => id === answer)
  return chosen ? textIn(chosen.label, language) : answer
}

function filesOf(language: Language, { request, form, path }: ReviewView): Html {
  const labels = new Map(form.evidence.map(({ id, label }) => [id, textIn(label, language)]))
  const files = Object.entries(request.evidence).flatMap(([slot, inSlot]) =>
    inSlot
      .filter(({ state }) => state === 'stored')
      .map((file) => {
        const size = sizeIn(language, file.size)
        return html`<li>${labels.get(slot)}<a href="${path}/evidence/${file.id}">${file.name} (${size})</a></li>
`
      }),
  )
  return files.length > 0 ? html`<ul class="files">${files}</ul>` : html`<p>${wordsIn(language).noFiles}</p>`
}

function sizeIn(language: Language, bytes: number): string {
  const [unit, size] = bytes < 1_000_000 ? ['kilobyte', bytes / 1000] : ['megabyte', bytes / 1_000_000]
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    maximumSignificantDigits: 2,
  }).format(size)
}
