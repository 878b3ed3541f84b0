import { Invalid } from '../../errors.ts'
import { LIMITS } from './limits.ts'
import type { ListColumn, ListRow, RowFault, RowFields } from './list-row.ts'

/** What neither PostgreSQL nor a reader can take; tab and line ends are text. */
const UNREADABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}/u

/** White space, and the marks without width that are copied along with an address. */
const EDGE = /[\s\u00ad\u200b-\u200f\u2060]/

/**
 * A row of cells as what it says.
 * @param fault what is known already to be wrong with it
 * @throws Invalid when a cell is longer than any cell of a list may be
 */
export function buildRow(
  line: number,
  raw: readonly string[],
  columns: readonly ListColumn[],
  fault?: RowFault,
): ListRow {
  let found = fault
  const cells: string[] = []
  for (const [i, column] of columns.entries()) {
    const text = raw[i] ?? ''
    if (text.length > LIMITS.cellLength) throw cellTooLong(line)
    const unreadable = UNREADABLE.test(text)
    if (unreadable) found ??= { code: 'row-text', params: { column: column.heading } }
    cells.push(unreadable ? legible(text) : text.normalize('NFC'))
  }
  return { line, cells, fields: fieldsOf(cells, columns), ...(found ? { fault: found } : {}) }
}

/** The text with U+FFFD for what it may not hold. */
export function legible(text: string): string {
  return text.replace(new RegExp(UNREADABLE, 'gu'), '\ufffd').normalize('NFC')
}

/** Without white space around it. */
export function trimmed(text: string): string {
  // Character by character: a pattern that looks for the end begins anew at every space.
  let start = 0
  let end = text.length
  while (start < end && EDGE.test(text[start]!)) start++
  while (end > start && EDGE.test(text[end - 1]!)) end--
  return text.slice(start, end)
}

function fieldsOf(cells: readonly string[], columns: readonly ListColumn[]): RowFields {
  const fields: RowFields = {}
  let firstName = ''
  let lastName = ''
  for (let i = 0; i < columns.length; i++) {
    const { field } = columns[i]!
    if (field === null) continue
    const text = trimmed(cells[i]!)
    if (text === '') continue
    if (field === 'firstName') firstName = text
    else if (field === 'lastName') lastName = text
    else fields[field] = text
  }
  const name = fields.name ?? `${firstName} ${lastName}`
  const oneLine = name.replace(/\s+/g, ' ').trim()
  if (oneLine !== '') fields.name = oneLine
  return fields
}

function cellTooLong(line: number): Invalid {
  return new Invalid({ path: '', code: 'list-cell-too-long', params: { line, max: LIMITS.cellLength } })
}
