import { createHash } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Closed, Uuid } from '../fields.ts'
import { answer, problem } from '../http/answers.ts'
import { noneMatch } from '../http/etag.ts'
import { CREDENTIAL_TYPES, negotiate } from '../http/negotiate.ts'
import { SignedCredentialDocument } from '../vc/credential-schema.ts'
import { getSignedStatusList, TTL_MS } from './signed-list.ts'

export const statusListRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/status-lists/:id',
    {
      schema: {
        tags: ['Public documents'],
        summary: 'The signed list that says which credentials are revoked',
        params: Closed({ id: Uuid }),
        response: {
          200: answer(
            'A BitstringStatusListCredential',
            Object.fromEntries(CREDENTIAL_TYPES.map((type) => [type, SignedCredentialDocument])),
          ),
          304: answer('Not modified'),
          406: problem(406),
        },
      },
    },
    async (request, reply) => {
      reply.header('vary', 'Accept')
      const type = negotiate(request, CREDENTIAL_TYPES)
      const { body } = await getSignedStatusList(request.ctx, request.params.id)
      const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
      reply.header('etag', etag).header('cache-control', `public, max-age=${TTL_MS / 1000}`)
      if (noneMatch(request, etag)) return reply.code(304).send()
      return reply.type(type).send(Buffer.from(body))
    },
  )
}
