/** Markup that is safe to send: whatever was filled into it is escaped. `html` alone makes it. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }
}

type Content = string | number | Html | undefined | false | readonly Content[]

/** A template: text that is filled in is escaped, for elements and for quoted attributes; nothing stays nothing. */
export function html(fixed: TemplateStringsArray, ...values: Content[]): Html {
  return new Html(fixed.map((part, i) => part + markupOf(values[i])).join(''))
}

function markupOf(content: Content): string {
  if (content === undefined || content === false) return ''
  if (content instanceof Html) return content.markup
  if (typeof content === 'object') return content.map(markupOf).join('')
  return String(content).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
