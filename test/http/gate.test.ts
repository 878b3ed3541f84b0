import { EventEmitter, once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import t, { type Test } from 'tap'
import { csvOf, people, postList } from '../support/batches.ts'
import { createBadge, createTenant } from '../support/factories.ts'
import { eventually, head, socketTo, spooled, startLists } from '../support/lists.ts'
import { startService } from '../support/service.ts'

// Alone in its folder, so that what stays behind is seen.
process.env.TMPDIR = t.testdir({})

/** A small service that works on each list until the test lets it end, and says which it has begun. */
async function startHeld(t: Test) {
  const ends = new EventEmitter()
  const begun: string[] = []
  const app = await startLists(t, async (name) => {
    begun.push(name)
    const [error] = await once(ends, name)
    if (error) throw error
  })
  let arrived = 0
  app.addHook('preHandler', async () => {
    arrived++
  })
  const arrives = async (nth: number) => {
    while (arrived < nth) await wait(5)
  }
  const post = async (name: string) => {
    const nth = arrived + 1
    const answer = app.inject({
      method: 'POST',
      url: `/turn/${name}`,
      headers: { 'content-type': 'text/csv' },
      payload: 'mail',
    })
    const status = answer.then(({ statusCode }) => statusCode)
    await arrives(nth)
    return { status }
  }
  /** Lets the work on a list end. */
  const end = (name: string, error?: Error) => ends.emit(name, error)
  const begins = async (count: number) => {
    for (let i = 0; i < 100 && begun.length < count; i++) await wait(20)
    return begun.join(' ')
  }
  return { app, begun, arrives, post, end, begins }
}

t.test('two lists are worked on at once; the others follow as they came', async (t) => {
  const { begun, post, end, begins } = await startHeld(t)
  const answers = []
  for (const name of ['a', 'b', 'c', 'd', 'e']) answers.push(await post(name))
  await wait(100)
  t.equal(begun.join(' '), 'a b')
  end('b', new Error('no'))
  t.equal(await begins(3), 'a b c', 'a failure gives its place back')
  end('a')
  t.equal(await begins(4), 'a b c d')
  for (const name of ['c', 'd']) end(name)
  t.equal(await begins(5), 'a b c d e')
  end('e')
  t.strictSame(await Promise.all(answers.map(({ status }) => status)), [200, 500, 200, 200, 200])
  const later = [await post('f'), await post('g')]
  t.equal(await begins(7), 'a b c d e f g', 'both places are free again')
  for (const name of ['f', 'g']) end(name)
  t.strictSame(await Promise.all(later.map(({ status }) => status)), [200, 200])
  await eventually(t, 'no file stays', () => spooled().length === 0)
})

t.test('a sender who leaves while waiting gives up the turn, and leaves nothing behind', async (t) => {
  const { app, arrives, post, end, begins } = await startHeld(t)
  const first = [await post('a'), await post('b')]
  const socket = await socketTo(app)
  socket.write(`${head(4, '/turn/gone')}mail`)
  await arrives(3)
  const last = await post('last')
  t.equal(spooled().length, 4)
  socket.destroy()
  await eventually(t, 'its file is gone', () => spooled().length === 3)
  end('a')
  t.equal(await begins(3), 'a b last')
  for (const name of ['b', 'last']) end(name)
  t.strictSame(await Promise.all([...first, last].map(({ status }) => status)), [200, 200, 200])
  const later = [await post('c'), await post('d')]
  t.equal(await begins(5), 'a b last c d', 'no place is lost')
  for (const name of ['c', 'd']) end(name)
  await Promise.all(later.map(({ status }) => status))
  await eventually(t, 'no file stays', () => spooled().length === 0)
})

const onPostgres = process.env.TEST_DATABASE_URL
  ? {}
  : { skip: 'needs a PostgreSQL server: TEST_DATABASE_URL' }

t.test('lists that wait keep no connection to the database from the others', onPostgres, async (t) => {
  const service = await startService(t)
  const tenant = await createTenant(service.app)
  const { id: badge } = await createBadge(tenant)
  const { body: batch } = await postList(tenant, badge, csvOf(people(2)))
  const blocker = new pg.Client({ connectionString: service.ctx.config.databaseUrl! })
  await blocker.connect()
  t.teardown(() => blocker.end())
  await blocker.query('begin; lock table batches in exclusive mode')
  // The pool has 20 connections.
  const answers = Array.from({ length: 24 }, (_, i) =>
    i % 2 === 0
      ? postList(tenant, badge, csvOf(people(2)), { headers: { 'idempotency-key': `list-${i}` } })
      : tenant.call('PUT', `/v1/batches/${batch.id}/rows`, csvOf(people(2)), { 'content-type': 'text/csv' }),
  )
  await eventually(t, 'all lists are there', () => spooled().length === 24)
  await wait(200)
  t.equal((await tenant.call('GET', `/v1/badge-classes/${badge}`)).status, 200)
  await blocker.query('rollback')
  const statuses = (await Promise.all(answers)).map(({ status }) => status)
  t.strictSame(
    statuses,
    statuses.map((_, i) => (i % 2 === 0 ? 201 : 200)),
  )
  await eventually(t, 'no file stays', () => spooled().length === 0)
})
