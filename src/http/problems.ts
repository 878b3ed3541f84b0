import type {
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifySchemaValidationError,
} from 'fastify'
import Negotiator from 'negotiator'
import { isUnavailable } from '../db/db.ts'
import { CallerError, Invalid, NotFound } from '../errors.ts'
import { FAULTS, type Language, PROBLEMS, type ProblemCode, say } from '../messages.ts'
import { localizeValidation, pathOf } from './validation.ts'

export const PROBLEM_JSON = 'application/problem+json'

/** RFC 9457, section 3. */
interface ProblemDocument {
  type: string
  title: string
  status: number
  errors?: { path: string; message: string }[]
  [extension: string]: unknown
}

/** Translates every error at the edge: callers learn what they did wrong, and of a 5xx nothing at all. */
export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = toCallerError(error)
    if (known.status === 503) reply.header('retry-after', '10')
    // RFC 9110, section 15.5.2: a 401 tells how to authenticate.
    if (known.status === 401) reply.header('www-authenticate', 'Bearer realm="ecusson"')
    if (known.status >= 500) request.log.error({ err: error }, 'a request failed')
    // An id that cannot exist needs no lesson about its form.
    return sendProblem(request, reply, known, known.status === 400 ? error.validation : undefined)
  })
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new NotFound()))
}

export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  error: CallerError,
  validation?: FastifySchemaValidationError[],
): FastifyReply {
  const language = languageOf(request)
  return reply
    .code(error.status)
    .header('content-language', language)
    .type(PROBLEM_JSON)
    .send(Buffer.from(JSON.stringify(problemOf(request.ctx.config.publicUrl, error, language, validation))))
}

/** English, unless the caller prefers French. */
export function languageOf(request: FastifyRequest): Language {
  return new Negotiator(request.raw).languages(['en', 'fr'])[0] === 'fr' ? 'fr' : 'en'
}

export function problemOf(
  publicUrl: string,
  error: CallerError,
  language: Language,
  validation: FastifySchemaValidationError[] = [],
): ProblemDocument {
  const fromSchema = localizeValidation(validation, language).map((fault) => ({
    path: pathOf(fault),
    message: fault.message ?? '',
  }))
  const fromRules = error.faults.map(({ path, code, params }) => ({
    path,
    message: say(FAULTS[code], language, params),
  }))
  const errors = [...fromSchema, ...fromRules]
  return {
    type: `${publicUrl}/problems/${error.code}`,
    title: say(PROBLEMS[error.code], language, error.params),
    status: error.status,
    ...error.members,
    ...(errors.length > 0 ? { errors } : {}),
  }
}

const BY_STATUS: Record<number, ProblemCode> = {
  404: 'not-found',
  406: 'not-acceptable',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'rate-limited',
  503: 'unavailable',
}

/** Fastify's own errors in our words; whatever is not the caller's fault is `internal`. */
export function toCallerError(error: FastifyError | CallerError): CallerError {
  if (error instanceof CallerError) return error
  // An id that no object can have is an object that does not exist.
  if (error.validationContext === 'params') return new NotFound()
  if (error.validation) return new Invalid()
  if (isUnavailable(error)) return new CallerError(503, 'unavailable')
  const status = error.statusCode ?? 500
  if (status >= 500 && status !== 503) return new CallerError(500, 'internal')
  return new CallerError(status, BY_STATUS[status] ?? 'bad-request')
}
