import type { Part } from './letter.ts'
import type { Finished } from './render.ts'

/** A letter as plain text: paragraphs, and each link on a line of its own. */
export function drawText({ title, parts, sender, footer }: Finished): string {
  const drawn = parts.map(drawPart).filter((part) => part !== '')
  // Two dashes and a space begin what stands below a mail (RFC 3676, section 4.3).
  return `${[title, ...drawn].join('\n\n')}\n\n-- \n${sender}\n${footer}\n`
}

function drawPart(part: Part): string {
  if (typeof part === 'string') return part
  if ('heading' in part) return part.heading.toUpperCase()
  if ('quote' in part) return part.quote.replace(/^/gm, '> ')
  if ('code' in part) return part.code
  // A picture says nothing that the text does not.
  if ('image' in part) return ''
  return `→ ${'button' in part ? part.button : part.link}\n${part.url}`
}
