import type { RouteOptions } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { Closed } from '../fields.ts'
import { PROBLEM_JSON } from './problems.ts'

/** RFC 9457, section 3, with every fault of a body under `errors`. */
export const Problem = Type.Object(
  {
    type: Type.String({ format: 'uri-reference' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    errors: Type.Optional(Type.Array(Closed({ path: Type.String(), message: Type.String() }))),
  },
  {
    $id: 'Problem',
    examples: [
      {
        type: 'https://badges.example.org/problems/invalid',
        title: 'The request has faults',
        status: 400,
        errors: [{ path: '/name', message: 'must have required property name' }],
      },
    ],
  },
)

const MEANING: Record<number, string> = {
  400: 'The request has faults: all of them under `errors`',
  401: 'No key, or one that is not valid',
  403: 'The key lacks the scope',
  404: 'No such object, or another tenant’s',
  406: 'No accepted media type can be served',
  409: 'The state of things forbids it',
  410: 'It was there, and has ended',
  412: 'If-Match names an older revision',
  413: 'The body is too large',
  415: 'The media type is not accepted',
  422: 'The Idempotency-Key was used for another request',
  428: 'If-Match is missing',
  429: 'Too many requests',
  500: 'A fault of the service; it says no more',
  503: 'Not ready',
}

const RETRY = {
  'Retry-After': Type.String({ pattern: '^\\d+$', description: 'Seconds to wait, where they are known' }),
}

/** What the refusals of a kind tell besides their problem. */
const HEADERS: Record<number, Record<string, TSchema>> = {
  401: { 'WWW-Authenticate': Type.String({ description: 'How to authenticate' }) },
  429: RETRY,
  503: RETRY,
}

/** `json('…', Schema, LOCATION)`: the answer names where the new object is. */
export const LOCATION = { Location: Type.String({ format: 'uri', description: 'Where it is' }) }

/** One documented answer with a body of the given media types, or without one; `headers` that it always has. */
export function answer(
  description: string,
  content?: Record<string, TSchema>,
  headers?: Record<string, TSchema>,
) {
  const bodies = Object.entries(content ?? {}).map(([type, schema]) => [type, { schema: refer(schema) }])
  return {
    description,
    // Without a word about the body the document would promise one as JSON.
    ...(content ? { content: Object.fromEntries(bodies) } : { type: 'null' }),
    ...(headers ? { headers } : {}),
  }
}

export const json = (description: string, schema: TSchema, headers?: Record<string, TSchema>) =>
  answer(description, { 'application/json': schema }, headers)

/** A schema with a name stands once in the document, under components. */
export const refer = (schema: TSchema): TSchema => {
  const { $id } = schema as { $id?: string }
  return $id ? (Type.Unsafe({ $ref: `${$id}#` }) as TSchema) : schema
}

/** Documents the problems that a route can answer by being what it is. */
export function documentProblems(route: RouteOptions): void {
  const { schema, config } = route
  if (!schema || schema.hide) return
  const methods = [route.method].flat()
  const writes = methods.some((method) => /^(POST|PUT|PATCH)$/.test(method))
  const changes = methods.some((method) => /^(PUT|PATCH)$/.test(method))
  const managed = config?.access !== undefined
  const statuses = [
    400,
    500,
    503,
    ...(managed ? [401, 403, 429] : []),
    ...(route.url.includes(':') ? [404] : []),
    ...(writes ? [413, 415] : []),
    ...(managed && methods.includes('POST') ? [409, 422] : []),
    ...(managed && changes ? [409, 412, 428] : []),
  ]
  const documented = (schema.response ?? {}) as Record<string, unknown>
  const problems = [...new Set(statuses)]
    .filter((status) => !(status in documented))
    .map((status) => [status, problem(status)])
  schema.response = { ...documented, ...Object.fromEntries(problems) }
}

export function problem(status: number) {
  return answer(MEANING[status] ?? 'Problem', { [PROBLEM_JSON]: Problem }, HEADERS[status])
}
