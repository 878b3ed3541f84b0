import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { judge } from '../../conformance/judge.ts'
import { STANDARDS } from '../../conformance/register.ts'
import { renderReport } from '../../conformance/render.ts'
import { by, notApplicable, notMet, requirementsOf, type Standard } from '../../conformance/requirement.ts'
import { type FileResults, type Results, readResults } from '../tap-results.ts'

const root = join(import.meta.dirname, '../..')

/** Of every test that the register names: it passed. */
function allPassed(): Record<string, FileResults> {
  const results: Results = {}
  const proofs = STANDARDS.flatMap(({ requirements }) => requirements).flatMap(
    ({ provedBy }) => provedBy ?? [],
  )
  for (const { file, test } of proofs) {
    results[file] ??= { passed: [], failed: [], skipped: {} }
    results[file].passed.push(test)
  }
  return results
}

/** What `node conformance/report.ts --check` says of these results. */
async function check(results: Results, folder: string, document?: string) {
  const file = join(folder, 'results.json')
  await writeFile(file, JSON.stringify(results))
  const page = document === undefined ? [] : ['--document', document]
  const run = promisify(execFile)(process.execPath, ['conformance/report.ts', '--check', file, ...page], {
    cwd: root,
  })
  return run.then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  )
}

const HEADERS = by('sample', 'one', 'outer › inner')
const sample: Standard = {
  name: 'A standard',
  url: 'https://example.org/standard',
  requirements: [
    ...requirementsOf('issuer', [['1', 'Is shown', HEADERS]]),
    ...requirementsOf('verifier', [
      ['2', 'Is not met', notMet('nobody asked')],
      ['3', 'Has no place here | or there', notApplicable('not offered')],
    ]),
  ],
}
const sampleResults = (results: Partial<FileResults>): Results => ({
  'test/sample.test.ts': { passed: [], failed: [], skipped: {}, ...results },
})
const mistakesOf = (results: Results, standard = sample) => judge([standard], results).mistakes.join('\n')

t.test('the page is what the register makes of tests that pass', async (t) => {
  const { code, stderr } = await check(allPassed(), t.testdir())
  t.strictSame([code, stderr], [0, ''])
})

t.test('a test that is missing or failed is told, with what it should show', async (t) => {
  const results = allPassed()
  const file = 'test/vc-api/status.test.ts'
  const { passed, failed } = results[file]!
  const [missing, broken] = [...new Set(passed)] as [string, string]
  results[file] = {
    passed: passed.filter((test) => test !== missing && test !== broken),
    failed: [...failed, broken],
    skipped: {},
  }
  const { code, stderr } = await check(results, t.testdir())
  t.equal(code, 1)
  t.match(stderr, `there is no such test: ${file} › ${missing}`)
  t.match(stderr, `the test failed: ${file} › ${broken}`)
  t.match(stderr, /^Bitstring Status List 1\.0, section 2\.1: /m)
  delete results[file]
  t.match((await check(results, t.testdir())).stderr, `the file was not run: ${file}`)
})

t.test('a page that is stale or not there is told', async (t) => {
  const folder = t.testdir()
  const page = join(folder, 'page.md')
  t.match(await check(allPassed(), folder, page), { code: 1, stderr: /is stale: run npm run conformance/ })
  await writeFile(page, await readFile(join(root, 'docs/conformance.md')))
  t.equal((await check(allPassed(), folder, page)).code, 0)
  await writeFile(page, `${await readFile(page, 'utf8')}\n`)
  t.equal((await check(allPassed(), folder, page)).code, 1)
})

t.test('what was skipped here leaves its requirements open, and is no mistake', async (t) => {
  const results = allPassed()
  results['test/outgoing/did-web.test.ts'] = {
    passed: [],
    failed: [],
    skipped: { 'issuers of elsewhere, by did:web': 'no openssl here' },
  }
  const { code, stdout } = await check(results, t.testdir())
  t.equal(code, 0)
  t.match(stdout, /could not be shown here: The did:web method, section Read: .+\(no openssl here\)/)
})

t.test('a register that says too much or too little is told', async (t) => {
  const good = sampleResults({ passed: ['one', 'outer › inner'] })
  t.equal(mistakesOf(good), '')
  t.match(mistakesOf(sampleResults({ passed: ['one', 'inner'] })), 'there is no such test')
  t.match(
    mistakesOf(sampleResults({ passed: ['one', 'outer › inner'], failed: ['one'] })),
    'the test failed',
    'one of two tests of one title failed',
  )
  const silent = { ...sample, requirements: [{ section: '4', role: 'issuer' as const, must: 'Is' }] }
  t.match(mistakesOf(good, silent), 'is neither proved')
  const both = { ...sample, requirements: requirementsOf('issuer', [['4', 'Is', HEADERS, notMet('no')]]) }
  t.match(mistakesOf(good, both), 'or more of these')
})

t.test('the page hides nothing', async (t) => {
  const page = renderReport([sample], new Map())
  t.match(page, '| [A standard](#a-standard) | Verifier | 0 | 1 | 1 |')
  t.match(page, '| **all** |  | 1 | 1 | 1 |')
  t.match(page, '| A standard, 2 | Verifier | Is not met | nobody asked |')
  t.match(page, '| 3 | Has no place here \\| or there | not offered | not applicable |')
  t.match(page, '[test/sample.test.ts](../test/sample.test.ts)<br>“one”<br>“outer › inner” | met |')
  const { skipped } = judge([sample], sampleResults({ passed: ['one'], skipped: { outer: 'no network' } }))
  const partly = renderReport([sample], skipped)
  t.match(partly, '“outer › inner” (not run here: no network) | not run here |')
  t.match(partly, '| **all** |  | 0 | 1 | 1 | 1 |')
})

t.test('the titles are read from what tap prints', async (t) => {
  const { read, results } = readResults()
  const output = `TAP version 14
# Subtest: test/a.test.ts
    # Subtest: outer \\# one
        # Subtest: inner
            ok 1 - should be equal
            not ok 2 - with a # time=3 in it
            1..2
        not ok 1 - inner # time=40.339ms
        ok 2 - left out # SKIP no openssl (x)
        1..2
    not ok 1 - outer \\# one # time=63.761ms
    ok 2 - also left out # SKIP
    # Subtest: passes
        ok 1 - should be equal
    ok 3 - passes # time=2s
    ok 4 - an assertion
not ok 1 - test/a.test.ts # time=96.418ms
# Subtest: test/b.test.ts
    ok 1 - an assertion
ok 2 - test/b.test.ts # time=9ms`
  for (const line of output.split('\n')) read(line)
  t.strictSame(results, {
    'test/a.test.ts': {
      passed: ['passes'],
      failed: ['outer # one › inner', 'outer # one'],
      skipped: { 'outer # one › left out': 'no openssl (x)', 'also left out': '' },
    },
    'test/b.test.ts': { passed: [], failed: [], skipped: {} },
  })
})
