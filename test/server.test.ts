import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { type ServerProcess, startServer } from './support/process.ts'

const BADGE = {
  name: 'Je m’engage',
  description: 'Période d’essai passée.',
  criteria: { narrative: 'Être là' },
}
const PUBLIC_URL = 'http://badges.test'

/** A folder for one test, and processes that are ended with it. */
async function setUp(t: Test) {
  const dataDir = await mkdtemp(join(tmpdir(), 'ecusson-server-'))
  const started: ServerProcess[] = []
  t.teardown(async () => {
    for (const { child } of started) child.kill('SIGKILL')
    await Promise.all(started.map((server) => server.ended()))
    await rm(dataDir, { recursive: true, force: true })
  })
  const start = (environment: Record<string, string> = {}) => {
    const server = startServer({ DATA_DIR: dataDir, PUBLIC_URL, ...environment })
    started.push(server)
    return server
  }
  const operatorKey = async () => (await readFile(join(dataDir, 'operator.key'), 'utf8')).trim()
  return { dataDir, start, operatorKey }
}

/** Calls with a key, over a real socket. */
function callerAt(origin: string, key: string) {
  return async (method: string, path: string, body?: object) => {
    const response = await fetch(origin + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'if-match': '*',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    return { status: response.status, text, body: text ? JSON.parse(text) : undefined }
  }
}

async function publishBadge(call: ReturnType<typeof callerAt>): Promise<string> {
  await call('POST', '/v1/issuers', { slug: 'siae', name: 'SIAE', url: 'https://siae.example' })
  const { body } = await call('POST', '/v1/issuers/siae/badge-classes', BADGE)
  await call('POST', `/v1/badge-classes/${body.id}/publish`)
  return body.id
}

const person = (name: string) => ({ recipient: { email: `${name}@example.org` } })

t.test('without any configuration it starts, makes its secrets, and keeps them to itself', async (t) => {
  const { dataDir, start, operatorKey } = await setUp(t)
  const server = start()
  const origin = await server.listens()
  t.equal((await fetch(`${origin}/healthz`)).status, 200)
  t.strictSame(await (await fetch(`${origin}/readyz`)).json(), {
    ready: true,
    checks: { database: true, storage: true, signature: true },
  })
  for (const name of ['operator.key', 'master.key']) {
    t.equal((await stat(join(dataDir, name))).mode & 0o777, 0o600, name)
    t.match(server.output(), join(dataDir, name), 'its place is told')
    t.notMatch(server.output(), (await readFile(join(dataDir, name), 'utf8')).trim(), 'its value is not')
  }
  t.equal((await callerAt(origin, await operatorKey())('GET', '/v1/issuers')).status, 200)

  const second = await start().ended()
  t.equal(second.code, 1)
  t.match(second.output, `${dataDir} is in use by process ${server.child.pid}`)
  t.notMatch(second.output, /\n {4}at /, 'a message, not a stack')
  t.equal((await fetch(`${origin}/healthz`)).status, 200, 'the first one goes on')
})

t.test('SIGTERM lets a request that has begun end well, takes no new one, and ends with 0', async (t) => {
  const { start, operatorKey } = await setUp(t)
  const server = start()
  const origin = await server.listens()
  const key = await operatorKey()
  const badge = await publishBadge(callerAt(origin, key))
  const path = `/v1/badge-classes/${badge}/assertions`
  const begun = await beginPost(origin + path, key, person('lente'))
  server.child.kill('SIGTERM')
  await server.says('"stopping"')
  await t.rejects(fetch(`${origin}/healthz`), 'nobody new is let in')
  const answer = await begun.finish()
  t.equal(answer.status, 201, answer.text)
  t.match(await server.ended(), { code: 0, signal: null })

  const again = start()
  const call = callerAt(await again.listens(), key)
  const { id } = JSON.parse(answer.text)
  t.equal((await call('GET', `/v1/assertions/${id}`)).status, 200, 'what was answered was kept')
  again.child.kill('SIGINT')
  t.match(await again.ended(), { code: 0, signal: null })
})

t.test('killed in the middle of its work, it starts again with every award that it confirmed', async (t) => {
  const { start, operatorKey } = await setUp(t)
  const server = start()
  const origin = await server.listens()
  const key = await operatorKey()
  const call = callerAt(origin, key)
  const badge = await publishBadge(call)
  const path = `/v1/badge-classes/${badge}/assertions`
  const confirmed: { id: string; credentialUrl: string }[] = []
  const awards = Array.from({ length: 40 }, async (_, i) => {
    const answer = await call('POST', path, person(`p${i}`))
    confirmed.push(answer.body)
    if (confirmed.length === 10) server.child.kill('SIGKILL')
  })
  const outcomes = await Promise.allSettled(awards)
  t.match(await server.ended(), { code: null, signal: 'SIGKILL' })
  t.ok(confirmed.length >= 10)
  t.ok(
    outcomes.some(({ status }) => status === 'rejected'),
    'the rest got no answer',
  )

  const again = start()
  const after = callerAt(await again.listens(), key)
  for (const { id, credentialUrl } of confirmed) {
    t.equal((await after('GET', `/v1/assertions/${id}`)).status, 200)
    const verdict = await after('POST', '/verify', { url: credentialUrl })
    t.equal(verdict.body.valid, true)
  }
  t.equal((await after('POST', path, person('suite'))).status, 201, 'it goes on awarding')
})

t.test('with another master key it does not start, and says why', async (t) => {
  const { start, dataDir } = await setUp(t)
  const first = start()
  await first.listens()
  first.child.kill('SIGTERM')
  await first.ended()
  const masterKey = randomBytes(32).toString('base64')
  const { code, output } = await start({ MASTER_KEY: masterKey }).ended()
  t.equal(code, 1)
  t.match(output, 'MASTER_KEY does not open the keys in this database')
  t.notMatch(output, masterKey)
  await t.rejects(stat(join(dataDir, 'lock')), { code: 'ENOENT' }, 'the folder is free for the right one')
})

t.test('every mistake of the environment is told at once', async (t) => {
  const { start, dataDir } = await setUp(t)
  const { code, output } = await start({
    PORT: '99999',
    PUBLIC_URL: 'badges.example.org/path',
    DATABASE_URL: 'mysql://localhost/x',
    OPERATOR_KEY: 'short',
    MASTER_KEY: 'c2hvcnQ=',
    STORAGE_URL: 'ftp://x',
    LOG_LEVEL: 'loud',
    TRUST_PROXY: 'maybe',
    RATE_LIMIT_PUBLIC_WRITES: '-1',
  }).ended()
  t.equal(code, 1)
  t.match(output, 'The configuration has 9 mistakes')
  const names = [
    'PORT',
    'PUBLIC_URL',
    'DATABASE_URL',
    'OPERATOR_KEY',
    'MASTER_KEY',
    'STORAGE_URL',
    'LOG_LEVEL',
    'TRUST_PROXY',
    'RATE_LIMIT_PUBLIC_WRITES',
  ]
  for (const name of names) t.match(output, `  - ${name} must`)
  t.notMatch(output, /short|c2hvcnQ/, 'secrets are not repeated')
  await t.rejects(stat(join(dataDir, 'operator.key')), 'nothing was made')
  const missing = await start({ DATABASE_URL: 'postgres://localhost/x' }).ended()
  t.equal(missing.code, 1)
  t.match(missing.output, 'OPERATOR_KEY is required when DATABASE_URL is set')
  t.match(missing.output, 'MASTER_KEY is required when DATABASE_URL is set')
})

t.test('where its port is taken it says so, and lets go of its folder', async (t) => {
  const { start, dataDir } = await setUp(t)
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  t.teardown(() => new Promise((resolve) => holder.close(resolve)))
  const { port } = holder.address() as AddressInfo
  const { code, output } = await start({ PORT: String(port) }).ended()
  t.equal(code, 1)
  t.match(output, 'EADDRINUSE')
  await t.rejects(stat(join(dataDir, 'lock')), { code: 'ENOENT' })
})

/** Sends the head and half of the body, and waits until the server has surely read them. */
async function beginPost(url: string, key: string, body: object) {
  const text = JSON.stringify(body)
  const post = request(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      expect: '100-continue',
    },
  })
  const answered = new Promise<{ status: number; text: string }>((resolve, reject) => {
    post.on('error', reject)
    post.on('response', async (response) => {
      const chunks = await response.toArray()
      resolve({ status: response.statusCode!, text: Buffer.concat(chunks).toString() })
    })
  })
  answered.catch(() => undefined)
  await new Promise<void>((resolve) => {
    post.on('continue', resolve)
    post.flushHeaders()
  })
  post.write(text.slice(0, 10))
  return {
    finish() {
      post.end(text.slice(10))
      return answered
    },
  }
}
