import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { CallerError, Invalid } from '../errors.ts'
import { createGate, type Gate } from './gate.ts'
import { keepSpooledBodies, spool } from './spooled-body.ts'

export const MAX_LIST_BYTES = 64 * 1024 * 1024

/** Lists that are worked on at once: each holds a connection to the database for seconds. */
const AT_ONCE = 2

/** Of their files. */
const KIND = 'list'

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
      const { path, size } = await spoolList(request, payload)
      const charset = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(request.headers['content-type'] ?? '')?.[1]
      return { path, format, size, ...(charset ? { charset } : {}) } satisfies ListBody
    })
  }
  keepSpooledBodies(scope)
  const gate = createGate(AT_ONCE)
  scope.addHook('onRoute', (route) => takeTurns(route, gate))
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

async function spoolList(request: FastifyRequest, payload: Readable) {
  const announced = request.headers['content-length']
  const { path, size, hash } = await spool(payload, { kind: KIND, maxBytes: MAX_LIST_BYTES, announced })
  if (size === 0) {
    await rm(path, { force: true })
    throw new Invalid({ path: '', code: 'list-empty' })
  }
  request.bodyHash = hash
  return { path, size }
}
