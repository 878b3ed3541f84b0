import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BADGE, type Tenant } from './factories.ts'
import { type ServerProcess, startServer } from './process.ts'
import { type Call, copyTemplate, createDatabase, OPERATOR_KEY } from './service.ts'

const FLEET_URL = 'http://badges.test'

/** Real servers on one database, which are killed and started again, and a client of theirs. */
export interface Fleet {
  /** Starts one more server; it does not listen yet. */
  start(): ServerProcess
}

interface Teardown {
  teardown(handler: () => Promise<void>): unknown
}

/**
 * @param url of the database; otherwise one of its own, on PostgreSQL or embedded as for every test. Whatever was
 * started ends with the test
 */
export async function openFleet(t: Teardown, url?: string): Promise<Fleet> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ecusson-fleet-'))
  const database = url ? undefined : await createDatabase()
  const databaseUrl = url ?? database?.url
  if (!databaseUrl) await copyTemplate(dataDir)
  const started: ServerProcess[] = []
  const environment = {
    DATA_DIR: dataDir,
    PUBLIC_URL: FLEET_URL,
    OPERATOR_KEY,
    MASTER_KEY: randomBytes(32).toString('base64'),
    WORKERS: '1',
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    ...(process.env.NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE } : {}),
  }
  t.teardown(async () => {
    for (const { child } of started) child.kill('SIGKILL')
    await Promise.all(started.map((server) => server.ended()))
    await database?.drop()
    await rm(dataDir, { recursive: true, force: true })
  })
  return {
    start() {
      const server = startServer(environment)
      started.push(server)
      return server
    },
  }
}

/** Calls as the operator, over a real socket. @param origin tells where the server is just now */
export function callerAt(origin: () => string): Call {
  return async (method, url, body, headers = {}) => {
    const isText = typeof body === 'string'
    const response = await fetch(`${origin()}${url}`, {
      method: method!,
      headers: {
        authorization: `Bearer ${OPERATOR_KEY}`,
        ...(body !== undefined && !isText ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    const text = bytes.toString()
    const answered = Object.fromEntries(response.headers)
    return { status: response.status, headers: answered, text, bytes, body: parse(text) }
  }
}

function parse(text: string) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An issuer with a published badge class, made through a server; `call` follows the server that is up. */
export async function foundIssuer(call: Call): Promise<{ tenant: Tenant; badge: string }> {
  const issuer = await call('POST', '/v1/issuers', {
    slug: 'siae',
    name: 'SIAE',
    url: 'https://siae.example',
  })
  if (issuer.status !== 201) throw new Error(issuer.text)
  const { body } = await call('POST', '/v1/issuers/siae/badge-classes', BADGE)
  const published = await call('POST', `/v1/badge-classes/${body.id}/publish`)
  if (published.status !== 200) throw new Error(published.text)
  const { id, did } = issuer.body
  return { tenant: { slug: 'siae', id, did, key: OPERATOR_KEY, call }, badge: body.id }
}

/** Waits until more rows of a running batch are issued than were before. @returns how many */
export async function untilIssuing({ call }: Tenant, id: string, before = 0): Promise<number> {
  for (let waited = 0; waited < 30_000; waited += 10) {
    const { body } = await call('GET', `/v1/batches/${id}`)
    if (body.counts.issued > before || body.status !== 'running') return body.counts.issued
    await sleep(10)
  }
  throw new Error(`nothing of the batch ${id} was issued`)
}
