import { type Html, html } from '../../markup/html.ts'
import { drawPage, type Page } from '../../markup/layout.ts'
import type { Notice } from '../../markup/usual-troubles.ts'
import type { Language } from '../../messages.ts'
import { wordsIn } from './words.ts'

const CLOSED = new Set(['bad-token', 'link-ended'])

/** What stands in the way of what somebody at a page wanted. */
export interface Trouble {
  readonly code: string
  /** In the reader's language. */
  readonly title: string
  /** Each by a JSON Pointer into what was sent. */
  readonly errors: readonly { readonly path: string; readonly message: string }[]
}

/**
 * A page that says in plain words what is the matter, and what to do now.
 * @param path of the page to go back to, where the link still opens it
 */
export function troublePage(language: Language, trouble: Trouble, path: string): Page {
  const words = wordsIn(language)
  const { title, advice } = wordsFor(language, trouble)
  const body = html`<p>${advice}</p>
${faultList(language, trouble)}
${!CLOSED.has(trouble.code) && html`<a class="button" href="${path}">${words.tryAgain}</a>`}`
  return drawPage({ language, title, body })
}

/** The same above a form that was not taken. */
export function troubleNotice(language: Language, trouble: Trouble): Html {
  const { title, advice } = wordsFor(language, trouble)
  return html`<div class="fault" role="alert"><p><strong>${title}</strong></p>
<p>${advice}</p>
${faultList(language, trouble)}</div>`
}

function wordsFor(language: Language, { code, title }: Trouble): Notice {
  const words = wordsIn(language)
  if (code === 'invalid') return { title: words.pleaseCorrect, advice: words.notSaved }
  return words.troubles[code] ?? { title, advice: words.notSaved }
}

function faultList(language: Language, { errors }: Trouble): Html | undefined {
  const { fields, colon } = wordsIn(language)
  if (errors.length === 0) return undefined
  const items = errors.map(({ path, message }) => {
    const [member = ''] = path.split('/').slice(1)
    return html`<li>${Object.hasOwn(fields, member) ? fields[member] : member}${colon} ${message}</li>`
  })
  return html`<ul>${items}</ul>`
}
