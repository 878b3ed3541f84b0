// npm run conformance: runs the tests that the register names and writes docs/conformance.md. With `--check <results>`
// nothing is run: it tells whether the page is what those results of the whole suite (TEST_RESULTS) would make it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Results } from '../test/tap-results.ts'
import { judge } from './judge.ts'
import { STANDARDS } from './register.ts'
import { renderReport } from './render.ts'

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: { check: { type: 'string' }, document: { type: 'string', default: 'docs/conformance.md' } },
})
const document = resolve(root, values.document)

const results = values.check === undefined ? await runTests() : await readResults(values.check)
const { mistakes, skipped, unshown } = judge(STANDARDS, results)
for (const mistake of mistakes) console.error(mistake)
for (const requirement of unshown) console.log(`could not be shown here: ${requirement}`)
if (mistakes.length > 0) process.exitCode = 1
else if (values.check === undefined) await writeFile(document, renderReport(STANDARDS, skipped))
else await compare()

async function compare(): Promise<void> {
  // What was skipped here was run where the page was written.
  const expected = renderReport(STANDARDS, new Map())
  if ((await readFile(document, 'utf8').catch(() => '')) === expected) return
  console.error(`${values.document} is stale: run npm run conformance`)
  process.exitCode = 1
}

async function readResults(file: string): Promise<Results> {
  return JSON.parse(await readFile(file, 'utf8'))
}

async function runTests(): Promise<Results> {
  const proofs = STANDARDS.flatMap(({ requirements }) => requirements).flatMap(
    ({ provedBy }) => provedBy ?? [],
  )
  const files = [...new Set(proofs.map(({ file }) => file))].sort()
  const folder = await mkdtemp(join(tmpdir(), 'ecusson-conformance-'))
  const path = join(folder, 'results.json')
  const run = spawn(process.execPath, ['test/run.ts', ...files], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TEST_RESULTS: path },
  })
  await once(run, 'close')
  const found = await readResults(path)
  await rm(folder, { recursive: true })
  return found
}
