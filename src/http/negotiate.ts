import type { FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import type { TSchema } from 'typebox'
import { CallerError } from '../errors.ts'

/** Every parameter of a media range but its weight. */
const PARAMETERS = /;\s*(?!q\s*=)[\w!#$%&'*+.^`|~-]+\s*=\s*("[^"]*"|[^;,\s]*)/gi

/**
 * The media type to serve, by the caller's `Accept` (RFC 9110, section 12.5.1).
 * @param available in our order of preference
 * @throws CallerError 406 when none is acceptable
 */
export function negotiate(request: FastifyRequest, available: readonly string[]): string {
  // Parameters such as `charset` or `profile` ask for a shade of a type that has none here: they are no reason
  // to refuse the type itself. An empty header says as little as none.
  const accept = request.headers.accept?.replace(PARAMETERS, '').trim() || '*/*'
  if (accept === '*/*') return available[0]!
  const chosen = new Negotiator({ headers: { accept } }).mediaTypes([...available])[0]
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
