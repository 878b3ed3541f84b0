import { html } from '../../markup/html.ts'
import { drawPage, type Page } from '../../markup/layout.ts'
import type { Notice } from '../../markup/usual-troubles.ts'
import type { Language } from '../../messages.ts'
import type { ReviewView } from './review.ts'
import { type Words, wordsIn } from './words.ts'

/** Tells a reviewer what the answer led to. */
export function reviewDonePage(
  language: Language,
  { request, issuer, image }: Pick<ReviewView, 'request' | 'issuer' | 'image'>,
): Page {
  const words = wordsIn(language)
  const { title, advice } = outcomeIn(words, request.state)
  const body = html`<p>${advice}</p>
<p>${words.closePage}</p>`
  return drawPage({ language, title, sender: issuer, image, body })
}

/** A request that was accepted and still is submitted waits for more reviewers. */
function outcomeIn(words: Words, state: ReviewView['request']['state']): Notice {
  if (state === 'accepted' || state === 'returned' || state === 'rejected') return words[state]
  return words.approved
}
