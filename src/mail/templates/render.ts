import { typeset } from '../../markup/typeset.ts'
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
  const plain = { subject, title, parts, language, sender, copyLink: letters.copyLink }
  const letterhead = { ...plain, footer: letters.footer(sender) }
  const finished = language === 'fr' ? setFrench(letterhead) : letterhead
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

/** What others wrote and addresses stay as they are. */
function setFrench(letter: Finished): Finished {
  const { subject, title, parts, copyLink, footer } = letter
  return {
    ...letter,
    ...typeset({ subject, title, copyLink, footer }),
    parts: parts.map((part) => (typeof part === 'string' || 'heading' in part ? typeset(part) : part)),
  }
}

function assertLink(part: Letter['parts'][number]): void {
  if (typeof part === 'string') return
  const url = 'image' in part ? part.image : 'url' in part ? part.url : undefined
  if (url !== undefined && !/^https?:\/\/[^\s<>"]+$/.test(url)) {
    throw new Error('A link of a mail is not http(s)')
  }
}
