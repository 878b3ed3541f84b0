import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { toPage } from '../db/page.ts'
import { Closed, DateTime, HttpUrl, Line, Slug, Uuid } from '../fields.ts'
import { requires } from '../http/access.ts'
import { answer, json } from '../http/answers.ts'
import { listQuery, pageOf, readPageRequest, sendPage } from '../http/paging.ts'
import { getIssuerRow } from '../issuers/queries.ts'
import { acceptRequest } from './accept.ts'
import { assignRequest, releaseRequest } from './assign.ts'
import { tickCriteria } from './checklist.ts'
import { Counts, presentCounts } from './counts.ts'
import { dismissReviewers } from './dismiss-reviewers.ts'
import { inviteReviewer } from './invite-reviewer.ts'
import { presentPage, presentToReviewer } from './present.ts'
import { countRequests, getRequest, listRequests } from './queries.ts'
import { rejectRequest, returnRequest } from './refuse.ts'
import {
  Acceptance,
  Assignment,
  REQUEST_STATES,
  Refusal,
  Request,
  ReviewerInvitation,
  Ticks,
} from './schema.ts'

const tags = ['Requests']
const ById = Closed({ id: Uuid })
const reading = requires('requests:read', 'requests:review')
const reviewing = requires('requests:review')

const filters = {
  state: Type.Optional(Type.Enum([...REQUEST_STATES])),
  badgeClass: Type.Optional(Uuid),
  structure: Type.Optional(
    Type.String({ minLength: 1, maxLength: 300, description: 'A SIRET, or a name however it is written' }),
  ),
  assignedTo: Type.Optional(Line(200)),
}

export const requestReviewRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/v1/issuers/:slug/requests',
    {
      config: reading,
      schema: {
        tags,
        summary: 'List the requests to an issuer, newest first',
        description:
          'Without the answers. Of a draft it tells that it is there, and nothing that was written in it.',
        params: Closed({ slug: Slug }),
        querystring: listQuery(filters),
        response: { 200: json('A page of requests', pageOf(Request)) },
      },
    },
    async (request, reply) => {
      const { ctx, actor, params, query } = request
      const issuer = await getIssuerRow(ctx.db, actor, params.slug)
      const { limit, cursor: _cursor, ...filter } = query
      const rows = await listRequests(ctx.db, issuer.id, filter, readPageRequest(query))
      return sendPage(request, reply, toPage(rows, limit, await presentPage(ctx, rows)))
    },
  )

  app.get(
    '/v1/issuers/:slug/request-counts',
    {
      config: reading,
      schema: {
        tags,
        summary: 'How many requests there are of each state, badge class and structure',
        params: Closed({ slug: Slug }),
        querystring: Closed(filters),
        response: { 200: json('The counts; of the 200 largest structures', Counts) },
      },
    },
    async ({ ctx, actor, params, query }) => {
      const issuer = await getIssuerRow(ctx.db, actor, params.slug)
      return presentCounts(await countRequests(ctx.db, issuer.id, query))
    },
  )

  app.get(
    '/v1/requests/:id',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Read a request, with its checklist and history',
        params: ById,
        response: { 200: json('The request', Request), 304: answer('Not modified') },
      },
    },
    async ({ ctx, actor, params }) => presentToReviewer(ctx, await getRequest(ctx.db, actor, params.id)),
  )

  app.post(
    '/v1/requests/:id/assign',
    {
      config: reviewing,
      schema: {
        tags,
        summary: 'Put a request into a reviewer’s hands for some time',
        params: ById,
        body: Assignment,
        response: { 200: json('The request', Request) },
      },
    },
    async ({ ctx, actor, params, body }) =>
      presentToReviewer(ctx, await assignRequest(ctx, actor, params.id, body)),
  )

  app.post(
    '/v1/requests/:id/release',
    {
      config: reviewing,
      schema: {
        tags,
        summary: 'Take a request out of its reviewer’s hands',
        params: ById,
        response: { 200: json('The request', Request) },
      },
    },
    async ({ ctx, actor, params }) => presentToReviewer(ctx, await releaseRequest(ctx, actor, params.id)),
  )

  app.put(
    '/v1/requests/:id/checklist',
    {
      config: reviewing,
      schema: {
        tags,
        summary: 'Tick criteria, without a decision',
        params: ById,
        body: Ticks,
        response: { 200: json('The request', Request) },
      },
    },
    async ({ ctx, actor, params, body, expected }) => {
      const reviewer = { actor, name: body.reviewer }
      return presentToReviewer(
        ctx,
        await tickCriteria(ctx, reviewer, { id: params.id, expected }, body.checklist),
      )
    },
  )

  app.post(
    '/v1/requests/:id/accept',
    {
      config: reviewing,
      // Without a body it is a plain yes.
      preValidation: async (request) => {
        if (request.body === undefined) request.body = {}
      },
      schema: {
        tags,
        summary: 'Accept a request: its badge is issued at once',
        description:
          'Where the form asks for several reviewers, the request stays submitted until the last of them accepts.',
        params: ById,
        body: Acceptance,
        response: { 200: json('The request', Request) },
      },
    },
    async ({ ctx, actor, params, body }) =>
      presentToReviewer(ctx, await acceptRequest(ctx, { actor, name: body.reviewer }, params.id, body)),
  )

  app.post(
    '/v1/requests/:id/return',
    {
      config: reviewing,
      schema: {
        tags,
        summary: 'Give a request back to the person, with what is missing',
        params: ById,
        body: Refusal,
        response: { 200: json('The request', Request) },
      },
    },
    async ({ ctx, actor, params, body }) =>
      presentToReviewer(ctx, await returnRequest(ctx, { actor, name: body.reviewer }, params.id, body)),
  )

  app.post(
    '/v1/requests/:id/reject',
    {
      config: reviewing,
      schema: {
        tags,
        summary: 'Reject a request for good; the person is told why',
        params: ById,
        body: Refusal,
        response: { 200: json('The request', Request) },
      },
    },
    async ({ ctx, actor, params, body }) =>
      presentToReviewer(ctx, await rejectRequest(ctx, { actor, name: body.reviewer }, params.id, body)),
  )

  app.post(
    '/v1/requests/:id/reviewers',
    {
      config: reviewing,
      schema: {
        tags,
        summary: 'Let somebody without an account review a request, by a link',
        params: ById,
        body: ReviewerInvitation,
        response: {
          201: json('The link, which is shown this once', Closed({ link: HttpUrl, expiresAt: DateTime })),
        },
      },
    },
    async ({ ctx, actor, params, body }, reply) => {
      const { link, expiresAt } = await inviteReviewer(ctx, actor, params.id, body)
      reply.code(201)
      return { link, expiresAt: expiresAt.toISOString() }
    },
  )

  app.delete(
    '/v1/requests/:id/reviewers',
    {
      config: reviewing,
      schema: {
        tags,
        summary: 'End every link to a reviewer of this request',
        params: ById,
        response: { 204: answer('They open nothing any more') },
      },
    },
    async ({ ctx, actor, params }, reply) => {
      await dismissReviewers(ctx, actor, params.id)
      return reply.code(204).send()
    },
  )
}
