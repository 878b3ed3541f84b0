// Runs the suite with tap, shows what failed, and closes with a line that counts. Where TEST_RESULTS names a file, the
// titles of the tests are written there, by what became of them.
import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readResults } from './tap-results.ts'

const tap = spawn('tap', ['--reporter=tap', ...process.argv.slice(2)], {
  stdio: ['ignore', 'pipe', 'inherit'],
  // Each test file is a process that loads the whole service: compiled once, it starts a second earlier.
  env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'ecusson-compiled') },
})
const counts = { passed: 0, failed: 0, skipped: 0 }
const titles = readResults()
let reasonless = 0
let insideFailure = false

for await (const line of createInterface({ input: tap.stdout })) {
  titles.read(line)
  const result = /^(\s*)(not )?ok \d+/.exec(line)
  if (!result) {
    if (insideFailure || line.startsWith('Bail out')) console.log(line)
    continue
  }
  const [, indent, notOk] = result
  insideFailure = Boolean(notOk)
  const skip = /# SKIP\b\s*(.*)$/i.exec(line)
  if (skip) {
    counts.skipped++
    if (!skip[1]) reasonless++
    console.log(line)
  } else if (notOk || indent === '') console.log(line)
  // A line that closes a subtest repeats what stands inside it: only the innermost ones count.
  if (!skip && !/ # time=/.test(line)) counts[notOk ? 'failed' : 'passed']++
}

const exit = await new Promise<number | null>((resolve) => tap.on('close', resolve))
const { TEST_RESULTS: resultsFile } = process.env
if (resultsFile) await writeFile(resultsFile, JSON.stringify(titles.results))
if (reasonless > 0) console.log(`${reasonless} test(s) are skipped without a reason`)
if (exit !== 0 && counts.failed === 0) counts.failed++
console.log(
  `${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`,
)
process.exitCode = exit === 0 && reasonless === 0 ? 0 : 1
