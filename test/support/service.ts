import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { cpSync, existsSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { FastifyInstance, InjectOptions } from 'fastify'
import pg from 'pg'
import { buildApp } from '../../src/app.ts'
import type { Config } from '../../src/config.ts'
import type { Context } from '../../src/context.ts'
import { openEmbedded } from '../../src/db/embedded.ts'
import { MIGRATIONS_FOLDER } from '../../src/db/migrate.ts'
import { createQueue } from '../../src/jobs/queue.ts'
import { createLog } from '../../src/log.ts'
import { createContext } from '../../src/start.ts'
import { assertKept, underContract } from './contract.ts'

export const OPERATOR_KEY = 'operator-key-of-the-tests-0123456789'
export const PUBLIC_URL = 'http://localhost:3999'

/** A whole service on a database of its own: the embedded one, or on PostgreSQL where TEST_DATABASE_URL names a server. */
export interface TestService {
  readonly app: FastifyInstance
  readonly ctx: Context
  /** Sets the time; from then on it stands still. */
  setTime(time: Date | string): void
  /** Everything that was logged so far. */
  logged(): string
  close(): Promise<void>
}

interface Teardown {
  teardown(handler: () => Promise<void>): unknown
}

/**
 * Starts a service for one test file; `t` closes it.
 * @param overrides of the configuration; `parts` in the place of the real clock and of the documents of strangers
 */
export async function startService(
  t: Teardown,
  overrides: Partial<Config> = {},
  parts: Partial<Pick<Context, 'clock' | 'foreign' | 'signer'>> = {},
): Promise<TestService> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ecusson-'))
  const database = await createDatabase()
  if (!database) await copyTemplate(dataDir)
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    publicUrl: PUBLIC_URL,
    ...(database ? { databaseUrl: database.url } : {}),
    dataDir,
    operatorKey: OPERATOR_KEY,
    masterKey: randomBytes(32).toString('base64'),
    storageUrl: `file:${join(dataDir, 'files')}`,
    logLevel: 'info',
    trustProxy: false,
    rateLimits: {
      publicWrites: 100_000,
      drafts: 100_000,
      wallets: 100_000,
      verifications: 100_000,
      failedKeys: 100_000,
    },
    workers: 1,
    selfCheckEvery: 100,
    fetchForeign: false,
    ...overrides,
  }
  let fixed: Date | undefined
  const clock = parts.clock ?? (() => fixed ?? new Date())
  const lines: string[] = []
  const log = createLog(config.logLevel, sink(lines))
  const { ctx, close } = await createContext(config, { ...parts, clock, log })
  const { app, broken } = await underContract(() => buildApp(ctx))
  const closeAll = async () => {
    await app.close()
    await close()
    await database?.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  t.teardown(async () => {
    await closeAll()
    assertKept(broken)
  })
  return {
    app,
    ctx,
    setTime: (time) => {
      fixed = new Date(time)
    },
    logged: () => lines.join(''),
    close: closeAll,
  }
}

/** The embedded engine takes seconds to make a database and none to copy one that was made before. */
export async function copyTemplate(dataDir: string): Promise<void> {
  const migrations = await readFile(join(MIGRATIONS_FOLDER, 'meta/_journal.json'))
  const queue = await readFile(join(import.meta.dirname, '../../src/jobs/queue.ts'))
  const name = createHash('sha256').update(migrations).update(queue).digest('hex').slice(0, 16)
  const template = join(tmpdir(), `ecusson-template-${name}`)
  if (!existsSync(template)) {
    const draft = await mkdtemp(join(tmpdir(), 'ecusson-draft-'))
    const database = await openEmbedded(draft)
    await (await createQueue(database, createLog('silent'))).stop()
    await database.close()
    // Of two test files that start at once, one names its draft; the other's is as good.
    await rename(join(draft, 'database'), template).catch(() => undefined)
    await rm(draft, { recursive: true, force: true })
  }
  // Of all the ways to copy a thousand small files, the quickest.
  cpSync(template, join(dataDir, 'database'), { recursive: true })
}

/** A new database on the server of TEST_DATABASE_URL; undefined means the embedded one. */
export async function createDatabase(): Promise<{ url: string; drop(): Promise<void> } | undefined> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) return undefined
  const name = `ecusson_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => onServer(server, `drop database ${name} with (force)`) }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function sink(lines: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
}

/** A caller with a key: answers come back parsed. */
export function caller(app: FastifyInstance, key?: string) {
  return async (
    method: InjectOptions['method'],
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const isBytes = Buffer.isBuffer(body) || typeof body === 'string'
    const response = await app.inject({
      method: method!,
      url,
      headers: {
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(method === 'PUT' || method === 'PATCH' ? { 'if-match': '*' } : {}),
        ...(body !== undefined && !isBytes ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: isBytes ? body : JSON.stringify(body) }),
    })
    return {
      status: response.statusCode,
      headers: response.headers,
      text: response.body,
      bytes: response.rawPayload,
      body: parse(response.body),
    }
  }
}

export type Call = ReturnType<typeof caller>
export type Answer = Awaited<ReturnType<Call>>

// biome-ignore lint/suspicious/noExplicitAny: a test looks into any answer
function parse(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
