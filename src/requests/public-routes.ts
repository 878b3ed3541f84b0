import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { Closed, Email, Uuid } from '../fields.ts'
import { answer, json, LOCATION, problem } from '../http/answers.ts'
import { bearerOf } from '../http/bearer.ts'
import { BY_TOKEN, TOKEN_PROBLEMS } from '../http/by-token.ts'
import { emptyBody } from '../http/empty-body.ts'
import { limited } from '../http/limited.ts'
import { languageOf } from '../http/problems.ts'
import { changeRequest } from './change.ts'
import { exportRequest } from './export.ts'
import { presentToApplicant } from './present.ts'
import { getByResumeToken } from './queries.ts'
import { mailLostLinks, mailResumeLink } from './resume-link.ts'
import { Request, RequestChange, Submission } from './schema.ts'
import { startRequest } from './start.ts'
import { submitRequest } from './submit.ts'
import { withdrawConsent, withdrawRequest } from './withdraw.ts'

const tags = ['Requests of a person']
const ById = Closed({ id: Uuid })
const byToken = (request: FastifyRequest<{ Params: { id: string } }>) => ({
  id: request.params.id,
  token: bearerOf(request),
})

const Started = Closed({ ...Request.properties, resumeToken: Type.String() })

export const requestRoutes: FastifyPluginAsyncTypebox = async (app) => {
  // What is personal is kept by nobody on the way.
  app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'private, no-store'))

  app.post(
    '/achievements/:id/requests',
    {
      config: limited('drafts'),
      preValidation: emptyBody,
      schema: {
        tags,
        summary: 'Begin to ask for a badge',
        description: 'The answer has the resume token, which is shown this once.',
        params: ById,
        body: RequestChange,
        response: {
          201: json('The draft and its token', Started as TSchema, LOCATION),
          409: problem(409),
          429: problem(429),
        },
      },
    },
    async (request, reply) => {
      const { ctx, params, body } = request
      const asked = request.headers['accept-language'] === undefined ? undefined : languageOf(request)
      const { row, resumeToken } = await startRequest(ctx, params.id, {
        language: body.language ?? asked,
        change: body,
      })
      reply.code(201).header('location', `${ctx.config.publicUrl}/requests/${row.id}`)
      return { ...(await presentToApplicant(ctx, row, languageOf(request))), resumeToken }
    },
  )

  app.post(
    '/achievements/:id/resume-links',
    {
      config: limited('drafts'),
      schema: {
        tags,
        summary: 'Have links mailed to go on with drafts whose token was lost',
        description: 'The answer is the same whether there is such a draft or not.',
        params: ById,
        body: Closed({ email: Email }),
        response: { 202: answer('If there is one, a mail is on its way'), 429: problem(429) },
      },
    },
    async ({ ctx, params, body }, reply) => {
      await mailLostLinks(ctx, params.id, body.email)
      return reply.code(202).send()
    },
  )

  app.get(
    '/requests/:id',
    {
      schema: {
        tags,
        summary: 'Read one’s request, and what is still missing',
        description:
          '`missing` lists what the form still asks for; its messages are in the reader’s language.',
        security: BY_TOKEN,
        params: ById,
        response: { 200: json('The request', Request), 304: answer('Not modified'), ...TOKEN_PROBLEMS },
      },
    },
    async (request) => {
      const { id, token } = byToken(request)
      const row = await getByResumeToken(request.ctx, id, token)
      return presentToApplicant(request.ctx, row, languageOf(request))
    },
  )

  app.patch(
    '/requests/:id',
    {
      config: limited('publicWrites'),
      schema: {
        tags,
        summary: 'Save what was filled in so far',
        description:
          'Only the members that are sent change; `null` removes one. Nothing has to be complete before the request is handed in.',
        security: BY_TOKEN,
        params: ById,
        body: RequestChange,
        response: { 200: json('The request', Request), ...TOKEN_PROBLEMS },
      },
    },
    async (request) => {
      const row = await changeRequest(request.ctx, byToken(request), request.body)
      return presentToApplicant(request.ctx, row, languageOf(request))
    },
  )

  app.post(
    '/requests/:id/submit',
    {
      config: limited('publicWrites'),
      preValidation: emptyBody,
      schema: {
        tags,
        summary: 'Hand the request in',
        description: 'Everything that is missing is told at once.',
        security: BY_TOKEN,
        params: ById,
        body: Submission,
        response: { 200: json('The request', Request), ...TOKEN_PROBLEMS },
      },
    },
    async (request) => {
      const row = await submitRequest(request.ctx, byToken(request), request.body)
      return presentToApplicant(request.ctx, row, languageOf(request))
    },
  )

  app.post(
    '/requests/:id/resume-link',
    {
      config: limited('drafts'),
      schema: {
        tags,
        summary: 'Have a link mailed, to go on with the draft on another device',
        description:
          'To the address of the draft; the link carries a new resume token and the old one stays valid.',
        security: BY_TOKEN,
        params: ById,
        response: { 202: answer('A mail is on its way'), ...TOKEN_PROBLEMS },
      },
    },
    async (request, reply) => {
      await mailResumeLink(request.ctx, byToken(request))
      return reply.code(202).send()
    },
  )

  app.delete(
    '/requests/:id',
    {
      config: limited('publicWrites'),
      schema: {
        tags,
        summary: 'Take the request back before the decision; everything personal is erased',
        description: 'Answers, files and the address are deleted at once; that there was a request stays.',
        security: BY_TOKEN,
        params: ById,
        response: { 204: answer('Erased'), ...TOKEN_PROBLEMS },
      },
    },
    async (request, reply) => {
      await withdrawRequest(request.ctx, byToken(request))
      return reply.code(204).send()
    },
  )

  app.post(
    '/requests/:id/withdraw-consent',
    {
      config: limited('publicWrites'),
      schema: {
        tags,
        summary: 'Take the consent back after the decision; the credential stays valid',
        description: 'What was told beyond the credential is erased: answers, files, structure and referent.',
        security: BY_TOKEN,
        params: ById,
        response: { 200: json('What is left of the request', Request), ...TOKEN_PROBLEMS },
      },
    },
    async (request) => {
      const row = await withdrawConsent(request.ctx, byToken(request))
      return presentToApplicant(request.ctx, row, languageOf(request))
    },
  )

  app.get(
    '/requests/:id/export',
    {
      schema: {
        tags,
        summary: 'Everything that is held of the person by way of this request',
        description: 'The right of access and portability (GDPR, articles 15 and 20), as one JSON file.',
        security: BY_TOKEN,
        params: ById,
        response: {
          200: json(
            'The request, what was asked and consented to, files, mails and award',
            Type.Object({}, { additionalProperties: true }),
          ),
          ...TOKEN_PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      reply.header('content-disposition', `attachment; filename="request-${request.params.id}.json"`)
      return exportRequest(request.ctx, byToken(request), languageOf(request))
    },
  )
}
