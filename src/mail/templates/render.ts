import type { Language } from '../../messages.ts'
import { oneLine } from '../one-line.ts'
import { ENGLISH } from './english.ts'
import { FRENCH } from './french.ts'
import { drawHtml } from './html.ts'
import type { Letter, Letters, TemplateName, TemplateValues } from './letter.ts'
import { drawText } from './text.ts'

const LETTERS: Record<Language, Letters> = { fr: FRENCH, en: ENGLISH }

/** No value is longer in what we take: this is a bound, not a rule. */
const LINE_LENGTH = 2048
const REASON_LENGTH = 10_000

export interface Rendered {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** A letter that is ready to be drawn. */
export interface Finished extends Letter {
  readonly language: Language
  readonly sender: string
  readonly copyLink: string
  readonly footer: string
}

/**
 * Fills a template.
 * @param letter.values as the template's own type says
 * @param letter.sender the name of the issuer
 * @throws when a link is not http(s): nothing of ours makes such a one
 */
export function renderMail<T extends TemplateName>(letter: {
  template: T
  values: TemplateValues[T]
  language: Language
  sender: string
}): Rendered {
  const { language } = letter
  const letters = LETTERS[language]
  const sender = oneLine(letter.sender, LINE_LENGTH)
  const { subject, title, parts } = letters.templates[letter.template](clean(letter.values), sender)
  const finished = typeset({
    subject,
    title,
    parts,
    language,
    sender,
    copyLink: letters.copyLink,
    footer: letters.footer(sender),
  })
  for (const part of parts) assertLink(part)
  return { subject: finished.subject, text: drawText(finished), html: drawHtml(finished) }
}

/** Each value is one line; a reason keeps its lines. */
function clean<V extends object>(values: V): V {
  const lines = (text: string) =>
    text
      .slice(0, REASON_LENGTH)
      .split(/\r\n|[\r\n\u2028\u2029]/)
      .map((line) => oneLine(line, REASON_LENGTH))
      .join('\n')
  const entries = Object.entries(values as Record<string, string>).map(([name, value]) => [
    name,
    name === 'reason' ? lines(value) : oneLine(value, LINE_LENGTH),
  ])
  return Object.fromEntries(entries) as V
}

/** French keeps a space before some signs, at which no line may break. */
function typeset(letter: Finished): Finished {
  if (letter.language !== 'fr') return letter
  const set = (text: string) => text.replace(/ ([:;!?»])/g, '\u00a0$1').replaceAll('« ', '«\u00a0')
  const { subject, title, parts, copyLink, footer } = letter
  return {
    ...letter,
    subject: set(subject),
    title: set(title),
    parts: parts.map((part) => (typeof part === 'string' ? set(part) : part)),
    copyLink: set(copyLink),
    footer: set(footer),
  }
}

function assertLink(part: Letter['parts'][number]): void {
  if (typeof part === 'string' || 'quote' in part) return
  const url = 'button' in part ? part.url : part.image
  if (!/^https?:\/\/[^\s<>"]+$/.test(url)) throw new Error('A link of a mail is not http(s)')
}
