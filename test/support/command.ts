import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { childEnvironment, type ServerProcess, startServer } from './process.ts'
import { copyTemplate, createDatabase, OPERATOR_KEY } from './service.ts'

export const ROOT = join(import.meta.dirname, '../..')

/** A command that ended. */
interface Outcome {
  /** Its exit status. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command that runs. */
export interface Running {
  /** Waits for a text on either output. @throws when it ends before */
  says(text: string): Promise<void>
  kill(signal: NodeJS.Signals): void
  readonly ended: Promise<Outcome>
}

/** Starts a program with nothing in its environment but what is said. */
export function start(program: string, args: readonly string[], env: Record<string, string> = {}): Running {
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...childEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  let look: () => void = () => undefined
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text) => {
      output[name] += text
      look()
    })
  }
  const ended = once(child, 'close').then(([code]) => ({ code, ...output }))
  const said = (text: string) => (output.stdout + output.stderr).includes(text)
  return {
    kill: (signal) => void child.kill(signal),
    ended,
    says: (text) =>
      new Promise((resolve, reject) => {
        look = () => said(text) && resolve()
        look()
        ended.then(() => reject(new Error(`it never said "${text}": ${output.stdout}${output.stderr}`)))
      }),
  }
}

/** `ecusson` in a process of its own. */
export const startCommand = (args: readonly string[], env: Record<string, string> = {}) =>
  start(process.execPath, ['src/cli.ts', ...args], env)

export const runCommand = (args: readonly string[], env: Record<string, string> = {}) =>
  startCommand(args, env).ended

/** The service as a process of its own, which can be killed and started again at the same address. */
export interface Neighbour {
  readonly url: string
  server: ServerProcess
  /** Starts it, again or for the first time, and waits until it listens. */
  start(): Promise<void>
  /** Calls the management API as the operator. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into any answer
  call(method: string, path: string, body?: unknown, key?: string): Promise<any>
}

export async function startNeighbour(t: Test): Promise<Neighbour> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ecusson-command-'))
  const database = await createDatabase()
  if (!database) await copyTemplate(dataDir)
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const environment = {
    ...{ DATA_DIR: dataDir, PORT: port, PUBLIC_URL: url, OPERATOR_KEY },
    MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    ...(database ? { DATABASE_URL: database.url } : {}),
  }
  const neighbour: Neighbour = {
    url,
    server: startServer(environment),
    async start() {
      if (neighbour.server.child.exitCode !== null || neighbour.server.child.signalCode !== null)
        neighbour.server = startServer(environment)
      await neighbour.server.listens()
    },
    async call(method, path, body, key = OPERATOR_KEY) {
      const response = await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${text}`)
      return text && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
    },
  }
  t.teardown(async () => {
    neighbour.server.child.kill('SIGKILL')
    await neighbour.server.ended()
    await database?.drop()
    await rm(dataDir, { recursive: true, force: true })
  })
  await neighbour.start()
  return neighbour
}

/** An issuer with a published badge class. @returns the id of the badge class */
export async function publishBadge({ call }: Neighbour, slug: string, badge: string): Promise<string> {
  await call('POST', '/v1/issuers', { slug, name: slug, url: 'https://siae.example' }).catch(() => undefined)
  const content = { slug: badge, name: badge, description: 'Présence', criteria: { narrative: 'Être là' } }
  const { id } = await call('POST', `/v1/issuers/${slug}/badge-classes`, content)
  await call('POST', `/v1/badge-classes/${id}/publish`)
  return id
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
