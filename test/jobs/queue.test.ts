import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import t, { type Test } from 'tap'
import { inTransaction } from '../../src/db/db.ts'
import { openEmbedded } from '../../src/db/embedded.ts'
import { openPostgres } from '../../src/db/postgres.ts'
import { createQueue, type JobHandler, type Queue } from '../../src/jobs/queue.ts'
import { createLog } from '../../src/log.ts'
import { copyTemplate, createDatabase } from '../support/service.ts'

const server = await createDatabase()
const folder = await mkdtemp(join(tmpdir(), 'ecusson-jobs-'))
if (!server) await copyTemplate(folder)
let logged = ''
const log = createLog(
  'info',
  new Writable({
    write(chunk, _encoding, done) {
      logged += chunk
      done()
    },
  }),
)
const open = () => (server ? openPostgres(server.url, log) : openEmbedded(folder))
let database = await open()
t.teardown(async () => {
  await database.close()
  await server?.drop()
  await rm(folder, { recursive: true })
})

/** A queue that tells what it ran, and how often; the test closes it. */
async function startQueue(
  t: Test,
  handler: JobHandler = async () => undefined,
  { concurrency = 1, ...times }: { concurrency?: number; superviseSeconds?: number; stopMs?: number } = {},
) {
  const queue = await createQueue(database, log, times)
  const runs: Record<string, number> = {}
  t.teardown(() => queue.stop())
  const work: JobHandler = async (data, signal) => {
    runs[data.batchId!] = (runs[data.batchId!] ?? 0) + 1
    await handler(data, signal)
  }
  const mailed: string[] = []
  const handlers = {
    'issue-batch': work,
    'send-mail': async ({ mailId }: Record<string, string>) => void mailed.push(mailId!),
    'tell-awarded': async () => undefined,
    'remove-files': async () => undefined,
  }
  const one = { 'tell-awarded': 1, 'send-mail': 1, 'remove-files': 1 }
  await queue.start(handlers, { 'issue-batch': concurrency, ...one })
  return { queue, runs, mailed }
}

/** Waits for what must come. @returns the milliseconds that it took */
async function until(fact: () => boolean, withinMs = 10_000): Promise<number> {
  const start = performance.now()
  while (!fact()) {
    if (performance.now() - start > withinMs) throw new Error(`it did not come about: ${fact}`)
    await sleep(5)
  }
  return performance.now() - start
}

const enqueue = (queue: Queue, batchId: string, options?: { startAfter: Date }) =>
  inTransaction(database.db, (tx) => queue.send(tx, 'issue-batch', { batchId }, options))

t.test('several replicas make the schema at once, and a later start finds it', async (t) => {
  const replicas = await Promise.all(
    Array.from({ length: 4 }, async () => (server ? await openPostgres(server.url, log) : database)),
  )
  await database.run('drop schema if exists pgboss cascade')
  const queues = await Promise.all(replicas.map((replica) => createQueue(replica, log)))
  const { db } = replicas[0]!
  await inTransaction(db, (tx) => queues[0]!.send(tx, 'issue-batch', { batchId: 'first' }))
  await database.run('delete from pgboss.job')
  for (const queue of queues) await queue.stop()
  if (server) for (const replica of replicas) await replica.close()
  const start = performance.now()
  await (await createQueue(database, log)).stop()
  const took = performance.now() - start
  t.ok(took < 250, `prepared, it opens in ${took.toFixed(0)} ms`)
  t.equal(logged, '')
})

t.test('a job exists when its transaction does, and runs once', async (t) => {
  const { queue, runs } = await startQueue(t)
  const rolledBack = inTransaction(database.db, async (tx) => {
    await queue.send(tx, 'issue-batch', { batchId: 'rolled back' })
    throw new Error('undo')
  })
  await t.rejects(rolledBack, /undo/)
  // After the first poll, which found nothing.
  await sleep(200)
  await enqueue(queue, 'committed')
  queue.wake('issue-batch')
  const took = await until(() => runs.committed === 1)
  t.ok(took < 500, `woken, it starts after ${took.toFixed(0)} ms`)
  await sleep(2500)
  t.strictSame(runs, { committed: 1 })
})

