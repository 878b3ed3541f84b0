import { type Language, say } from '../messages.ts'
import type { Batch, Row } from './api.ts'
import { TOLD } from './messages.ts'
import type { ProblemRows } from './problem-rows.ts'
import { colon, harmless, type Terminal } from './terminal.ts'

const INDENT = '  '

/** Names rows in the order of their lines, then says of each kind how many more there are. */
export function tellRows(terminal: Terminal, { columns }: Batch, found: readonly ProblemRows[]): void {
  const { language, line, paint } = terminal
  const rows = found.flatMap(({ rows }) => rows).sort((one, other) => one.line - other.line)
  for (const row of rows)
    line(paint('yellow', fit(terminal, whoOf(row, columns, language), whyOf(row, language))))
  const number = new Intl.NumberFormat(language)
  for (const { kind, rows, count } of found) {
    if (count === rows.length) continue
    const params = { count: number.format(count - rows.length), kind: say(kind, language) }
    line(INDENT + say(TOLD.more, language, params))
  }
}

function whoOf(row: Row, columns: Batch['columns'], language: Language): string {
  const cell = (field: string) =>
    harmless(row.columns[columns.find((column) => column.field === field)?.heading ?? ''] ?? '').trim()
  const name = ['firstName', 'lastName', 'name'].map(cell).filter(Boolean).join(' ')
  const place = say(TOLD.line, language, { line: row.line })
  return [place, name, ...['email', 'did', 'identifier'].map(cell)].filter(Boolean).join(', ')
}

function whyOf({ state, reason, suggestion }: Row, language: Language): string {
  const why = reason?.message ?? ''
  const text = state === 'ready' ? TOLD['issued-as-written'] : why ? TOLD['wrong-perhaps'] : TOLD.perhaps
  return harmless(suggestion === undefined ? why : say(text, language, { why, address: suggestion }))
}

/** On one line where it fits; on a terminal that is too narrow, who and then why, broken between words. */
function fit({ language, width }: Terminal, who: string, why: string): string {
  const whole = INDENT + (why ? `${colon(who, language)} ${why}` : who)
  if (whole.length <= width || !why) return whole
  const lines = [INDENT + colon(who, language)]
  let last = INDENT.repeat(2)
  for (const word of why.split(' ')) {
    const isFirst = last.trim() === ''
    if (!isFirst && last.length + 1 + word.length > width) {
      lines.push(last)
      last = INDENT.repeat(2) + word
    } else last += isFirst ? word : ` ${word}`
  }
  return [...lines, last].join('\n')
}
