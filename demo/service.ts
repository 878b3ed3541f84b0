import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The real service as a process of its own, on the embedded database in a folder that is thrown away. */
export interface DemoService {
  readonly url: string
  /** Where its database, its files and its secrets are. */
  readonly folder: string
  /** Calls the management API as the operator. */
  readonly call: DemoCall
  /** Calls with another token, or with none. */
  as(token?: string): DemoCall
  stop(): Promise<void>
}

export type DemoCall = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<DemoAnswer>

interface DemoAnswer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: the answers of several routes
  body: any
}

/** @param smtpUrl the mail server that it sends by */
export async function startDemoService(smtpUrl: string): Promise<DemoService> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ecusson-demo-'))
  const port = await freePort(3000)
  const url = `http://localhost:${port}`
  const server = spawn(process.execPath, [join(import.meta.dirname, '../src/server.ts')], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      SMTP_URL: smtpUrl,
      MAIL_FROM: 'badges@inae.example',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  // However this program ends, the service ends with it.
  process.once('exit', () => server.kill('SIGTERM'))
  await untilReady(url, server)
  const key = (await readFile(join(dataDir, 'operator.key'), 'utf8')).trim()
  return {
    url,
    folder: dataDir,
    call: caller(url, key),
    as: (token) => caller(url, token),
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      if (server.exitCode === null) await ended
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function caller(url: string, token?: string): DemoCall {
  return async (method, path, body, headers = {}) => {
    const isBytes = Buffer.isBuffer(body)
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || isBytes ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text ? JSON.parse(text) : undefined }
  }
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error(`the service ended with ${server.exitCode}`)
    const response = await fetch(`${url}/readyz`).catch(() => undefined)
    if (response?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('the service did not become ready in a minute')
}

/** The wished port, or any other that is free. */
function freePort(wished: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', () => (wished === 0 ? reject(new Error('no free port')) : resolve(freePort(0))))
    probe.listen(wished, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
