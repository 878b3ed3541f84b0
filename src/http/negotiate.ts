import type { FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import type { TSchema } from 'typebox'
import { CallerError } from '../errors.ts'

/**
 * The media type to serve, by the caller's `Accept` (RFC 9110, section 12.5.1).
 * @param available in our order of preference
 * @throws CallerError 406 when none is acceptable
 */
export function negotiate(request: FastifyRequest, available: readonly string[]): string {
  const chosen = new Negotiator(request.raw).mediaTypes([...available])[0]
  if (chosen) return chosen
  throw new CallerError(406, 'not-acceptable', { params: { types: available.join(', ') } })
}

/** A credential as JSON; the first one also for readers that take anything (OB 3.0, section 8.1). */
export const CREDENTIAL_TYPES = [
  'application/vc+ld+json',
  'application/vc',
  'application/ld+json',
  'application/json',
] as const

/** A Profile or an Achievement: JSON-LD. */
export const DOCUMENT_TYPES = ['application/ld+json', 'application/json'] as const

export function documentBodies(schema: TSchema): Record<string, TSchema> {
  return Object.fromEntries(DOCUMENT_TYPES.map((type) => [type, schema]))
}
