import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import Negotiator from 'negotiator'
import { Type } from 'typebox'
import { CallerError } from '../errors.ts'
import type { Page } from '../markup/layout.ts'
import type { Language } from '../messages.ts'
import { registerForms } from './form-body.ts'
import { problemOf, toCallerError } from './problems.ts'

/** What stands in the way, in the reader's language; each error by a JSON Pointer into what was sent. */
interface Trouble {
  readonly status: number
  readonly code: CallerError['code']
  readonly title: string
  readonly errors: readonly { path: string; message: string }[]
}

/** A browser asks for a page by name; whoever takes anything gets JSON (RFC 9110, section 12.5.1). */
export function wantsPage(request: FastifyRequest): boolean {
  return new Negotiator(request.raw).mediaTypes(['application/json', 'text/html'])[0] === 'text/html'
}

/**
 * The other way round, for addresses that people are given: JSON is for whoever names it, at least as gladly as a page
 * (VCALM, section 3.6.1 Interaction URL).
 */
export function wantsPageUnlessJson({ headers }: FastifyRequest): boolean {
  const ranges = (headers.accept ?? '').split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
    return { type, quality: weight === undefined ? 1 : Number.parseFloat(weight) || 0 }
  })
  const best = (types: RegExp) =>
    ranges.reduce((most, { type, quality }) => (types.test(type) ? Math.max(most, quality) : most), 0)
  const json = best(/^application\/([\w.-]+\+)?json$/)
  return json === 0 || json < best(/^text\/html$/)
}

/** Of a page: French, unless the reader prefers English. */
export function pageLanguageOf(request: FastifyRequest): Language {
  return new Negotiator(request.raw).languages(['fr', 'en'])[0] === 'en' ? 'en' : 'fr'
}

export function sendPage(reply: FastifyReply, { language, markup, policy }: Page): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .headers({ 'content-language': language, 'content-security-policy': policy })
    .send(markup)
}

/**
 * Makes this scope one of personal pages: they take forms, are kept by nobody on the way, stand in no search engine,
 * and tell by a page what went wrong. Who reads JSON is told by a problem document, as everywhere.
 * @param isPageWanted which of the two an answer is to be
 */
export function registerPages(
  app: FastifyInstance,
  draw: (request: FastifyRequest, trouble: Trouble, language: Language) => Promise<Page>,
  isPageWanted = wantsPage,
): void {
  registerForms(app)
  app.addHook('onRoute', documentPages)
  app.addHook('onRequest', async (_request, reply) => void reply.header('x-robots-tag', 'noindex'))
  app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'private, no-store'))
  const answerProblem = app.errorHandler
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    if (!isPageWanted(request)) return answerProblem.call(app, error, request, reply)
    const known = toCallerError(error)
    const { status, code } = known
    if (status === 503) reply.header('retry-after', '10')
    if (status >= 500) request.log.error({ err: error }, 'a request failed')
    const language = pageLanguageOf(request)
    const validation = status === 400 ? error.validation : undefined
    const { title, errors = [] } = problemOf(request.ctx.config.publicUrl, known, language, validation)
    const page = await draw(request, { status, code, title, errors }, language)
    return sendPage(reply.code(status), page)
  })
}

/** Each problem that a route documents can come as a page. */
function documentPages({ schema }: RouteOptions): void {
  if (!schema) return
  const answers = Object.entries(schema.response as Record<string, { content?: object }>)
  schema.response = Object.fromEntries(
    answers.map(([status, answer]) => [
      status,
      Number(status) < 400
        ? answer
        : { ...answer, content: { ...answer.content, 'text/html': { schema: Type.String() } } },
    ]),
  )
}

/** What the page of a form shows again that was not taken; undefined where there is none, or its link has ended. */
export async function openAgain<T>(
  { method }: FastifyRequest,
  { status }: Trouble,
  open: () => Promise<T>,
): Promise<T | undefined> {
  if (method !== 'POST' || (status !== 400 && status !== 409)) return undefined
  try {
    return await open()
  } catch (error) {
    if (error instanceof CallerError) return undefined
    throw error
  }
}
