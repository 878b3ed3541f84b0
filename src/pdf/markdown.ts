/** A piece of text in one style. */
interface Run {
  readonly text: string
  readonly font: 'regular' | 'bold' | 'italic'
}

/** A paragraph, or an item of a list with its mark. */
export interface Block {
  readonly kind: 'paragraph' | 'heading' | 'item'
  /** What stands before an item. */
  readonly mark?: string
  /** How deep an item lies: 0 or 1. */
  readonly level: number
  readonly runs: readonly Run[]
}

const HEADING = /^ {0,3}#{1,6}\s+(.*?)\s*#*$/
const ITEM = /^(\s*)(?:[-*+•]|(\d{1,3})[.)])\s+(.*)$/

/** Reads the Markdown that people write in criteria: paragraphs, headings, lists, bold, italic and links. */
export function readMarkdown(text: string): Block[] {
  const blocks: { kind: Block['kind']; mark?: string; level: number; text: string }[] = []
  let isOpen = false
  for (const line of text.split(/\r\n?|\n/)) {
    const [, heading] = HEADING.exec(line) ?? []
    const [, indent, number, item] = ITEM.exec(line) ?? []
    if (line.trim() === '' || /^ {0,3}([-*_])( *\1){2,} *$/.test(line)) isOpen = false
    else if (heading !== undefined) {
      blocks.push({ kind: 'heading', level: 0, text: heading })
      isOpen = false
    } else if (item !== undefined) {
      const mark = number === undefined ? '•' : `${number}.`
      blocks.push({ kind: 'item', mark, level: indent!.length >= 2 ? 1 : 0, text: item })
      isOpen = true
    } else if (isOpen) {
      blocks.at(-1)!.text += ` ${line.trim()}`
    } else {
      blocks.push({ kind: 'paragraph', level: 0, text: line.trim().replace(/^>\s*/, '') })
      isOpen = true
    }
  }
  return blocks.map(({ text, ...block }) => ({
    ...block,
    runs: readRuns(text, block.kind === 'heading' ? 'bold' : 'regular'),
  }))
}

const INLINE = /(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])([*_])(?=\S)(.+?)(?<=\S)\3(?![\w*])|`([^`]+)`/g

function readRuns(source: string, plain: Run['font']): Run[] {
  const text = source
    .replace(/!?\[([^\]]*)\]\([^)\s]*\)/g, '$1')
    .replace(/<(https?:[^>\s]+)>/g, '$1')
    .replace(/<\/?[a-zA-Z][^>]{0,100}>/g, '')
  const runs: Run[] = []
  let at = 0
  for (const match of text.matchAll(INLINE)) {
    runs.push({ text: withoutEscapes(text.slice(at, match.index)), font: plain })
    const [whole, , bold, , italic, code] = match
    if (bold !== undefined) runs.push({ text: withoutEscapes(bold), font: 'bold' })
    else if (italic !== undefined) runs.push({ text: withoutEscapes(italic), font: 'italic' })
    else runs.push({ text: code!, font: plain })
    at = match.index + whole.length
  }
  runs.push({ text: withoutEscapes(text.slice(at)), font: plain })
  return runs.filter((run) => run.text !== '')
}

function withoutEscapes(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1')
}
