import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { NotFound } from '../errors.ts'
import { Closed, Uuid } from '../fields.ts'
import { answer, problem } from '../http/answers.ts'
import { DOCUMENT_TYPES, documentBodies, negotiate } from '../http/negotiate.ts'
import { AchievementDocument } from '../vc/credential-schema.ts'
import { walletJson } from '../vc/wallet-json.ts'
import { achievementDocument } from './achievement.ts'
import { findPublishedVersion } from './queries.ts'

export const achievementRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/achievements/:id',
    {
      schema: {
        tags: ['Public documents'],
        summary: 'The Achievement of a published badge class',
        description:
          'What a credential’s `achievement.id` leads to (Open Badges 3.0, section B.1.1). Every published version stays readable. As JSON-LD, or as plain JSON where `Accept` asks for it.',
        params: Closed({ id: Uuid }),
        querystring: Type.Object({
          version: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 1_000_000,
              description: 'An older version; the newest by default',
            }),
          ),
        }),
        response: { 200: answer('The Achievement', documentBodies(AchievementDocument)), 406: problem(406) },
      },
    },
    async (request, reply) => {
      const { ctx, params, query } = request
      reply.header('vary', 'Accept')
      const type = negotiate(request, DOCUMENT_TYPES)
      const found = await findPublishedVersion(ctx.db, params.id, query.version)
      if (!found) throw new NotFound()
      reply.header('cache-control', 'public, max-age=60').type(type)
      return reply.send(Buffer.from(walletJson(achievementDocument(found, ctx.config.publicUrl))))
    },
  )
}
