import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, lstat, open, readdir, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { CallerError, Invalid } from '../errors.ts'
import { createGate, type Gate } from './gate.ts'

export const MAX_LIST_BYTES = 64 * 1024 * 1024

/** Lists that are worked on at once: each holds a connection to the database for seconds. */
const AT_ONCE = 2

const FILE_PREFIX = 'ecusson-list-'

/** No request lives as long. */
const STALE_MS = 24 * 3600 * 1000

/** How long a sender that was refused may go on sending, so that it reads the answer before the line is cut. */
const LINGER_MS = 2000

/** Browsers name a CSV by the programs that are installed beside them. */
const CSV_TYPES = [
  'text/csv',
  'text/plain',
  'text/tab-separated-values',
  'application/csv',
  'application/vnd.ms-excel',
]

/** A list as it was posted, in a file that lives as long as its request. */
export interface ListBody {
  readonly path: string
  readonly format: 'csv' | 'json'
  /** What Content-Type says of the characters. */
  readonly charset?: string
  /** In bytes. */
  readonly size: number
}

/**
 * Lets the routes of this scope take lists, CSV or JSON, which go to a file as they come and never sit in memory.
 * Few are worked on at once; the others wait for their turn.
 */
export function acceptListBodies(scope: FastifyInstance) {
  scope.removeAllContentTypeParsers()
  for (const type of [...CSV_TYPES, 'application/json']) {
    const format = type === 'application/json' ? 'json' : 'csv'
    scope.addContentTypeParser(type, async (request: FastifyRequest, payload: Readable) => {
      const { path, size } = await spool(request, payload)
      const charset = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(request.headers['content-type'] ?? '')?.[1]
      return { path, format, size, ...(charset ? { charset } : {}) } satisfies ListBody
    })
  }
  // Of an answer that was sent and of one that nobody waits for any more: onResponse knows only the former.
  scope.addHook('preValidation', async (request, reply) => {
    if (reply.raw.destroyed) await removeList(request)
    else reply.raw.once('close', () => void removeList(request))
  })
  // A hook before the one above can refuse the request.
  scope.addHook('onError', async (request) => removeList(request))
  // The framework would close the line in the middle of the upload, and the sender might never see the answer.
  scope.addHook('onSend', async (request, reply) => {
    if (request.raw.complete === false) reply.removeHeader('connection')
  })
  scope.addHook('onResponse', async (request) => cutLater(request.raw))
  const gate = createGate(AT_ONCE)
  scope.addHook('onRoute', (route) => takeTurns(route, gate))
  scope.addHook('onListen', async () => sweepLists(scope.log))
  return scope.withTypeProvider<TypeBoxTypeProvider>()
}

/** @throws Invalid when there is no body */
export function listOf(body: unknown): ListBody {
  if (typeof body === 'object' && body !== null && 'path' in body) return body as ListBody
  throw new Invalid({ path: '', code: 'list-empty' })
}

/** Outside of the route's transaction, whose hook came first: who waits has no connection to the database. */
function takeTurns(route: RouteOptions, gate: Gate): void {
  const handler = route.handler
  route.handler = function inTurn(request, reply) {
    return gate.pass(untilGone(reply), async () => handler.call(this, request, reply))
  }
}

/** Aborted when nobody waits for the answer any more. */
function untilGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  const abort = () => gone.abort(new CallerError(400, 'bad-request'))
  if (raw.destroyed) abort()
  else raw.once('close', abort)
  return gone.signal
}

async function spool(request: FastifyRequest, payload: Readable) {
  if (Number(request.headers['content-length']) > MAX_LIST_BYTES) throw new CallerError(413, 'too-large')
  const path = join(tmpdir(), `${FILE_PREFIX}${randomUUID()}`)
  const file = await open(path, 'wx', 0o600)
  try {
    const { size, hash } = await write(chunksOf(payload), file)
    if (size === 0) throw new Invalid({ path: '', code: 'list-empty' })
    request.bodyHash = hash
    return { path, size }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

async function write(chunks: AsyncIterable<Buffer>, file: FileHandle) {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > MAX_LIST_BYTES) throw new CallerError(413, 'too-large')
    hash.update(chunk)
    await file.writeFile(chunk)
  }
  return { size, hash: hash.digest('hex') }
}

async function* chunksOf(payload: Readable): AsyncGenerator<Buffer> {
  try {
    // The stream outlives the loop: destroying it would cut the line before the answer.
    yield* payload.iterator({ destroyOnReturn: false })
  } catch {
    // The sender is gone, or was too slow.
    throw new CallerError(400, 'bad-request')
  }
}

async function removeList({ body, log }: FastifyRequest): Promise<void> {
  const { path } = (body ?? {}) as Partial<ListBody>
  if (path !== undefined) await removeFile(path, log)
}

async function removeFile(path: string, log: FastifyBaseLogger): Promise<void> {
  await rm(path, { force: true }).catch((err) => log.error({ err }, 'the file of a list cannot be deleted'))
}

/** Deletes what a process that was killed left behind; another one may be at work beside this one. */
async function sweepLists(log: FastifyBaseLogger): Promise<void> {
  const before = Date.now() - STALE_MS
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(FILE_PREFIX)) continue
    const path = join(tmpdir(), name)
    const written = await lstat(path).catch(() => undefined)
    if (written && written.mtimeMs < before) await removeFile(path, log)
  }
}

/** What is still being sent after the answer is thrown away for a moment; then the line is cut. */
function cutLater(raw: IncomingMessage): void {
  if (raw.complete !== false) return
  raw.resume()
  const timer = setTimeout(() => raw.destroy(), LINGER_MS)
  raw.once('close', () => clearTimeout(timer))
}
