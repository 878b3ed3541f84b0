import { type Html, html } from '../../markup/html.ts'
import { drawPage, type Page } from '../../markup/layout.ts'
import type { Language } from '../../messages.ts'
import type { Attestation } from '../present-attestation.ts'
import { type Trouble, troubleNotice } from './trouble.ts'
import { type Words, wordsIn } from './words.ts'

const ANSWERS = ['confirmed', 'contested'] as const
type Answer = (typeof ANSWERS)[number]

/** What the page of an accompanying professional shows. */
export interface AttestationView {
  readonly attestation: Attestation
  /** Of the professional, as it will stand in the credential. */
  readonly referentName: string | undefined
  readonly image: string | null
  readonly criteria: readonly string[]
  /** The path of the page. */
  readonly path: string
}

/**
 * Asks the accompanying professional to confirm or contest, by one click.
 * @param options.chosen the answer that the link in the mail suggests
 * @param options.filled what was in the form when it was not taken, and why it was not
 */
export function attestationPage(
  language: Language,
  { attestation, referentName, image, criteria, path }: AttestationView,
  { chosen, filled, trouble }: { chosen?: string; filled?: ReadonlyMap<string, string>; trouble?: Trouble },
): Page {
  const words = wordsIn(language)
  const { badge, applicant, structure, issuer, answer } = attestation
  const sentence = filled?.get('sentence') ?? answer?.sentence
  const body = html`${trouble && troubleNotice(language, trouble)}
<p>${words.asksFor(applicant || words.someone, badge.name, structure)}</p>
<h2>${words.whatItRecognises}</h2>
<p>${badge.description}</p>
${criteria.length > 0 && html`<ul>${criteria.map((criterion) => html`<li>${criterion}</li>`)}</ul>`}
${answer && html`<p class="note">${words.answerSoFar(answer.answer)} ${words.canChange}</p>`}
<form method="post" action="${path}">
<label for="sentence">${words.yourSentence}</label>
<p class="soft" id="sentence-help">${words.sentenceHelp}</p>
<textarea id="sentence" name="sentence" rows="3" maxlength="1000" aria-describedby="sentence-help">
${sentence}</textarea>
<div class="note"><p>${words.goesIntoCredential(referentName)}</p>
<p>${words.whoReads} ${!answer && words.canChange}</p></div>
${ANSWERS.map((value) => answerButton(words, value, chosen ?? answer?.answer))}
</form>`
  return drawPage({ language, title: words.canYouConfirm, sender: issuer.name, image, body })
}

function answerButton(words: Words, value: Answer, chosen: string | undefined): Html {
  const label = value === 'confirmed' ? words.confirm : words.contest
  return html`<button type="submit" name="answer" value="${value}"${value === chosen && html` class="chosen"`}>${label}</button>
`
}

/** Thanks for the answer, and says how to change it. */
export function attestationThanks(
  language: Language,
  { attestation, image, path }: Pick<AttestationView, 'attestation' | 'image' | 'path'>,
): Page {
  const words = wordsIn(language)
  const { badge, applicant, issuer, answer } = attestation
  const said = answer?.answer === 'confirmed' ? words.youConfirmed : words.youContested
  const body = html`<p>${said(applicant || words.someone, badge.name)}</p>
${answer?.sentence !== undefined && html`<blockquote>${answer.sentence}</blockquote>`}
<p>${words.canChange} ${words.closePage}</p>
<a class="button" href="${path}">${words.changeAnswer}</a>`
  return drawPage({ language, title: words.thanks, sender: issuer.name, image, body })
}
