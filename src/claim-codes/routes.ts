import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { getBadgeClass } from '../badge-classes/queries.ts'
import { Closed, Uuid } from '../fields.ts'
import { requires } from '../http/access.ts'
import { answer, json, LOCATION } from '../http/answers.ts'
import { listQuery, pageOf, readPageRequest, sendPage } from '../http/paging.ts'
import { createClaimCodes } from './create.ts'
import { getClaimCodeSet, listClaimCodeSets, presentClaimCodeSet } from './queries.ts'
import { revokeClaimCodes } from './revoke.ts'
import { ClaimCodeSet, NewClaimCodes } from './schema.ts'

const tags = ['Claim codes']
const ById = Closed({ id: Uuid })
const handling = requires('requests:review', 'badge-classes:write')

export const claimCodeRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/v1/badge-classes/:id/claim-codes',
    {
      config: handling,
      schema: {
        tags,
        summary: 'Make claim codes: whoever has one asks for the badge and has it at once',
        params: ById,
        body: NewClaimCodes,
        response: { 201: json('The set of codes', ClaimCodeSet, LOCATION) },
      },
    },
    async ({ ctx, actor, params, body }, reply) => {
      const made = await createClaimCodes(ctx, actor, params.id, body)
      reply.code(201).header('location', `${ctx.config.publicUrl}/v1/claim-codes/${made.id}`)
      return made
    },
  )

  app.get(
    '/v1/badge-classes/:id/claim-codes',
    {
      config: handling,
      schema: {
        tags,
        summary: 'List the sets of claim codes of a badge class, newest first',
        params: ById,
        querystring: listQuery({}),
        response: { 200: json('A page of sets', pageOf(ClaimCodeSet)) },
      },
    },
    async (request, reply) => {
      const { ctx, actor, params, query } = request
      await getBadgeClass(ctx.db, actor, params.id)
      return sendPage(request, reply, await listClaimCodeSets(ctx.db, params.id, readPageRequest(query)))
    },
  )

  app.get(
    '/v1/claim-codes/:id',
    {
      config: handling,
      schema: {
        tags,
        summary: 'Read a set of claim codes, without the codes',
        params: ById,
        response: { 200: json('The set', ClaimCodeSet), 304: answer('Not modified') },
      },
    },
    async ({ ctx, actor, params }) => presentClaimCodeSet(await getClaimCodeSet(ctx.db, actor, params.id)),
  )

  app.post(
    '/v1/claim-codes/:id/revoke',
    {
      config: handling,
      schema: {
        tags,
        summary: 'Revoke a set of claim codes: they give no badge any more',
        params: ById,
        response: { 200: json('The set', ClaimCodeSet) },
      },
    },
    async ({ ctx, actor, params }) => revokeClaimCodes(ctx, actor, params.id),
  )
}
