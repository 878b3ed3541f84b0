import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { MAX_EVIDENCE_BYTES } from '../../../src/badge-classes/evidence-types.ts'
import { MEGABYTE } from '../../support/memory.ts'
import { large } from './files.ts'
import { leftNothing, ownTemporaryFolder, type Store, startStores, temporary, until } from './stores.ts'

ownTemporaryFolder(t)
const stores = await startStores(t)
const BLOCK = large(64 * 1024)

async function socketTo({ service }: Store) {
  if (!service.app.server.listening) await service.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = service.app.server.address() as { port: number }
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

// `once` would throw when the line is cut.
const drained = (socket: Socket) => new Promise<void>((resolve) => socket.once('drain', resolve))

const head = ({ id, token }: { id: string; token: string }, ...headers: string[]) =>
  `PUT /requests/${id}/evidence/proof HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n${headers.join('\r\n')}\r\n\r\n`

for (const store of stores) {
  t.test(`${store.name}: an upload that breaks off leaves nothing behind`, async (t) => {
    const applicant = await store.start()
    const kinds: [string, string[], string][] = [
      ['raw', ['content-type: text/plain', 'content-length: 1000'], 'x'.repeat(500)],
      ['chunked', ['content-type: text/plain', 'transfer-encoding: chunked'], '5\r\nhello\r\n5\r\nhel'],
      [
        'part',
        ['content-type: text/plain', 'content-range: bytes 0-999/2000', 'content-length: 1000'],
        'x'.repeat(500),
      ],
      [
        'form',
        ['content-type: multipart/form-data; boundary=b', 'content-length: 1000'],
        `--b\r\ncontent-disposition: form-data; name="f"; filename="a.txt"\r\n\r\n${'x'.repeat(500)}`,
      ],
    ]
    for (const [name, headers, body] of kinds) {
      const socket = await socketTo(store)
      socket.write(head(applicant, ...headers) + body)
      await until(t, `${name}: it is being written`, async () => temporary().length === 1)
      socket.destroy()
      await until(t, `${name}: it is gone`, async () => temporary().length === 0)
    }
    await leftNothing(t, store)
  })

  t.test(`${store.name}: too large an upload is answered while it is being sent`, async (t) => {
    const applicant = await store.start()
    const kinds: [string, string[], string][] = [
      ['announced', ['content-type: video/mp4', `content-length: ${200 * MEGABYTE}`], ''],
      [
        'chunked',
        ['content-type: video/mp4', 'transfer-encoding: chunked'],
        `${(200 * MEGABYTE).toString(16)}\r\n`,
      ],
      [
        'form',
        ['content-type: multipart/form-data; boundary=b', `content-length: ${200 * MEGABYTE}`],
        '--b\r\ncontent-disposition: form-data; name="f"; filename="a.txt"\r\n\r\n',
      ],
    ]
    for (const [name, headers, start] of kinds) {
      const socket = await socketTo(store)
      const answered = new Promise((resolve) => socket.once('data', resolve).once('close', resolve))
      const closed = new Promise((resolve) => socket.once('close', resolve))
      socket.write(head(applicant, ...headers) + start)
      for (let sent = 0; sent < 199 * MEGABYTE && !socket.destroyed; sent += BLOCK.length) {
        if (!socket.write(BLOCK)) await Promise.race([drained(socket), closed])
      }
      t.match(String(await answered), /^HTTP\/1\.1 413 /, `${name}: the answer comes`)
      await closed
    }
    await leftNothing(t, store)
  })

  t.test(`${store.name}: whoever may not upload is told before the file is read`, async (t) => {
    const applicant = await store.start()
    const cases: [number, { id: string; token: string }, string][] = [
      [401, { id: applicant.id, token: 'ecr_wrong' }, 'content-type: text/plain'],
      [413, applicant, 'content-range: bytes 0-1/99999999'],
      [400, applicant, 'content-range: nonsense'],
    ]
    for (const [status, who, header] of cases) {
      const socket = await socketTo(store)
      socket.write(head(who, header, 'content-length: 1000'))
      const [answer] = await once(socket, 'data')
      t.match(String(answer), new RegExp(`^HTTP/1\\.1 ${status} `))
      socket.destroy()
    }
    await leftNothing(t, store)
  })

  t.test(`${store.name}: memory is flat while twenty uploads of ten megabytes run at once`, async (t) => {
    const applicants = await Promise.all(Array.from({ length: 20 }, () => store.start()))
    await upload(store, applicants[0]!, 0)
    const before = process.memoryUsage.rss()
    let peak = before
    const sampler = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss())
    }, 5)
    const answers = await Promise.all(applicants.map((applicant, i) => upload(store, applicant, i)))
    clearInterval(sampler)
    t.ok(
      answers.every((answer) => /^HTTP\/1\.1 201 /.test(answer)),
      'all are taken',
    )
    const grown = Math.round((peak - before) / MEGABYTE)
    t.comment(`${store.name}: ${grown} MB more`)
    t.ok(grown < 100, `${grown} MB more than before, for 200 MB of files`)
    for (const applicant of applicants) await applicant.call('DELETE')
    await leftNothing(t, store)
  })
}

/** Sends the largest file, made block by block so that the sender's side takes no memory either. */
async function upload(store: Store, applicant: { id: string; token: string }, seed: number): Promise<string> {
  const socket = await socketTo(store)
  const answered = once(socket, 'data')
  socket.write(head(applicant, 'content-type: text/plain', `content-length: ${MAX_EVIDENCE_BYTES}`))
  for (let sent = 0; sent < MAX_EVIDENCE_BYTES; sent += BLOCK.length) {
    if (!socket.write(BLOCK)) await drained(socket)
    if (sent % (20 * BLOCK.length) === seed * BLOCK.length) await wait(1)
  }
  const [answer] = await answered
  socket.destroy()
  return String(answer)
}
