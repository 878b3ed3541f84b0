import { FIGURE_KEYS, type FigureKey, figureOf, gradeOf } from './figures.ts'
import { type Machine, sayMachine } from './machine.ts'
import type { Results } from './measure.ts'
import type { Result } from './rounds.ts'

/** All that one run found. */
export interface Run {
  readonly machine: Machine
  readonly quick: boolean
  readonly results: Results
  /** Why a figure could not be measured. */
  readonly failures: Partial<Record<FigureKey, string>>
}

/** The run as a table for people. */
export function tableOf(run: Run): string {
  const heading = ['figure', 'measured', 'baseline', 'value', 'rounds', 'bar', 'stretch', 'met?']
  const rows = FIGURE_KEYS.filter((key) => run.results[key] || run.failures[key]).map((key) => {
    const { title, against, bar, stretch, better } = figureOf(key)
    const goal = (value: number) => `${better === 'higher' ? '≥' : '≤'} ${value}`
    const result = run.results[key]
    const found = result ? cells(key, result) : ['', '', 'failed', '']
    return [`${title} ${against}`, ...found, goal(bar), goal(stretch), result ? saysOf(key, result) : 'no']
  })
  const lines = align([heading, ...rows])
  const failures = Object.entries(run.failures).map(([key, reason]) => `\n${key} failed: ${reason}`)
  const mode = run.quick ? '\nA quick run: small lists, one round. For the record: npm run bench' : ''
  return [sayMachine(run.machine), '', ...lines, ...failures, mode].join('\n')
}

/** The run as one object for programs: the figures by their keys, and what they come from under `absolute`. */
export function jsonOf({ machine, quick, results, failures }: Run): object {
  const entries = Object.entries(results) as [FigureKey, Result][]
  return {
    ...Object.fromEntries(entries.map(([key, { value }]) => [key, significant(value)])),
    absolute: Object.fromEntries(
      entries.map(([key, { measured, baseline, unit, rounds }]) => [
        key,
        {
          measured: significant(measured),
          baseline: significant(baseline),
          unit,
          rounds: rounds.map(significant),
        },
      ]),
    ),
    machine,
    quick,
    ...(Object.keys(failures).length > 0 ? { failures } : {}),
  }
}

/** Three digits: the machines are not better than that. */
function significant(value: number): number {
  return Number(value.toPrecision(3))
}

function cells(key: FigureKey, { value, measured, baseline, unit, rounds }: Result): string[] {
  const spread =
    rounds.length > 1 ? `${significant(Math.min(...rounds))}–${significant(Math.max(...rounds))}` : ''
  return [`${number(measured)} ${unit}`, number(baseline), sayValue(key, value), spread]
}

export function sayValue(key: FigureKey, value: number): string {
  return `${number(value)} ${figureOf(key).unit ?? '×'}`
}

function number(value: number): string {
  return significant(value).toLocaleString('en')
}

function saysOf(key: FigureKey, { value }: Result): string {
  return { stretch: 'yes, and the stretch', met: 'yes', missed: 'NO' }[gradeOf(key, value)]
}

function align(rows: string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
}
