import { type Language, say, type Text } from '../messages.ts'
import type { Batch } from './api.ts'
import type { Client } from './client.ts'
import { FAULTY, FIELDS, HOLDERS, STATES, TOLD } from './messages.ts'
import { findDoubtful, findRows } from './problem-rows.ts'
import { tellRows } from './tell-rows.ts'
import { colon, harmless, type Terminal } from './terminal.ts'

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
  const doubtful = await findDoubtful(client, batch)
  tellCounts(terminal, batch, doubtful.count)
  tellRows(terminal, batch, [...(await findRows(client, batch, ['invalid', 'duplicate'])), doubtful])
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
  if (batch.status === 'checked') return tellNothingReady(terminal, batch)
  terminal.line(label(TOLD['not-issued'], terminal.language))
  tellRows(terminal, batch, await findRows(client, batch, UNDONE))
}

function tellNothingReady({ language, tell }: Terminal, { counts }: Batch): void {
  const held = counts['already-awarded']
  const holders = counted(HOLDERS, held, language)
  const faulty = counted(FAULTY, counts.invalid, language)
  tell(TOLD[held > 0 ? 'nothing-new' : 'nothing-ready'], { holders, faulty })
}

function counted(texts: Record<'one' | 'other', Text>, count: number, language: Language): string {
  const isOne = new Intl.PluralRules(language).select(count) === 'one'
  const number = new Intl.NumberFormat(language).format(count)
  return say(texts[isOne ? 'one' : 'other'], language, { count: number })
}

/** What is told of a batch that has stopped for a while. */
export function tellPause({ language, complain, paint }: Terminal, { pauseReason }: Batch): void {
  if (!pauseReason) return
  const why = harmless(pauseReason.message)
  complain(paint('yellow', say(TOLD.paused, language, { why })))
}

export function tellCounts({ language, line }: Terminal, { counts }: Batch, doubtful = 0): void {
  const number = new Intl.NumberFormat(language)
  const states = Object.entries(STATES).filter(([state]) => counts[state as State] > 0)
  const parts = states.map(([state, text]) => {
    const part = `${label(text, language)} ${number.format(counts[state as State])}`
    if (state !== 'ready' || doubtful === 0) return part
    return `${part}, ${say(TOLD['of-them-doubtful'], language, { count: number.format(doubtful) })}`
  })
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

function label(text: Text, language: Language): string {
  return colon(say(text, language), language)
}
