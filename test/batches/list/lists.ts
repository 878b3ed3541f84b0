import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { checkRow } from '../../../src/batches/list/check-row.ts'
import { readList } from '../../../src/batches/list/read-list.ts'
import { CallerError } from '../../../src/errors.ts'
import { FAULTS, say } from '../../../src/messages.ts'

export const NOW = new Date('2026-10-16T15:00:00Z')

type Content = string | Uint8Array

/** A file of one test. */
export function fileOf(t: Test, content: Content, ending = 'csv'): string {
  const path = join(t.testdir({}), `${randomUUID()}.${ending}`)
  writeFileSync(path, content)
  return path
}

/** The whole list as it is read and checked. */
export async function readAll(t: Test, content: Content, charset?: string) {
  return readPath(fileOf(t, content), 'csv', charset)
}

export async function readAllJson(t: Test, document: unknown) {
  const raw = typeof document === 'string' || document instanceof Uint8Array
  return readPath(fileOf(t, raw ? document : JSON.stringify(document), 'json'), 'json')
}

async function readPath(path: string, format: 'csv' | 'json', charset?: string) {
  const list = await readList({ path, format, ...(charset ? { charset } : {}) })
  const rows = await Array.fromAsync(list.rows)
  return { ...list, rows, checked: rows.map((row) => checkRow(row, list.columns, NOW)) }
}

/** How a list as a whole was refused: its status and its faults, as people read them. */
export async function refusalOf(reading: Promise<unknown>): Promise<string> {
  try {
    await reading
  } catch (error) {
    if (!(error instanceof CallerError)) throw error
    const faults = error.faults.map(({ path, code, params }) =>
      `${path} ${say(FAULTS[code], 'en', params)}`.trim(),
    )
    return `${error.status} ${faults.join('; ')}`
  }
  return 'taken'
}

/** Nouns of the faults of rows, by line. */
export function faultsOf(checked: readonly ReturnType<typeof checkRow>[]) {
  return checked.map(({ line, fault }) => [line, fault?.code])
}
