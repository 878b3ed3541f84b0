import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Closed, Slug, Uuid } from '../fields.ts'
import { requires } from '../http/access.ts'
import { answer, json } from '../http/answers.ts'
import { listQuery, pageOf, readPageRequest, sendPage } from '../http/paging.ts'
import { getIssuerRow } from '../issuers/queries.ts'
import { createApiKey } from './create-api-key.ts'
import { listApiKeys } from './queries.ts'
import { revokeApiKey } from './revoke-api-key.ts'
import { ApiKey, CreatedApiKey, NewApiKey } from './schema.ts'

const tags = ['API keys']

export const accessRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/v1/issuers/:slug/api-keys',
    {
      config: requires('keys:write'),
      schema: {
        tags,
        summary: 'Make an API key of an issuer; it is told once',
        params: Closed({ slug: Slug }),
        body: NewApiKey,
        response: { 201: json('The key', CreatedApiKey) },
      },
    },
    async ({ ctx, actor, params, body }, reply) => {
      const issuer = await getIssuerRow(ctx.db, actor, params.slug)
      reply.code(201)
      return createApiKey(ctx, actor, issuer.id, body)
    },
  )

  app.get(
    '/v1/issuers/:slug/api-keys',
    {
      config: requires('keys:write'),
      schema: {
        tags,
        summary: 'List the API keys of an issuer',
        params: Closed({ slug: Slug }),
        querystring: listQuery({}),
        response: { 200: json('A page of keys', pageOf(ApiKey)) },
      },
    },
    async (request, reply) => {
      const { ctx, actor, params, query } = request
      const issuer = await getIssuerRow(ctx.db, actor, params.slug)
      return sendPage(request, reply, await listApiKeys(ctx.db, issuer.id, readPageRequest(query)))
    },
  )

  app.delete(
    '/v1/issuers/:slug/api-keys/:id',
    {
      config: requires('keys:write'),
      schema: {
        tags,
        summary: 'Revoke an API key',
        params: Closed({ slug: Slug, id: Uuid }),
        response: { 204: answer('Revoked') },
      },
    },
    async ({ ctx, actor, params }, reply) => {
      const issuer = await getIssuerRow(ctx.db, actor, params.slug)
      await revokeApiKey(ctx, issuer.id, params.id)
      reply.code(204)
    },
  )
}
