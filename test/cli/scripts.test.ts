import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { ROOT, start, startNeighbour } from '../support/command.ts'
import { OPERATOR_KEY } from '../support/service.ts'

t.test('npx finds the command in the project', async (t) => {
  const cache = t.testdir({})
  const environment = { npm_config_cache: cache, npm_config_offline: 'true', HOME: cache }
  const { code, stdout } = await start('npx', ['ecusson', '--help'], environment).ended
  t.equal(code, 0)
  t.match(stdout, 'npx ecusson issue LIST.csv')
  t.ok((await stat(join(ROOT, 'src/cli.ts'))).mode & 0o100, 'it may be run')
})

t.test('the script of curl issues the example, and again without a second badge', async (t) => {
  const { url, call } = await startNeighbour(t)
  const run = () => start('sh', ['examples/attendance.sh'], { URL: url, KEY: OPERATOR_KEY }).ended
  const first = await run()
  t.match(first, { code: 0, stderr: '' })
  t.match(first.stdout, '"ready":38,"duplicate":1,"already-awarded":0,"invalid":1,"issued":0')
  t.match(first.stdout, '"ready":0,"duplicate":1,"already-awarded":0,"invalid":1,"issued":38')
  t.equal(first.stdout.match(/;issued;;http/g)!.length, 38)
  const again = await run()
  t.equal(again.code, 0)
  t.equal(again.stdout.match(/;already-awarded;/g)!.length, 38)
  const { items } = await call('GET', '/v1/issuers/inae/assertions?limit=200')
  t.equal(items.length, 38)
  t.match(await start('sh', ['examples/attendance.sh'], { URL: url, KEY: 'x' }).ended, {
    code: 22,
    stderr: '401',
  })
})

t.test('its part on the list is ten lines', async (t) => {
  const script = await readFile(join(ROOT, 'examples/attendance.sh'), 'utf8')
  const part = script.slice(script.indexOf('# The list')).trim().split('\n')
  t.ok(part.length <= 11, `${part.length - 1} lines`)
})
