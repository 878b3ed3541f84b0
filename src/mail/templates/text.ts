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
  if ('quote' in part) return part.quote.replace(/^/gm, '> ')
  // A picture says nothing that the text does not.
  return 'button' in part ? `→ ${part.button}\n${part.url}` : ''
}
