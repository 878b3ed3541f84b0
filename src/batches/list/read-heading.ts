import { parse } from 'csv-parse/sync'
import { Invalid } from '../../errors.ts'
import { legible, trimmed } from './build-row.ts'
import { assertHeadingLengths, distinctHeadings, mapColumns, namesRecipient } from './columns.ts'
import { LIMITS } from './limits.ts'
import type { ListColumn } from './list-row.ts'

/** The first one wins where they are equal: the one that French spreadsheets write. */
const DELIMITERS = [';', ',', '\t']

/** What spreadsheets and people write: all line ends, quotes inside a cell, rows of any length. */
export const CSV_OPTIONS: { record_delimiter: string[]; relax_quotes: true; relax_column_count: true } = {
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_quotes: true,
  relax_column_count: true,
}

/** Excel's own first line, which names the delimiter of those that follow. */
const SEPARATOR_LINE = /^sep=([;,\t])(\r\n|\n|\r)/i

export interface Heading {
  readonly columns: ListColumn[]
  readonly delimiter: string
  /** How many records there are up to and with the heading. */
  readonly records: number
}

/**
 * Finds the line of headings, and the delimiter that makes the most sense of it.
 * @param start the first `LIMITS.rowBytes` bytes of the file, as text
 * @throws Invalid when there are no headings, or none that names the recipient
 */
export function readHeading(start: string): Heading {
  const separator = SEPARATOR_LINE.exec(start)
  const { text, lines } = firstLine(start.slice(separator?.[0].length ?? 0))
  const candidates = (separator ? [separator[1]!] : DELIMITERS).map((delimiter) => {
    const columns = mapColumns(headingsOf(text, delimiter))
    return { delimiter, columns, known: columns.filter(({ field }) => field !== null).length }
  })
  const best = candidates.reduce((a, b) =>
    b.known > a.known || (b.known === a.known && b.columns.length > a.columns.length) ? b : a,
  )
  assertHeadings(best.columns)
  return { columns: best.columns, delimiter: best.delimiter, records: lines + (separator ? 1 : 0) }
}

/** The first line that says something, and how many lines there are with it. */
function firstLine(start: string): { text: string; lines: number } {
  let quoted = false
  let from = 0
  let lines = 0
  for (let i = 0; i <= start.length; i++) {
    const char = start[i]
    if (char === '"') quoted = !quoted
    if (char !== undefined && (quoted || (char !== '\n' && char !== '\r'))) continue
    lines++
    const text = start.slice(from, i)
    if (/[^\s;,"]/.test(text)) return { text, lines }
    if (char === '\r' && start[i + 1] === '\n') i++
    from = i + 1
  }
  throw new Invalid({ path: '', code: 'list-no-heading' })
}

function headingsOf(text: string, delimiter: string): string[] {
  const cells = parseFirst(text, delimiter)
  while (cells.length > 0 && trimmed(cells.at(-1)!) === '') cells.pop()
  // One more than there may be is enough to refuse them.
  return distinctHeadings(cells.slice(0, LIMITS.columns + 1).map((cell) => legible(trimmed(cell))))
}

function parseFirst(text: string, delimiter: string): string[] {
  try {
    const [cells = []] = parse(text, { delimiter, to: 1, ...CSV_OPTIONS })
    return cells
  } catch {
    throw new Invalid({ path: '', code: 'list-quote', params: { line: 1 } })
  }
}

function assertHeadings(columns: readonly ListColumn[]): void {
  const { columns: max } = LIMITS
  if (columns.length > max) throw new Invalid({ path: '', code: 'list-too-many-columns', params: { max } })
  assertHeadingLengths(columns.map(({ heading }) => heading))
  if (columns.some(({ heading }) => /\S@\S/.test(heading))) {
    throw new Invalid({ path: '', code: 'list-no-heading' })
  }
  assertRecipientColumn(columns)
}

/** @throws Invalid that tells the headings that there are */
export function assertRecipientColumn(columns: readonly ListColumn[]): void {
  if (namesRecipient(columns)) return
  const headings = columns
    .map(({ heading }) => heading)
    .join(', ')
    .slice(0, 500)
  throw new Invalid({ path: '', code: 'list-no-recipient', params: { headings } })
}
