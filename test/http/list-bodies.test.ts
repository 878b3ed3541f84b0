import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { MAX_LIST_BYTES } from '../../src/http/list-bodies.ts'
import { eventually, head, socketTo, spooled, startLists } from '../support/lists.ts'
import { MEGABYTE, memoryInUse } from '../support/memory.ts'

// Alone in its folder, so that what stays behind is seen.
process.env.TMPDIR = t.testdir({})

t.test('a list goes to a file of its own, which is gone after the answer', async (t) => {
  const app = await startLists(t)
  const types: [string, object][] = [
    ['text/csv', { format: 'csv' }],
    ['text/csv; charset=windows-1252', { format: 'csv', charset: 'windows-1252' }],
    ['text/csv;header=present;charset="UTF-8"', { format: 'csv', charset: 'UTF-8' }],
    ['text/plain', { format: 'csv' }],
    ['text/tab-separated-values', { format: 'csv' }],
    ['application/csv', { format: 'csv' }],
    ['application/vnd.ms-excel', { format: 'csv' }],
    ['application/json', { format: 'json' }],
  ]
  for (const [type, expected] of types) {
    const payload = 'mail\na@x.fr\n'
    const answer = await app.inject({
      method: 'POST',
      url: '/lists',
      headers: { 'content-type': type },
      payload,
    })
    const hash = createHash('sha256').update(payload).digest('hex')
    t.strictSame(answer.json(), { ...expected, size: 12, mode: '600', content: payload, hash }, type)
  }
  await eventually(t, 'no file stays', () => spooled().length === 0)
})

t.test(
  'no body, an empty body, another type of body, a failure: the answer says so, and no file stays',
  async (t) => {
    const app = await startLists(t)
    const csv = { 'content-type': 'text/csv' }
    const post = (url: string, headers: Record<string, string>, payload?: string) =>
      app.inject({ method: 'POST', url, headers, ...(payload === undefined ? {} : { payload }) })
    t.match((await post('/lists', {})).json(), { status: 400, errors: [{ message: /is empty/ }] })
    t.match((await post('/lists', csv, '')).json(), { status: 400, errors: [{ message: /is empty/ }] })
    t.match((await post('/lists', { 'content-type': 'image/png' }, 'x')).json(), { status: 415 })
    t.match((await post('/broken', csv, 'x')).json(), { status: 500 })
    await eventually(t, 'no file stays', () => spooled().length === 0)
  },
)

t.test('the largest list is taken, and one byte more is not', async (t) => {
  const app = await startLists(t)
  const post = (size: number) =>
    app.inject({
      method: 'POST',
      url: '/lists',
      headers: { 'content-type': 'text/csv' },
      payload: Buffer.alloc(size, 'x'),
    })
  t.equal((await post(MAX_LIST_BYTES)).json().size, MAX_LIST_BYTES)
  t.match((await post(MAX_LIST_BYTES + 1)).json(), { status: 413 })
  await eventually(t, 'no file stays', () => spooled().length === 0)
})

t.test('an upload of 200 MB is answered 413 and cut off; nothing stays, and memory is flat', async (t) => {
  const app = await startLists(t)
  for (const length of [200 * MEGABYTE, 'chunked'] as const) {
    const socket = await socketTo(app)
    const answered = new Promise((resolve) => socket.once('data', resolve).once('close', resolve))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    const idle = await memoryInUse()
    let peak = 0
    socket.write(head(length))
    const block = Buffer.alloc(MEGABYTE, 'x')
    // It never comes to its end, so that the line is cut.
    for (let sent = 0; sent < 199 && !socket.destroyed; sent++) {
      if (length === 'chunked') socket.write(`${block.length.toString(16)}\r\n`)
      const flushed = socket.write(block)
      if (length === 'chunked') socket.write('\r\n')
      if (!flushed) await Promise.race([once(socket, 'drain'), closed])
      if (sent % 20 === 0) peak = Math.max(peak, await memoryInUse())
    }
    t.match(String(await answered), /^HTTP\/1\.1 413 /, `${length}: the answer comes`)
    await closed
    t.ok(
      peak - idle < 16 * MEGABYTE,
      `${length}: ${Math.round((peak - idle) / MEGABYTE)} MB more than at rest`,
    )
    await eventually(t, `${length}: nothing stays`, () => spooled().length === 0)
  }
})

t.test('a sender who leaves in the middle leaves nothing behind', async (t) => {
  const app = await startLists(t)
  const socket = await socketTo(app)
  socket.write(`${head(1000)}${'x'.repeat(500)}`)
  await eventually(t, 'the list is being written', () => spooled().length === 1)
  socket.destroy()
  await eventually(t, 'it is gone', () => spooled().length === 0)
})

t.test('a sender who leaves before the answer leaves nothing behind', async (t) => {
  const app = await startLists(t)
  const socket = await socketTo(app)
  socket.write(`${head(4, '/slow')}mail`)
  await eventually(t, 'the list is there', () => spooled().length === 1)
  await wait(100)
  socket.destroy()
  await eventually(t, 'it is gone', () => spooled().length === 0)
})

t.test('a connection is used again after a list', async (t) => {
  const app = await startLists(t)
  const socket = await socketTo(app)
  for (const content of ['mail', 'nom;']) {
    socket.write(`${head(4)}${content}`)
    const [bytes] = await once(socket, 'data')
    t.match(String(bytes), content)
  }
  await eventually(t, 'no file stays', () => spooled().length === 0)
  socket.destroy()
})
