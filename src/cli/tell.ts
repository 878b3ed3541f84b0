import { type Language, say, type Text } from '../messages.ts'
import type { Batch, Page, Row } from './api.ts'
import type { Client } from './client.ts'
import { FIELDS, STATES, TOLD } from './messages.ts'
import { harmless, type Terminal } from './terminal.ts'

/** So many rows of each kind are named; all of them are in the report. */
const NAMED = 50

type State = keyof typeof STATES

/** States of rows that should have a badge and have none. */
const UNDONE = ['invalid', 'failed', 'cancelled', 'revoked'] as const

/** How many rows of a batch that is over are left without their badge. */
export function undone({ counts }: Batch): number {
  return UNDONE.reduce((sum, state) => sum + counts[state], 0)
}

/** Tells how the list was understood, and which rows have a problem. */
export async function tellCheck(client: Client, terminal: Terminal, batch: Batch): Promise<void> {
  tellColumns(terminal, batch)
  tellCounts(terminal, batch)
  await tellRows(client, terminal, batch, ['invalid', 'duplicate'])
  const doubtful = (batch.problems ?? []).filter((row) => row.state === 'ready')
  for (const row of doubtful) tellRow(terminal, batch, row)
}

/** Tells what was issued, and names the rows that were not. */
export async function tellResult(client: Client, terminal: Terminal, batch: Batch): Promise<void> {
  const { counts } = batch
  if (counts.issued > 0) tellCounts(terminal, batch)
  if (undone(batch) === 0) {
    const text = counts.issued > 0 ? TOLD.everyone : TOLD['everyone-before']
    return terminal.line(terminal.paint('green', say(text, terminal.language)))
  }
  // Nothing was committed, so the rows were named just now.
  if (batch.status === 'checked') return terminal.tell(TOLD['nothing-ready'])
  terminal.line(label(TOLD['not-issued'], terminal.language))
  await tellRows(client, terminal, batch, UNDONE)
}

/** What is told of a batch that has stopped for a while. */
export function tellPause({ language, complain, paint }: Terminal, { pauseReason }: Batch): void {
  if (!pauseReason) return
  const why = harmless(pauseReason.message)
  complain(paint('yellow', say(TOLD.paused, language, { why })))
}

export function tellCounts({ language, line }: Terminal, { counts }: Batch): void {
  const number = new Intl.NumberFormat(language)
  const states = Object.entries(STATES).filter(([state]) => counts[state as State] > 0)
  const parts = states.map(
    ([state, text]) => `${label(text, language)} ${number.format(counts[state as State])}`,
  )
  line([`${label(TOLD.total, language)} ${number.format(counts.total)}`, ...parts].join(' · '))
}

function tellColumns({ language, line }: Terminal, { columns }: Batch): void {
  const mapped: string[] = []
  const own: string[] = []
  for (const { heading, field } of columns) {
    const name = harmless(heading)
    if (field === null) own.push(name)
    else mapped.push(`${name} → ${FIELDS[field] ? say(FIELDS[field], language) : field}`)
  }
  line(`${label(TOLD.columns, language)} ${mapped.join(' · ')}`)
  if (own.length > 0) line(`  ${label(TOLD.own, language)} ${own.join(' · ')}`)
}

async function tellRows(
  client: Client,
  terminal: Terminal,
  batch: Batch,
  states: readonly State[],
): Promise<void> {
  for (const state of states) {
    if (batch.counts[state] === 0) continue
    const path = `/v1/batches/${batch.id}/rows?state=${state}&limit=${NAMED}`
    const { items } = await client.ask<Page<Row>>('GET', path)
    for (const row of items) tellRow(terminal, batch, row)
    const count = batch.counts[state] - items.length
    if (count > 0) terminal.line(`  ${say(TOLD.more, terminal.language, { count })}`)
  }
}

function tellRow({ language, line, paint }: Terminal, { columns }: Batch, row: Row): void {
  const cell = (field: string) => row.columns[columns.find((column) => column.field === field)?.heading ?? '']
  const name = ['firstName', 'lastName', 'name'].map(cell).filter(Boolean).join(' ')
  const place = say(TOLD.line, language, { line: row.line })
  const who = [place, name, ...['email', 'did', 'identifier'].map(cell)].filter(Boolean).join(', ')
  const { reason, suggestion } = row
  const advice = suggestion ? `(${say(TOLD.suggestion, language, { address: suggestion })})` : ''
  const why = [reason?.message, advice].filter(Boolean).join(' ')
  line(paint('yellow', `  ${harmless(why ? `${colon(who, language)} ${why}` : who)}`))
}

function label(text: Text, language: Language): string {
  return colon(say(text, language), language)
}

/** French sets a space before it, at which the line must not break. */
function colon(text: string, language: Language): string {
  return language === 'fr' ? `${text}\u00a0:` : `${text}:`
}
