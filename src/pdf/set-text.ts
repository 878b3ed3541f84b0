import type { Font, Pdf } from './document.ts'
import type { Block } from './markdown.ts'

/** A line as it will stand: pieces with their places, relative to the text's left. */
interface SetLine {
  /** White space above, as a part of the size of type. */
  readonly gap: number
  readonly words: readonly { readonly x: number; readonly text: string; readonly font: Font }[]
}

/** A text in lines. */
export interface SetText {
  readonly size: number
  readonly lines: readonly SetLine[]
  readonly height: number
}

interface Box {
  readonly width: number
  readonly height: number
  /** Sizes of type to try, the largest first. */
  readonly sizes: readonly number[]
}

const LEADING = 1.42

/** Coloured pictures, of which the fonts have none. */
const EMOJI = /[\u{1f000}-\u{1faff}]|\u{fe0f}|\u{200d}|\u{20e3}/gu

/** Sets a text as large as the box allows; what does not fit at the smallest size ends with an ellipsis. */
export function setText(pdf: Pdf, blocks: readonly Block[], { width, height, sizes }: Box): SetText {
  const fitting = (size: number): SetText => {
    const lines = blocks.flatMap((block, i) => setBlock(pdf, block, { size, width, isFirst: i === 0 }))
    return { size, lines, height: heightOf(lines, size) }
  }
  for (const size of sizes) {
    const set = fitting(size)
    if (set.height <= height) return set
  }
  return shorten(pdf, fitting(sizes.at(-1)!), { width, height })
}

/** Draws it, its upper left corner at this point, or each line in the middle of `centredIn` points. */
export function drawText(
  pdf: Pdf,
  { size, lines }: SetText,
  at: { x: number; y: number; colour: string; centredIn?: number },
): void {
  pdf.fillColor(at.colour)
  let y = at.y
  for (const { gap, words } of lines) {
    y += gap * size
    const last = words.at(-1)
    const wide = last ? last.x + widthOf(pdf, last.text, last.font, size) : 0
    const left = at.x + (at.centredIn === undefined ? 0 : (at.centredIn - wide) / 2)
    for (const { x, text, font } of words) {
      pdf.font(font, size).text(text, left + x, y, { lineBreak: false })
    }
    y += size * LEADING
  }
}

/** A text of one style as a block. */
export function plain(text: string, font: 'regular' | 'bold' = 'regular'): Block[] {
  return [{ kind: 'paragraph', level: 0, runs: [{ text, font }] }]
}

function widthOf(pdf: Pdf, text: string, font: Font, size: number): number {
  return pdf.font(font, size).widthOfString(text)
}

function heightOf(lines: readonly SetLine[], size: number): number {
  return lines.reduce((sum, { gap }) => sum + gap * size + size * LEADING, 0)
}

function setBlock(
  pdf: Pdf,
  block: Block,
  { size, width, isFirst }: { size: number; width: number; isFirst: boolean },
): SetLine[] {
  const ofMark = block.mark === '•' ? 1.25 : 2
  const indent = block.kind === 'item' ? size * (ofMark + 1.1 * block.level) : 0
  const gap = isFirst ? 0 : block.kind === 'item' ? 0.22 : 0.5
  const lines: { gap: number; words: SetLine['words'][number][] }[] = []
  let x = Number.POSITIVE_INFINITY
  for (const { text, font } of block.runs) {
    for (const part of text.replace(EMOJI, '').match(/[^\S\u00a0\u202f]+|(?:\S|[\u00a0\u202f])+/g) ?? []) {
      const isSpace = part.trim() === ''
      for (const word of isSpace ? [' '] : piecesOf(pdf, part, { font, size, width: width - indent })) {
        const wide = widthOf(pdf, word, font, size)
        if (isSpace && (lines.length === 0 || x + wide > width)) continue
        if (x + (isSpace ? 0 : wide) > width) {
          lines.push({ gap: lines.length === 0 ? gap : 0, words: [] })
          x = indent
        }
        if (!isSpace) lines.at(-1)!.words.push({ x, text: word, font })
        x += wide
      }
    }
  }
  if (block.mark !== undefined && lines[0]) {
    const x = indent - size * 0.5 - widthOf(pdf, block.mark, 'regular', size)
    lines[0].words.unshift({ x, text: block.mark, font: 'regular' })
  }
  return lines
}

/** A word that no line can hold, such as an address, goes on in the next line: at a slash, or anywhere. */
function piecesOf(
  pdf: Pdf,
  word: string,
  { font, size, width }: { font: Font; size: number; width: number },
): string[] {
  const fits = (text: string) => widthOf(pdf, text, font, size) <= width
  if (fits(word)) return [word]
  return word.split(/(?<=[/?&=])/).flatMap((part) => {
    if (fits(part)) return [part]
    const pieces = ['']
    for (const character of part) {
      const longer = pieces.at(-1)! + character
      if (fits(longer)) pieces[pieces.length - 1] = longer
      else pieces.push(character)
    }
    return pieces.filter((piece) => piece !== '')
  })
}

function shorten(pdf: Pdf, { size, lines }: SetText, { width, height }: Omit<Box, 'sizes'>): SetText {
  const kept: SetLine[] = []
  for (const line of lines) {
    if (heightOf([...kept, line], size) > height) break
    kept.push(line)
  }
  const last = kept.pop()
  if (!last) return { size, lines: [], height: 0 }
  const words = [...last.words]
  let end = words.pop()
  while (end && words.length > 0 && end.x + widthOf(pdf, `${end.text} …`, end.font, size) > width)
    end = words.pop()
  if (end) words.push({ ...end, text: `${end.text.replace(/[\s,;:.…]+$/, '')} …` })
  const shortened = [...kept, { ...last, words }]
  return { size, lines: shortened, height: heightOf(shortened, size) }
}
