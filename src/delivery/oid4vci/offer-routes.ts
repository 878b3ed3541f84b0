import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { CREDENTIAL_FORMATS, type CredentialFormat } from '../../assertions/schema.ts'
import { Closed, Slug, UUID_PATTERN } from '../../fields.ts'
import { json, problem } from '../../http/answers.ts'
import { makeOffer } from './offer.ts'

const Offer = Type.Object(
  {
    credential_issuer: Type.String(),
    credential_configuration_ids: Type.Array(Type.String()),
    grants: Type.Object({}, { additionalProperties: true }),
  },
  { additionalProperties: true },
)

/** What a wallet reads that a QR code or a link sent here; problems are told as everywhere, for people see them. */
export const openidOfferRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'))

  app.get(
    '/oid4vci/:slug/offers/:file',
    {
      schema: {
        tags: ['OpenID4VCI'],
        summary: 'The offer of a claim in one form',
        description: 'The code in it can be redeemed once; the same address then gives another one.',
        params: Closed({
          slug: Slug,
          file: Type.String({ pattern: `^${UUID_PATTERN}\\.(${CREDENTIAL_FORMATS.join('|')})$` }),
        }),
        response: { 200: json('The offer', Offer), 410: problem(410) },
      },
    },
    async ({ ctx, params }, reply) => {
      const [claimId, format] = params.file.split('.') as [string, CredentialFormat]
      const offer = await makeOffer(ctx, params.slug, { claimId, format })
      return reply.type('application/json').send(Buffer.from(JSON.stringify(offer)))
    },
  )
}