t.test('without a wake, another poll finds it; with a time, not before', async (t) => {
  const { queue, runs } = await startQueue(t)
  await sleep(200)
  const due = Date.now() + 3000
  await enqueue(queue, 'later', { startAfter: new Date(due) })
  await enqueue(queue, 'now')
  await until(() => runs.now === 1, 3000)
  t.notOk(runs.later)
  await until(() => runs.later === 1)
  t.ok(Date.now() >= due - 50, 'and not before its time')
})

t.test('as many at once as were asked for, and a backlog without pauses', async (t) => {
  const queue = await createQueue(database, log)
  for (let i = 0; i < 12; i++) await enqueue(queue, `backlog ${i}`)
  await queue.stop()
  let now = 0
  let most = 0
  let done = 0
  const { runs } = await startQueue(
    t,
    async () => {
      most = Math.max(most, ++now)
      await sleep(30)
      now--
      done++
    },
    { concurrency: 2 },
  )
  const took = await until(() => done === 12)
  await sleep(100)
  t.equal(Object.keys(runs).length, 12)
  t.equal(most, 2)
  t.ok(took < 1900, `twelve jobs take ${took.toFixed(0)} ms, less than one interval`)
})

t.test('each name has its handler and its workers: none waits for another', async (t) => {
  const release = Promise.withResolvers<void>()
  const { queue, runs, mailed } = await startQueue(t, () => release.promise)
  for (const batchId of ['slow', 'behind it']) await enqueue(queue, batchId)
  queue.wake('issue-batch')
  await until(() => runs.slow === 1)
  await inTransaction(database.db, (tx) => queue.send(tx, 'send-mail', { mailId: 'beside it' }))
  queue.wake('send-mail')
  await until(() => mailed.length === 1)
  t.strictSame(mailed, ['beside it'])
  t.strictSame(runs, { slow: 1 })
  release.resolve()
  await until(() => runs['behind it'] === 1)
})

t.test('many jobs at once: all with their transaction, or none, and each runs once', async (t) => {
  const { queue, mailed } = await startQueue(t)
  const jobs = (run: string) => Array.from({ length: 30 }, (_, i) => ({ mailId: `${run} ${i}` }))
  const rolledBack = inTransaction(database.db, async (tx) => {
    await queue.sendMany(tx, 'send-mail', jobs('rolled back'))
    throw new Error('undo')
  })
  await t.rejects(rolledBack, /undo/)
  await inTransaction(database.db, (tx) => queue.sendMany(tx, 'send-mail', jobs('committed')))
  await until(() => mailed.length === 30)
  await sleep(100)
  t.strictSame(
    mailed.toSorted(),
    jobs('committed')
      .map(({ mailId }) => mailId)
      .toSorted(),
  )
  const { rows } = await database.run(
    `select distinct retry_limit, heartbeat_seconds from pgboss.job where data->>'mailId' like 'committed %'`,
  )
  t.strictSame(rows, [{ retry_limit: 100, heartbeat_seconds: 30 }], 'with the retries of any other job')
})

t.test('a job that fails comes again after growing pauses, and the log holds no values', async (t) => {
  const times: number[] = []
  const { queue, runs } = await startQueue(t, async () => {
    times.push(performance.now())
    if (times.length < 3)
      await database.db.execute(sql`select 1 / (${'7'}::int - 7), ${'secret@example.org'}`)
  })
  await enqueue(queue, 'failing')
  queue.wake('issue-batch')
  await until(() => runs.failing === 3, 20_000)
  const [first, second] = [times[1]! - times[0]!, times[2]! - times[1]!]
  t.ok(first > 900 && second > 1900, `after ${first.toFixed(0)} and ${second.toFixed(0)} ms`)
  const lines = logged.split('\n').filter((line) => line.includes('a job failed'))
  t.equal(lines.length, 2)
  t.match(JSON.parse(lines[1]!), {
    level: 40,
    job: 'issue-batch',
    retryCount: 1,
    message: 'division by zero',
    code: '22012',
  })
  await sleep(100)
  const { rows } = await database.run(`select * from pgboss.job where data->>'batchId' = 'failing'`)
  t.equal(rows.length, 1)
  t.notMatch(logged + JSON.stringify(rows), /secret@|select 1/)
})

