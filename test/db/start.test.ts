import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import t from 'tap'
import { type Config, readConfig } from '../../src/config.ts'
import { createContext } from '../../src/start.ts'
import { createDatabase, OPERATOR_KEY } from '../support/service.ts'

const MASTER_KEY = randomBytes(32).toString('base64')
const log = pino({ level: 'silent' })
const configOf = (dataDir: string, env: object = {}): Config =>
  readConfig({ DATA_DIR: dataDir, PORT: '0', ...env })
const onServer = (url: string) => ({ DATABASE_URL: url, OPERATOR_KEY, MASTER_KEY })
const onPostgres = process.env.TEST_DATABASE_URL
  ? {}
  : { skip: 'needs a PostgreSQL server: TEST_DATABASE_URL' }

/** The service as a process of its own. */
function startServer(dataDir: string) {
  const env = { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0' }
  const server = spawn(process.execPath, ['src/server.ts'], { env, cwd: join(import.meta.dirname, '../..') })
  const said = { out: '', err: '' }
  server.stdout.on('data', (chunk) => {
    said.out += chunk
  })
  server.stderr.on('data', (chunk) => {
    said.err += chunk
  })
  const ready = async () => {
    while (!said.out.includes('"ready"'))
      await Promise.race([once(server.stdout, 'data'), once(server, 'exit')])
  }
  return { server, said, ready, exit: once(server, 'exit') }
}

t.test('a folder serves one process, which makes its secrets and stops when it is told', async (t) => {
  const dataDir = t.testdir({})
  const first = startServer(dataDir)
  t.teardown(() => first.server.kill('SIGKILL'))
  await first.ready()
  for (const name of ['operator.key', 'master.key']) {
    const path = join(dataDir, name)
    t.equal((await stat(path)).mode & 0o777, 0o600, name)
    const secret = (await readFile(path, 'utf8')).trim()
    t.ok(secret.length >= 32)
    t.ok(first.said.out.includes(path), 'the place is told')
    t.notOk(first.said.out.includes(secret), 'the value never')
  }
  const second = startServer(dataDir)
  t.strictSame(await second.exit, [1, null])
  t.match(second.said.err, `${dataDir} is in use by process ${first.server.pid}`)
  t.notMatch(second.said.err, /\n {4}at /, 'a sentence, not a stack')

  first.server.kill('SIGTERM')
  t.strictSame(await first.exit, [0, null])
  t.notOk((await readdir(dataDir)).includes('lock'), 'and gives the folder back')
})

for (const kind of ['embedded', 'PostgreSQL']) {
  t.test(
    `${kind}: a database that cannot be served is refused at start`,
    kind === 'embedded' ? {} : onPostgres,
    async (t) => {
      const dataDir = t.testdir({})
      const database = kind === 'embedded' ? undefined : await createDatabase()
      if (database) t.teardown(() => database.drop())
      const env = database ? onServer(database.url) : {}
      const open = (more: object = {}) => createContext(configOf(dataDir, { ...env, ...more }), { log })

      const first = await open()
      await first.close()
      const other = { MASTER_KEY: randomBytes(32).toString('base64') }
      await t.rejects(open(other), /MASTER_KEY does not open the keys/)

      const again = await open()
      t.pass('the right one opens it again: a refusal holds nothing')
      await again.ctx.db.execute(
        sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`,
      )
      await again.close()
      await t.rejects(open(), /newer than this version/)
    },
  )
}

t.test('PostgreSQL: several replicas may start at once on an empty database', onPostgres, async (t) => {
  const database = (await createDatabase())!
  const dataDir = t.testdir({})
  const started = await Promise.all(
    Array.from({ length: 5 }, () => createContext(configOf(dataDir, onServer(database.url)), { log })),
  )
  const { db } = started[0]!.ctx
  const count = async (table: string) => {
    const result = await db.execute(sql.raw(`select count(*)::int as n from ${table}`))
    return (result as unknown as { rows: { n: number }[] }).rows[0]!.n
  }
  const journal = JSON.parse(
    await readFile(join(import.meta.dirname, '../../migrations/meta/_journal.json'), 'utf8'),
  )
  t.equal(await count('drizzle.__drizzle_migrations'), journal.entries.length, 'each migration once')
  t.equal(await count('signing_keys'), 1, 'one key of the service')
  await Promise.all(started.map(({ close }) => close()))
  await database.drop()
})
