import type { FastifyRequest } from 'fastify'

/** The token of `Authorization: Bearer …` (RFC 6750, section 2.1), or undefined. */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '')?.[1]
}
