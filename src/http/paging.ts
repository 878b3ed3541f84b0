import type { FastifyReply, FastifyRequest } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { decodeCursor, type Page, type PageRequest } from '../db/page.ts'
import { Invalid } from '../errors.ts'
import { Closed } from '../fields.ts'
import { refer } from './answers.ts'

/** The query of a list: `limit`, `cursor` and the list's own filters. */
export const listQuery = <P extends Record<string, TSchema>>(filters: P) =>
  Closed({
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    cursor: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: 'nextCursor of the page before' }),
    ),
    ...filters,
  })

export const pageOf = <T extends TSchema>(item: T) =>
  Closed({ items: Type.Array(refer(item)), nextCursor: Type.Optional(Type.String()) })

/** @throws Invalid for a cursor that we never gave */
export function readPageRequest(query: { limit: number; cursor?: string }): PageRequest {
  if (query.cursor === undefined) return { limit: query.limit }
  const after = decodeCursor(query.cursor)
  if (!after) throw new Invalid({ path: '/cursor', code: 'cursor' })
  return { limit: query.limit, after }
}

/** Adds `Link: <…>; rel="next"` (RFC 8288) while there is a next page. */
export function sendPage<T>(request: FastifyRequest, reply: FastifyReply, page: Page<T>): Page<T> {
  if (page.nextCursor) {
    // The origin is ours whatever the request line names.
    const { pathname, search } = new URL(request.url, request.ctx.config.publicUrl)
    const next = new URL(pathname + search, request.ctx.config.publicUrl)
    next.searchParams.set('cursor', page.nextCursor)
    reply.header('link', `<${next.href}>; rel="next"`)
  }
  return page
}
