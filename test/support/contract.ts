import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { FORMATS } from '../../src/fields.ts'

/** Routes that the document leaves out, and why. */
const UNDOCUMENTED: readonly { readonly url: RegExp; readonly reason: string }[] = [
  { url: /^\/$/, reason: 'leads a person to the reference page' },
  { url: /^\/docs(\/|$)/, reason: 'the reference page and its files' },
  { url: /^\/openapi\.json$/, reason: 'the document itself' },
]

interface Operation {
  readonly responses: Readonly<Record<string, DocumentedAnswer | undefined>>
}

interface DocumentedAnswer {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>
  readonly content?: Readonly<Record<string, unknown>>
}

/** The document, once for all services of a process: their routes are the same. */
let known:
  | { paths: Record<string, Record<string, Operation>>; check(pointer: string): ValidateFunction }
  | undefined

/**
 * Builds an app whose every answer is held against the OpenAPI document: status, media type, headers and body.
 * @returns the app, and what its answers broke so far, one line for each
 */
export async function underContract(
  build: () => Promise<FastifyInstance>,
): Promise<{ app: FastifyInstance; broken: ReadonlySet<string> }> {
  const broken = new Set<string>()
  // A hook that is to see every route must be there before the first one.
  const begin = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onSend', async (request, reply, payload) => {
      const fault = faultOf(request, reply, payload)
      if (fault) broken.add(`${request.method} ${request.routeOptions.url ?? request.url}: ${fault}`)
    })
  }
  subscribe('fastify.initialization', begin)
  const building = build()
  unsubscribe('fastify.initialization', begin)
  return { app: await building, broken }
}

/** @throws Error that lists what was broken, if anything was */
export function assertKept(broken: ReadonlySet<string>): void {
  if (broken.size > 0)
    throw new Error(`Answers that the OpenAPI document does not know:\n${[...broken].join('\n')}`)
}

function faultOf(request: FastifyRequest, reply: FastifyReply, payload: unknown): string | undefined {
  const { url } = request.routeOptions
  const isPreflight = request.method === 'OPTIONS'
  if (isPreflight || (url && UNDOCUMENTED.some((route) => route.url.test(url)))) return undefined
  known ??= readDocument(request.server)
  const status = reply.statusCode
  if (url === undefined) return unroutable(reply, payload)
  const path = url.replace(/:(\w+)/g, '{$1}')
  // Fastify answers HEAD by what GET would answer.
  const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase()
  const operation = known.paths[path]?.[method]
  if (!operation) return 'the operation is not documented'
  const documented = operation.responses[status]
  if (!documented) return `status ${status} is not documented`
  for (const [name, { required }] of Object.entries(documented.headers ?? {})) {
    if (required && !reply.hasHeader(name)) return `status ${status} lacks the header ${name}`
  }
  return bodyFault(reply, payload, Object.keys(documented.content ?? {}), (type) =>
    ['paths', path, method, 'responses', String(status), 'content', type, 'schema']
      .map(pointerPart)
      .join('/'),
  )
}

function bodyFault(
  reply: FastifyReply,
  payload: unknown,
  types: readonly string[],
  pointerOf: (type: string) => string,
): string | undefined {
  const status = reply.statusCode
  // What was to be sent with these is sent with none of it (RFC 9110, sections 15.3.5 and 15.4.5).
  const isEmpty =
    status === 204 || status === 304 || payload === undefined || payload === null || payload === ''
  if (types.length === 0) return isEmpty ? undefined : `status ${status} has a body, documented is none`
  if (isEmpty) return `status ${status} has no body, documented is ${types.join(', ')}`
  const type = String(reply.getHeader('content-type')).split(';')[0]!.trim()
  if (types.includes('*/*')) return undefined
  if (!types.includes(type))
    return `status ${status} has a body of type ${type}, documented is ${types.join(', ')}`
  if (!type.endsWith('json') || !(typeof payload === 'string' || Buffer.isBuffer(payload))) return undefined
  const text = payload.toString()
  if (!isJson(text)) return `status ${status} has a body that is no JSON`
  const validate = known!.check(pointerOf(type))
  if (validate(JSON.parse(text))) return undefined
  const told = validate.errors?.map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  )
  return `status ${status} has a body that breaks its schema: ${told?.join('; ')}`
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** What no route matches is answered before any route: the document has no place for it, its form is known. */
function unroutable(reply: FastifyReply, payload: unknown): string | undefined {
  if (reply.statusCode !== 404) return `status ${reply.statusCode} without a route`
  return bodyFault(reply, payload, ['application/problem+json'], () => 'components/schemas/Problem')
}

function readDocument(app: FastifyInstance): NonNullable<typeof known> {
  const document = app.swagger() as unknown as NonNullable<typeof known>
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false })
  addFormats.default(ajv)
  for (const [name, check] of Object.entries(FORMATS)) ajv.addFormat(name, check)
  const id = 'https://badges.example.org/openapi.json'
  ajv.addSchema(document as object, id, undefined, false)
  return { paths: document.paths, check: (pointer) => ajv.getSchema(`${id}#/${pointer}`)! }
}

function pointerPart(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
}
