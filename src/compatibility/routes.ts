import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Closed, Uuid } from '../fields.ts'
import { requires } from '../http/access.ts'
import { json } from '../http/answers.ts'
import { languageOf } from '../http/problems.ts'
import { assessBadge } from './assess-badge.ts'
import { Compatibility } from './schema.ts'

export const compatibilityRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/v1/badge-classes/:id/compatibility',
    {
      config: requires('issuer:read', 'badge-classes:write'),
      schema: {
        tags: ['Badge classes'],
        summary: 'Which wallets a badge fits, and why not',
        description:
          'Of each family of wallets: whether it keeps a credential of this badge as it is now, in which forms, and what to change. For that a sample credential is made in every form and verified by an independent path; nothing is stored. In English or French (`Accept-Language`).',
        params: Closed({ id: Uuid }),
        response: { 200: json('Family by family', Compatibility) },
      },
    },
    async (request, reply) => {
      const { ctx, actor, params } = request
      const language = languageOf(request)
      reply.header('content-language', language)
      return assessBadge(ctx, actor, { id: params.id, language })
    },
  )
}
