import type { FastifySchema, RouteOptions } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { emptyBody } from './empty-body.ts'

/** What the document can say of an answer besides its body. */
interface Answer {
  readonly headers?: Record<string, TSchema>
}

const ETAG = { ETag: Type.String({ description: 'The revision, for If-None-Match and If-Match' }) }
const REPLAYED = {
  'Idempotency-Replayed': Type.String({
    enum: ['true'],
    description: 'Sent with an answer that is repeated',
  }),
}
const NEXT = { Link: Type.String({ description: '`rel="next"`: the next page, while there is one' }) }

/** Adds to a route's description what it gets by being registered: key, Idempotency-Key, If-Match. */
export function describeRoute(schema: FastifySchema, route: RouteOptions): FastifySchema {
  if (schema.hide) return schema
  const access = route.config?.access
  const methods = [route.method].flat()
  const headers: Record<string, TSchema> = {}
  if (access && methods.includes('POST')) {
    headers['Idempotency-Key'] = Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 255,
        description: 'The same key and body get the first answer again, for 24 hours',
      }),
    )
  }
  if (access && methods.some((method) => method === 'PUT' || method === 'PATCH')) {
    headers['If-Match'] = Type.String({ description: 'The ETag that was read, or *' })
  }
  const who = access?.operatorOnly
    ? 'the operator'
    : `a key with ${access?.anyOf.map((s) => `\`${s}\``).join(' or ')}`
  const description = [schema.description, access ? `For ${who}.` : undefined].filter(Boolean).join('\n\n')
  return {
    ...schema,
    ...(description ? { description } : {}),
    ...(schema.consumes && !schema.body ? { body: bodyOf(schema.consumes, route.config?.bodyExamples) } : {}),
    ...(schema.querystring ? { querystring: withoutDefaults(schema.querystring as TSchema) } : {}),
    ...(Object.keys(headers).length > 0 ? { headers: Type.Object(headers) } : {}),
    response: answersOf(schema, methods.includes('POST') && access !== undefined),
    security: access ? [{ key: [] }] : (schema.security ?? []),
    operationId: operationIdOf(methods[0]!, route.url),
    ...(hasOptionalBody(route) ? { [OPTIONAL_BODY]: true } : {}),
  }
}

/** A mark in the document that is being made. */
const OPTIONAL_BODY = 'x-optional-body'

interface Operation {
  requestBody?: { required: boolean }
  responses?: Record<string, { headers?: Record<string, { required?: boolean }>; content?: object }>
  [OPTIONAL_BODY]?: true
}

/** Headers that only some answers of a kind have. */
const SOMETIMES = [...Object.keys(REPLAYED), ...Object.keys(NEXT), 'Retry-After']

/**
 * Says of bodies and of headers whether they are always there, for which the plugin has no place in a route's
 * schema. What can also come as a page comes without the headers.
 */
export function correctDocument<D extends { paths?: object }>(document: D): D {
  const operations = Object.values(document.paths ?? {}).flatMap((path: object): Operation[] =>
    Object.values(path),
  )
  for (const operation of operations) {
    if (operation.requestBody && operation[OPTIONAL_BODY]) operation.requestBody.required = false
    delete operation[OPTIONAL_BODY]
    for (const { headers = {}, content = {} } of Object.values(operation.responses ?? {})) {
      for (const [name, header] of Object.entries(headers)) {
        header.required = !SOMETIMES.includes(name) && !('text/html' in content)
      }
    }
  }
  return document
}

function hasOptionalBody(route: RouteOptions): boolean {
  return route.config?.optionalBody === true || [route.preValidation].flat().includes(emptyBody)
}

/** Who leaves out a parameter that has a default sends the default: the plugin calls it required. */
function withoutDefaults(query: TSchema): TSchema {
  const { properties = {}, required = [] } = query as {
    properties?: Record<string, object>
    required?: string[]
  }
  return { ...query, required: required.filter((name) => !('default' in (properties[name] ?? {}))) }
}

/** The answers with the headers that come from conventions. */
function answersOf({ response, querystring }: FastifySchema, isIdempotent: boolean): object {
  const answers = (response ?? {}) as Record<string, Answer>
  const isList = Object.hasOwn((querystring as { properties?: object })?.properties ?? {}, 'cursor')
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => {
      const isGood = Number(status) < 400
      const headers = {
        ...(isGood && '304' in answers ? ETAG : {}),
        ...(isGood && isList ? NEXT : {}),
        ...(isGood && isIdempotent ? REPLAYED : {}),
        ...answer.headers,
      }
      return [status, Object.keys(headers).length > 0 ? { ...answer, headers } : answer]
    }),
  )
}

/** A body that a route reads by its content: bytes of one of these types. */
function bodyOf(types: readonly string[], examples?: readonly object[]): object {
  const content = types.map((type) => [type, { schema: schemaOfType(type, examples) }])
  return { content: Object.fromEntries(content) }
}

function schemaOfType(type: string, examples?: readonly object[]): TSchema {
  if (type.includes('json'))
    return Type.Object({}, { additionalProperties: true, ...(examples ? { examples } : {}) })
  if (type === 'multipart/form-data') return Type.Object({ file: Type.String({ format: 'binary' }) })
  return Type.String({ contentMediaType: type })
}

function operationIdOf(method: string, url: string): string {
  const words = url.split(/[^A-Za-z0-9]+/).filter(Boolean)
  return [method.toLowerCase(), ...words]
    .map((word, i) => (i === 0 ? word : word[0]!.toUpperCase() + word.slice(1)))
    .join('')
}
