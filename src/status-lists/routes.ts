import { createHash } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { CallerError } from '../errors.ts'
import { Closed, DateTime, Uuid } from '../fields.ts'
import { answer, problem } from '../http/answers.ts'
import { noneMatch } from '../http/etag.ts'
import { CREDENTIAL_TYPES, negotiate } from '../http/negotiate.ts'
import { getSignedStatusList, TTL_MS } from './signed-list.ts'

/** Bitstring Status List 1.0, section 2.2. */
const StatusListCredential = Type.Object(
  {
    '@context': Type.Array(Type.String()),
    id: Type.String(),
    type: Type.Array(Type.String()),
    issuer: Type.String(),
    validFrom: DateTime,
    credentialSubject: Closed({
      id: Type.String(),
      type: Type.Literal('BitstringStatusList'),
      statusPurpose: Type.Enum(['revocation', 'suspension']),
      encodedList: Type.String({ pattern: '^u[A-Za-z0-9_-]+$' }),
      ttl: Type.Integer({ description: 'Milliseconds for which a copy may be kept' }),
    }),
    proof: Type.Object({ type: Type.String() }, { additionalProperties: true }),
  },
  { additionalProperties: false },
)

export const statusListRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/status-lists/:id',
    {
      schema: {
        tags: ['Public documents'],
        summary: 'The signed list that says which credentials are revoked',
        description:
          'A BitstringStatusListCredential (W3C Bitstring Status List 1.0): the bit at a credential’s `statusListIndex` tells. It can be kept as long as `Cache-Control` and `ttl` say.',
        params: Closed({ id: Uuid }),
        querystring: Type.Object({
          timestamp: Type.Optional(
            Type.String({
              format: 'date-time',
              description: 'A moment to have the list of: past lists are not kept',
            }),
          ),
        }),
        response: {
          200: answer(
            'A BitstringStatusListCredential',
            Object.fromEntries(CREDENTIAL_TYPES.map((type) => [type, StatusListCredential])),
          ),
          304: answer('Not modified'),
          406: problem(406),
        },
      },
    },
    async (request, reply) => {
      reply.header('vary', 'Accept')
      const type = negotiate(request, CREDENTIAL_TYPES)
      if (request.query.timestamp !== undefined) throw noPastList()
      const { body } = await getSignedStatusList(request.ctx, request.params.id)
      const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
      reply.header('etag', etag).header('cache-control', `public, max-age=${TTL_MS / 1000}`)
      if (noneMatch(request, etag)) return reply.code(304).send()
      return reply.type(type).send(Buffer.from(body))
    },
  )
}

/** Bitstring Status List 1.0, section 3.2: who asks for a moment gets the list of that moment, or this error. */
function noPastList(): CallerError {
  const type = 'https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR'
  return new CallerError(404, 'no-past-list', { members: { type } })
}
