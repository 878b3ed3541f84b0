import { type Html, html } from '../../../markup/html.ts'
import { drawPage, type Page } from '../../../markup/layout.ts'
import { type Notice, USUAL_TROUBLES } from '../../../markup/usual-troubles.ts'
import type { Language } from '../../../messages.ts'
import type { LiveClaim } from '../live-claim.ts'
import { type Words, wordsIn } from './words.ts'

/** A claim by whose link nobody collects any more, and whether its person can have another one sent. */
export interface EndedView {
  readonly live: LiveClaim
  readonly code: 'claim-expired' | 'claim-withdrawn' | 'claim-revoked'
  readonly badge: string
  /** A file of /images. */
  readonly image: string | null
  readonly isRenewable: boolean
}

/** Says why the link no longer works, and by one large button or a name how to get another. */
export function endedPage(language: Language, view: EndedView): Page {
  const words = wordsIn(language)
  const { live, code, image } = view
  const { title, advice } = noticeOf(words, view)
  const body = html`<p>${advice}</p>
${code === 'claim-revoked' ? ask(words, live, words.askWhy) : wayBack(words, view)}`
  return drawPage({ language, title, sender: live.issuer.name, image, body })
}

/** A new link was sent. */
export function renewedPage(language: Language, { live, image }: Pick<EndedView, 'live' | 'image'>): Page {
  const words = wordsIn(language)
  const { title, advice } = words.sent(live.issuer.name)
  const body = html`<p>${advice}</p>
${askElse(live, words.notArrived)}`
  return drawPage({ language, title, sender: live.issuer.name, image, body })
}

/** Whatever else stands in the way of a reader of whom nothing is known. */
export function claimTroublePage(language: Language, { code, title }: { code: string; title: string }): Page {
  const { notFound, fallback } = wordsIn(language)
  const known = code === 'not-found' ? notFound : USUAL_TROUBLES[language][code]
  const notice = known ?? { title, advice: fallback }
  return drawPage({ language, title: notice.title, body: html`<p>${notice.advice}</p>` })
}

function noticeOf(words: Words, { live, code, badge }: EndedView): Notice {
  if (code === 'claim-revoked') return words.revoked(badge)
  if (code === 'claim-expired') return { title: words.expired, advice: words.stillYours(badge) }
  return live.claim.withdrawal === 'wrong-codes' ? words.wrongCodes : words.withdrawn
}

function wayBack(words: Words, { live, isRenewable }: EndedView): Html {
  const { claim } = live
  if (!isRenewable) {
    return html`${claim.renewedAt !== null && html`<p class="note">${words.alreadySent}</p>`}
${ask(words, live, words.askForNew)}`
  }
  return html`<p>${words.canSendNew}</p>
<form method="post" action="/interactions/${claim.id}/renew">
<button type="submit" class="chosen">${words.sendNew}</button>
</form>
${askElse(live, words.notYourAddress)}`
}

/** Whom to ask where there is nothing else to do. */
function ask(words: Words, { issuer }: LiveClaim, say: (issuer: string) => string): Html {
  const { name, email, url } = issuer
  return html`<p>${say(name)}</p>
${
  email === null
    ? html`<a class="button" href="${url}">${words.website}</a>`
    : html`<a class="button" href="${mailto(email)}">${words.contact(name)}<br>${email}</a>`
}`
}

/** Whom to ask if the first thing does not help. */
function askElse({ issuer }: LiveClaim, say: (issuer: string) => string): Html {
  const { name, email } = issuer
  return html`<p class="soft">${say(name)}${email !== null && html` <a href="${mailto(email)}">${email}</a>`}</p>`
}

function mailto(email: string): string {
  return `mailto:${encodeURIComponent(email).replace('%40', '@')}`
}
