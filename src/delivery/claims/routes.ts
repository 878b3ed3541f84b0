import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { getAssertionRow } from '../../assertions/queries.ts'
import { Closed, Uuid } from '../../fields.ts'
import { requires } from '../../http/access.ts'
import { json, LOCATION, refer } from '../../http/answers.ts'
import { emptyBody } from '../../http/empty-body.ts'
import { offerClaim } from './offer.ts'
import { presentClaim } from './present.ts'
import { listClaims } from './queries.ts'
import { Claim, ClaimOffer, NewClaim } from './schema.ts'
import { withdrawClaim } from './withdraw.ts'

const tags = ['Claims']
const ById = Closed({ id: Uuid })

export const claimRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/v1/assertions/:id/claims',
    {
      config: requires('assertions:write'),
      schema: {
        tags,
        summary: 'Offer an assertion to a wallet: every link and QR code by which one can collect it',
        params: ById,
        body: NewClaim,
        response: { 201: json('The claim and its links', ClaimOffer, LOCATION) },
      },
      preValidation: emptyBody,
    },
    async ({ ctx, actor, params, body }, reply) => {
      const offer = await offerClaim(ctx, actor, params.id, body)
      reply.code(201).header('location', `${ctx.config.publicUrl}/v1/assertions/${params.id}/claims`)
      return offer
    },
  )

  app.get(
    '/v1/assertions/:id/claims',
    {
      config: requires('assertions:read'),
      schema: {
        tags,
        summary: 'The claims of an assertion, and what was collected by them',
        params: ById,
        response: { 200: json('The claims, the oldest first', Closed({ items: Type.Array(refer(Claim)) })) },
      },
    },
    async ({ ctx, actor, params }) => {
      const assertion = await getAssertionRow(ctx.db, actor, params.id)
      const found = await listClaims(ctx.db, params.id)
      return { items: found.map((one) => presentClaim({ ...one, assertion }, ctx.clock(), actor)) }
    },
  )

  app.post(
    '/v1/assertions/:id/claims/:claim/withdraw',
    {
      config: requires('assertions:write'),
      schema: {
        tags,
        summary: 'Withdraw a claim: nobody collects by it any more',
        params: Closed({ id: Uuid, claim: Uuid }),
        response: { 200: json('The withdrawn claim', Claim) },
      },
    },
    async ({ ctx, actor, params }) =>
      withdrawClaim(ctx, actor, { assertionId: params.id, claimId: params.claim }),
  )
}
