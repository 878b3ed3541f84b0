import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { presentClaim } from '../delivery/claims/present.ts'
import { listClaims } from '../delivery/claims/queries.ts'
import { DeliveredAssertion } from '../delivery/claims/schema.ts'
import { Closed, DateTime, parseDateTime, Slug, Uuid } from '../fields.ts'
import { requires } from '../http/access.ts'
import { answer, json, LOCATION } from '../http/answers.ts'
import { listQuery, pageOf, readPageRequest, sendPage } from '../http/paging.ts'
import { getIssuerRow } from '../issuers/queries.ts'
import { issueAssertion } from './issue.ts'
import { getAssertionRow, listAssertions, presentAssertion } from './queries.ts'
import { listRenderings, presentRendering } from './rendering-queries.ts'
import { revokeAssertion } from './revoke.ts'
import { ASSERTION_STATUSES, Assertion, NewAssertion, Revocation } from './schema.ts'

const tags = ['Assertions']
const ById = Closed({ id: Uuid })

export const assertionRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/v1/badge-classes/:id/assertions',
    {
      config: requires('assertions:write'),
      schema: {
        tags,
        summary: 'Award a badge to one person',
        params: ById,
        body: NewAssertion,
        response: { 201: json('The assertion, with the URL of its credential', Assertion, LOCATION) },
      },
    },
    async ({ ctx, actor, params, body }, reply) => {
      const assertion = await issueAssertion(ctx, actor, params.id, body)
      reply.code(201).header('location', `${ctx.config.publicUrl}/v1/assertions/${assertion.id}`)
      return assertion
    },
  )

  app.get(
    '/v1/issuers/:slug/assertions',
    {
      config: requires('assertions:read'),
      schema: {
        tags,
        summary: 'List the assertions of an issuer, newest first',
        params: Closed({ slug: Slug }),
        querystring: listQuery({
          badgeClass: Type.Optional(Uuid),
          recipient: Type.Optional(
            Type.String({ minLength: 1, maxLength: 512, description: 'The exact identity' }),
          ),
          status: Type.Optional(Type.Enum([...ASSERTION_STATUSES])),
          since: Type.Optional(DateTime),
        }),
        response: { 200: json('A page of assertions', pageOf(Assertion)) },
      },
    },
    async (request, reply) => {
      const { ctx, actor, params, query } = request
      const issuer = await getIssuerRow(ctx.db, actor, params.slug)
      const { limit: _limit, cursor: _cursor, since, ...rest } = query
      const filter = { ...rest, ...(since === undefined ? {} : { since: parseDateTime(since)! }) }
      return sendPage(request, reply, await listAssertions(ctx, issuer.id, filter, readPageRequest(query)))
    },
  )

  app.get(
    '/v1/assertions/:id',
    {
      config: requires('assertions:read'),
      schema: {
        tags,
        summary: 'Read an assertion, its claims and what was collected',
        params: ById,
        response: { 200: json('The assertion', DeliveredAssertion), 304: answer('Not modified') },
      },
    },
    async ({ ctx, actor, params }) => {
      const assertion = await getAssertionRow(ctx.db, actor, params.id)
      const claims = await listClaims(ctx.db, params.id)
      const renderings = await listRenderings(ctx.db, params.id)
      return {
        ...presentAssertion(assertion, ctx),
        claims: claims.map((one) => presentClaim({ ...one, assertion }, ctx.clock(), actor)),
        renderings: renderings.map(presentRendering),
      }
    },
  )

  app.post(
    '/v1/assertions/:id/revoke',
    {
      config: requires('assertions:write'),
      schema: {
        tags,
        summary: 'Revoke an assertion, for good',
        params: ById,
        body: Revocation,
        response: { 200: json('The revoked assertion', Assertion) },
      },
    },
    async ({ ctx, actor, params, body }) => revokeAssertion(ctx, actor, params.id, body),
  )
}
