import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Closed, Uuid } from '../../fields.ts'
import { answer, problem } from '../../http/answers.ts'
import { limited } from '../../http/limited.ts'
import { pageLanguageOf, registerPages, sendPage, wantsPageUnlessJson } from '../../http/pages.ts'
import { getLiveClaim } from './live-claim.ts'
import { claimPage } from './pages/claim.ts'
import { claimTroublePage, endedPage, renewedPage } from './pages/ended.ts'
import { Interaction, protocolsOf } from './protocols.ts'
import { renewClaim } from './renew.ts'
import { endedViewOf, viewOf } from './view.ts'

const tags = ['Claims']
const params = Closed({ id: Uuid })
const Sent = Closed({ sent: Type.Literal(true) })

/** What a person opens to collect a badge, and a wallet to learn how. */
export const interactionRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.addHook('onRequest', async (_request, reply) => void reply.header('vary', 'Accept'))
  registerPages(
    app,
    async (request, trouble, language) => {
      const { ctx, params } = request as FastifyRequest<{ Params: { id: string } }>
      const mayHaveEnded = trouble.status === 410 || trouble.status === 409
      const ended = mayHaveEnded ? await endedViewOf(ctx, params.id) : undefined
      return ended ? endedPage(language, ended) : claimTroublePage(language, trouble)
    },
    wantsPageUnlessJson,
  )

  app.get(
    '/interactions/:id',
    {
      schema: {
        tags,
        summary: 'How a badge can be collected: a page for its person, and every link for a wallet',
        description: 'The page, unless `Accept` names JSON. The id is a capability: it cannot be guessed.',
        params,
        querystring: Type.Object({
          iuv: Type.Optional(Type.Unknown({ description: 'Tells a wallet that scanned the URL what it is' })),
        }),
        response: {
          200: answer('Every way in', { 'application/json': Interaction, 'text/html': Type.String() }),
          410: problem(410),
        },
      },
    },
    async (request, reply) => {
      const { ctx } = request
      const live = await getLiveClaim(ctx, request.params.id)
      const view = await viewOf(ctx, live)
      if (wantsPageUnlessJson(request)) return sendPage(reply, claimPage(pageLanguageOf(request), view))
      return {
        protocols: protocolsOf(ctx.config.publicUrl, live, view.links),
        ...view.links,
        expiresAt: live.claim.expiresAt.toISOString(),
      }
    },
  )

  app.post(
    '/interactions/:id/renew',
    {
      config: limited('publicWrites'),
      schema: {
        tags,
        summary: 'Have a new link sent in the place of one that has expired',
        description: 'It is mailed to the person of the badge and told to nobody else; once for each link.',
        params,
        response: {
          202: answer('It is in the outbox', { 'application/json': Sent, 'text/html': Type.String() }),
          409: problem(409),
          429: problem(429),
        },
      },
    },
    async (request, reply) => {
      const { ctx, params } = request
      await renewClaim(ctx, params.id)
      reply.code(202)
      const ended = wantsPageUnlessJson(request) ? await endedViewOf(ctx, params.id) : undefined
      return ended ? sendPage(reply, renewedPage(pageLanguageOf(request), ended)) : { sent: true as const }
    },
  )
}
