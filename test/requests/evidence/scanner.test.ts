import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createScanner } from '../../../src/outgoing/clamd.ts'
import { large, PDF } from './files.ts'
import { leftNothing, ownTemporaryFolder, startStores } from './stores.ts'

// The path of a socket has a hundred characters at most.
const SHORT_FOLDER = mkdtempSync(join(tmpdir(), 'clamd-'))
t.teardown(() => rmSync(SHORT_FOLDER, { recursive: true }))
ownTemporaryFolder(t)
const BYTES = { 'content-type': 'application/octet-stream' }
/** The harmless text that every scanner takes for a virus, in two halves so that none finds it here. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

type Answer = (content: Buffer, socket: Socket) => void
const asClamd: Answer = (content, socket) =>
  socket.end(content.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0')

/** A clamd that knows one virus and speaks INSTREAM as clamd(8) says; `behave` has it answer otherwise. */
async function startClamd(t: Test, at: object) {
  let answer = asClamd
  const server = createServer((socket) => {
    let came = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      came = Buffer.concat([came, chunk])
      const content = contentOf(came)
      if (content) answer(content, socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(at, resolve))
  const close = () => new Promise((resolve) => server.close(resolve))
  t.teardown(close)
  const behave = (other: Answer) => {
    answer = other
  }
  return { port: (server.address() as { port: number }).port, close, behave }
}

/** What was sent, when all of it is there. */
function contentOf(came: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0'
  if (came.toString('latin1', 0, command.length) !== command) return undefined
  const chunks: Buffer[] = []
  for (let at = command.length; at + 4 <= came.length; ) {
    const length = came.readUInt32BE(at)
    if (length === 0) return Buffer.concat(chunks)
    chunks.push(came.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}

const clamd = await startClamd(t, { port: 0, host: '127.0.0.1' })
const stores = await startStores(t, { scannerUrl: `tcp://127.0.0.1:${clamd.port}` })

for (const store of stores) {
  t.test(`${store.name}: a scanner keeps harmful files away, and others not`, async (t) => {
    const applicant = await store.start()
    const harmful = await applicant.call('PUT', '/evidence/proof', `Voici ${EICAR}`, BYTES)
    t.equal(harmful.status, 400)
    t.match(harmful.body.errors, [{ path: '', message: /harmful software/ }])
    const late = Buffer.from(`${'Voici '.repeat(100)}${EICAR}`)
    const ranges = [
      [0, 300, 202],
      [300, late.length, 400],
    ] as const
    for (const [first, end, status] of ranges) {
      const range = `bytes ${first}-${end - 1}/${late.length}`
      const headers = { ...BYTES, 'content-range': range }
      const put = await applicant.call('PUT', '/evidence/proof', late.subarray(first, end), headers)
      t.equal(put.status, status, range)
    }
    await leftNothing(t, store)
    t.equal((await applicant.call('PUT', '/evidence/proof', PDF, BYTES)).status, 201)
    t.equal((await applicant.call('PUT', '/evidence/proof', large(5_000_000), BYTES)).status, 201)
    await leftNothing(t, store, 1)
    await applicant.call('DELETE')
  })
}

t.test('a scanner can be a socket of the machine', async (t) => {
  const path = join(SHORT_FOLDER, 'clamd.sock')
  await startClamd(t, { path })
  const scan = createScanner(`unix:${path}`)
  const file = join(t.testdir({ file: EICAR }), 'file')
  t.equal(await scan(file), true)
  writeFileSync(file, 'Bonjour')
  t.equal(await scan(file), false)
})

t.test('a scanner that does not say is a service that is not ready', async (t) => {
  const answers: [string, Answer | undefined][] = [
    ['it hangs up', (_content, socket) => socket.destroy()],
    ['it says nothing', (_content, socket) => socket.end()],
    ['it is not well', (_content, socket) => socket.end('INSTREAM size limit exceeded. ERROR\0')],
    ['it is somebody else', (_content, socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')],
    ['it is not there', undefined],
  ]
  for (const [name, answer] of answers) {
    if (answer) clamd.behave(answer)
    else await clamd.close()
    for (const store of stores) {
      const applicant = await store.start()
      const put = await applicant.call('PUT', '/evidence/proof', PDF, BYTES)
      t.equal(put.status, 503, name)
      t.match(put.headers, { 'retry-after': '10' })
      t.notMatch(put.text, /scanner|clamd|127/)
      await leftNothing(t, store)
    }
  }
})
