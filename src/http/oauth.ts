import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type CallerError, OAuthError } from '../errors.ts'
import { json } from './answers.ts'
import { problemOf, toCallerError } from './problems.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The code of the protocol for a request that cannot be read. */
    unreadable?: string
  }
}

/** RFC 6749, section 5.2. */
const OAuthErrorBody = Type.Object(
  { error: Type.String(), error_description: Type.Optional(Type.String()) },
  { additionalProperties: true },
)

/** Secrets do not belong into addresses, which end in logs and histories (RFC 6750, section 2.3). */
const SECRETS = ['access_token', 'pre-authorized_code', 'tx_code', 'user_pin']

/** `config: unreadableIs('invalid_request')`: what a request is answered that cannot be read at all. */
export function unreadableIs(code: string): { unreadable: string } {
  return { unreadable: code }
}

/** `response: { 200: …, ...oauthErrors(401) }`: how a route of OAuth can refuse, besides the usual ways. */
export function oauthErrors(...more: number[]): Record<number, object> {
  const statuses = [400, 404, 500, 503, ...more]
  return Object.fromEntries(statuses.map((status) => [status, json('Refused', OAuthErrorBody)]))
}

/** What a POST of OAuth can refuse by being one. */
export const WRITE_ERRORS = [413, 415, 429] as const

/**
 * Makes this scope one of OAuth: every error is told as `{error, error_description}` (RFC 6749, section 5.2), nothing
 * is kept on the way unless the route says so, and no secret is taken from an address.
 */
export function registerOAuth(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ query }) => {
    if (SECRETS.some((name) => Object.hasOwn(query as object, name))) {
      throw new OAuthError('invalid_request', 'Codes and tokens are not taken from the address')
    }
  })
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control') || reply.statusCode >= 400)
      reply.header('cache-control', 'no-store')
  })
  app.setErrorHandler((error: FastifyError | OAuthError, request, reply) => {
    const known = error instanceof OAuthError ? error : fromCallerError(request, toCallerError(error), error)
    if (known.status >= 500) request.log.error({ err: error }, 'a request failed')
    return sendOAuthError(reply, known)
  })
}

/** The same of a request for which no route can be found, such as /oid4vci/%zz/token. */
export function sendUnroutable(reply: FastifyReply): FastifyReply {
  reply.header('cache-control', 'no-store')
  return sendOAuthError(reply, new OAuthError('invalid_request', 'The address cannot be read'))
}

function sendOAuthError(reply: FastifyReply, known: OAuthError): FastifyReply {
  const body = { error: known.error, error_description: known.message, ...known.members }
  return reply
    .code(known.status)
    .headers(known.headers)
    .type('application/json')
    .send(Buffer.from(JSON.stringify(body)))
}

/** An error of every API in the words of this one. */
function fromCallerError(request: FastifyRequest, known: CallerError, error: FastifyError): OAuthError {
  const { status } = known
  const validation = status === 400 ? error.validation : undefined
  const { title, errors = [] } = problemOf('', known, 'en', validation)
  const description = [title, ...errors.map(({ path, message }) => `${path} ${message}`.trim())].join('; ')
  return new OAuthError(codeOf(request, status), toAscii(description), {
    status,
    headers: status === 503 ? { 'retry-after': '10' } : {},
  })
}

function codeOf(request: FastifyRequest, status: number): string {
  if (status === 429 || status === 503) return 'temporarily_unavailable'
  return status >= 500 ? 'server_error' : (request.routeOptions.config.unreadable ?? 'invalid_request')
}

/** RFC 6749, section 5.2: the characters that a description may have. */
function toAscii(text: string): string {
  return text
    .replace(/[’“”"\\]/g, "'")
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 500)
}
