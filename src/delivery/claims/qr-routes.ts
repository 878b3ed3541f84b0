import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { CREDENTIAL_FORMATS } from '../../assertions/schema.ts'
import type { Context } from '../../context.ts'
import { NotFound } from '../../errors.ts'
import { Closed, Uuid } from '../../fields.ts'
import { answer, problem } from '../../http/answers.ts'
import { limited } from '../../http/limited.ts'
import { qrPng, qrSvg } from '../../images/qr.ts'
import { linksOf } from './links.ts'
import { getLiveClaim } from './live-claim.ts'

const PIXELS = 1000

const params = Closed({ id: Uuid })
const Of = Type.Enum(['interaction', ...CREDENTIAL_FORMATS, 'lcw'], {
  description: 'The page, the OpenID offer in a format, or the link of the Learner Credential Wallet',
})
const querystring = Type.Object({ of: Type.Optional(Of) })

/** To draw one costs as much as to write elsewhere. */
const config = limited('wallets')

const schema = {
  tags: ['Claims'],
  summary: 'A way in as a QR code, as SVG, while one can collect by it',
  description: '`of` chooses the link: the interaction page, or what one kind of wallet scans.',
  params,
  querystring,
}
const ended = { 410: problem(410), 429: problem(429) }

/** The links of a claim for whoever scans them. */
export const claimQrRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.addHook('onRequest', async (_request, reply) => void reply.header('x-robots-tag', 'noindex'))
  app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'))

  app.get(
    '/interactions/:id/qr.svg',
    {
      config,
      schema: {
        ...schema,
        response: { 200: answer('The QR code', { 'image/svg+xml': Type.String() }), ...ended },
      },
    },
    async ({ ctx, params, query }, reply) =>
      reply.type('image/svg+xml').send(await qrSvg(await linkOf(ctx, params.id, query.of))),
  )

  app.get(
    '/interactions/:id/qr.png',
    {
      config,
      schema: {
        ...schema,
        summary: 'A way in as a QR code, as PNG, while one can collect by it',
        response: {
          200: answer('The QR code', { 'image/png': Type.String({ contentMediaType: 'image/png' }) }),
          ...ended,
        },
      },
    },
    async ({ ctx, params, query }, reply) =>
      reply.type('image/png').send(await qrPng(await linkOf(ctx, params.id, query.of), PIXELS)),
  )
}

/** @throws NotFound also for a way in that the claim does not have; CallerError 410 when it has ended */
async function linkOf(ctx: Context, id: string, of: Static<typeof Of> = 'interaction'): Promise<string> {
  const { interactionUrl, openid, lcw } = await linksOf(ctx, await getLiveClaim(ctx, id))
  const links = { interaction: interactionUrl, lcw, ...openid }
  const link = links[of]
  if (link === undefined) throw new NotFound()
  return link
}
