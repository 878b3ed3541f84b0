// npm run bench: how fast the service is, beside what it could be compared to, measured in one run.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { drawChart } from './chart.ts'
import { FIGURE_KEYS, type FigureKey, figureOf } from './figures.ts'
import { describeMachine, sayMachine } from './machine.ts'
import { MEASURES } from './measure/all.ts'
import type { Bench, Results } from './measure.ts'
import { type Postgres, startPostgres } from './postgres.ts'
import { jsonOf, type Run, tableOf } from './report.ts'

const HELP = `npm run bench -- [options]
  --quick            smaller lists and one round: a minute instead of ten
  --only key,key     these figures alone: ${FIGURE_KEYS.join(', ')}
  --seconds N        how long one turn of a figure lasts (4; quick: 2)
  --json             one object instead of the table
  --chart            draws docs/bench.svg`

const CHART = join(import.meta.dirname, '../docs/bench.svg')

try {
  const options = readOptions()
  if (options === 'help') console.log(HELP)
  else await main(options)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 2
}

interface Options {
  quick: boolean
  seconds: number
  keys: FigureKey[]
  json: boolean
  chart: boolean
}

function readOptions(): Options | 'help' {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      chart: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      only: { type: 'string' },
      seconds: { type: 'string' },
    },
  })
  if (values.help) return 'help'
  const { quick, json, chart } = values
  const seconds = Number(values.seconds ?? (quick ? 2 : 4))
  if (!(seconds >= 1 && seconds <= 60)) throw new Error('--seconds takes a number from 1 to 60')
  const wanted = values.only?.split(',') as FigureKey[] | undefined
  const unknown = wanted?.filter((key) => !FIGURE_KEYS.includes(key)) ?? []
  if (unknown.length > 0) throw new Error(`no such figure: ${unknown.join(', ')}\n${HELP}`)
  const keys = wanted ?? FIGURE_KEYS.filter((key) => !(quick && figureOf(key).slow))
  return { quick, json, chart, seconds, keys }
}

async function main({ keys, json, chart, ...options }: Options): Promise<void> {
  const machine = describeMachine()
  console.error(sayMachine(machine))
  const run: Run = { machine, quick: options.quick, ...(await measureAll(keys, options)) }
  console.log(json ? JSON.stringify(jsonOf(run)) : `\n${tableOf(run)}`)
  if (chart) await writeFile(CHART, drawChart(run))
  // A missed bar is a result; a figure that could not be measured is a failure.
  if (Object.keys(run.failures).length > 0) process.exitCode = 1
}

async function measureAll(
  keys: FigureKey[],
  options: { quick: boolean; seconds: number },
): Promise<Pick<Run, 'results' | 'failures'>> {
  await using opened = new AsyncDisposableStack()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => opened.disposeAsync().finally(() => process.exit(130)))
  let postgres: Promise<Postgres> | undefined
  const bench: Bench = {
    ...options,
    rounds: options.quick ? 1 : 3,
    postgres() {
      postgres ??= startPostgres().then((started) => opened.use(started))
      return postgres
    },
  }
  const results: Results = {}
  const failures: Run['failures'] = {}
  for (const measure of new Set(keys.map((key) => MEASURES[key]))) {
    const asked = keys.filter((key) => MEASURES[key] === measure)
    const start = performance.now()
    process.stderr.write(`${asked.join(', ')} … `)
    try {
      const found = await measure(bench)
      for (const key of asked) results[key] = found[key]!
    } catch (error) {
      for (const key of asked) failures[key] = (error as Error).message
      process.stderr.write('failed, ')
    }
    process.stderr.write(`${Math.round((performance.now() - start) / 1000)} s\n`)
  }
  return { results, failures }
}