t.test('a long transaction elsewhere delays the queue at most, and hangs nothing', async (t) => {
  const { queue, runs } = await startQueue(t, undefined, { superviseSeconds: 1 })
  await inTransaction(database.db, async (tx) => {
    await queue.send(tx, 'issue-batch', { batchId: 'long' })
    const other = createQueue(database, log)
    t.teardown(async () => (await other).stop())
    queue.wake('issue-batch')
    await sleep(3000)
    t.notOk(runs.long)
    await tx.execute(sql`select 1`)
  })
  queue.wake('issue-batch')
  await until(() => runs.long === 1)
})

t.test('stopping reaches the handler and waits for it; what it left comes again', async (t) => {
  let ended = false
  const first = await startQueue(t, async (_data, signal) => {
    await once(signal, 'abort')
    await sleep(300)
    ended = true
  })
  await enqueue(first.queue, 'stopped')
  first.queue.wake('issue-batch')
  await until(() => first.runs.stopped === 1)
  await first.queue.stop()
  t.ok(ended)
  const second = await startQueue(t)
  await until(() => second.runs.stopped === 1)
})

t.test('a handler that does not heed the signal is left behind, and its job comes again', async (t) => {
  let release = () => {}
  const first = await startQueue(
    t,
    () =>
      new Promise((resolve) => {
        release = resolve
      }),
    { stopMs: 300 },
  )
  await enqueue(first.queue, 'deaf')
  first.queue.wake('issue-batch')
  await until(() => first.runs.deaf === 1)
  const start = performance.now()
  await first.queue.stop()
  t.ok(performance.now() - start < 2000)
  const second = await startQueue(t)
  await until(() => second.runs.deaf === 1)
  release()
})

t.test('the job of a process that was killed comes again, and finished jobs go', async (t) => {
  await database.close()
  const child = fork(join(import.meta.dirname, '../support/hold-job.ts'), [server?.url ?? folder])
  t.equal((await once(child, 'message'))[0], 'held')
  child.kill('SIGKILL')
  await once(child, 'exit')
  database = await open()
  await database.run(
    `update pgboss.job set heartbeat_on = heartbeat_on - interval '31 s' where state = 'active'`,
  )
  await database.run(
    `update pgboss.job set completed_on = completed_on - interval '25 h' where state = 'completed'`,
  )
  await database.run('update pgboss.queue set maintain_on = null')
  const count = `select count(*)::int as old from pgboss.job where completed_on < now() - interval '24 h'`
  t.ok(((await database.run(count)).rows[0]!.old as number) > 0)
  const { runs } = await startQueue(t, undefined, { superviseSeconds: 1 })
  await until(() => runs.held === 1)
  t.equal((await database.run(count)).rows[0]!.old, 0)
})

t.test(
  'a PostgreSQL that drops every connection is worked with again',
  { skip: !server && 'needs a PostgreSQL server: TEST_DATABASE_URL' },
  async (t) => {
    const { queue, runs } = await startQueue(t, undefined, { superviseSeconds: 1 })
    const other = await openPostgres(server!.url, log)
    const dropAll = async () => {
      await other.run(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      )
    }
    const broken = inTransaction(database.db, async (tx) => {
      await queue.send(tx, 'issue-batch', { batchId: 'dropped' })
      await dropAll()
      await sleep(200)
      await queue.send(tx, 'issue-batch', { batchId: 'dropped' })
    })
    await t.rejects(broken)
    for (let i = 0; i < 40; i++) {
      await dropAll()
      await sleep(50)
    }
    await enqueue(queue, 'after')
    await until(() => runs.after === 1)
    await other.close()
    t.notOk(runs.dropped)
    t.notMatch(logged, /select |insert /i)
  },
)
