import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Expected } from '../db/revision.ts'
import { CallerError } from '../errors.ts'

/**
 * Every object of the management API with a `revision` has it as its ETag (RFC 9110, section 8.8.3), answers
 * `If-None-Match`, and is changed only with `If-Match` (sections 13.1.1 and 13.1.2).
 */
export function registerEtags(app: FastifyInstance): void {
  app.decorateRequest('expected', '*')
  app.addHook('preHandler', async (request) => {
    if (!/^(PUT|PATCH)$/.test(request.method) || !request.routeOptions.config.access) return
    request.expected = readIfMatch(request)
  })
  app.addHook('preSerialization', async (request, reply, payload) => {
    const revision = (payload as { revision?: unknown } | null)?.revision
    if (typeof revision !== 'number' || reply.statusCode >= 300) return payload
    const etag = `"${revision}"`
    reply.header('etag', etag).header('cache-control', 'private, no-cache')
    if (!/^(GET|HEAD)$/.test(request.method) || !noneMatch(request, etag)) return payload
    reply.code(304)
    return null
  })
}

/** Does `If-None-Match` name this ETag? Weak comparison (RFC 9110, section 13.1.2). */
export function noneMatch(request: FastifyRequest, etag: string): boolean {
  const header = request.headers['if-none-match']
  if (header === undefined) return false
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '')
  return header.trim() === '*' || header.split(',').some((tag) => opaque(tag) === opaque(etag))
}

function readIfMatch(request: FastifyRequest): Expected {
  const header = request.headers['if-match']
  if (header === undefined) throw new CallerError(428, 'if-match-missing')
  if (header.trim() === '*') return '*'
  // Strong comparison: a weak tag never matches, nor does one that we did not give.
  return header
    .split(',')
    .flatMap((tag) => /^"(\d{1,9})"$/.exec(tag.trim())?.[1] ?? [])
    .map(Number)
}
