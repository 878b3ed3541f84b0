import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Closed, Slug } from '../../fields.ts'
import { json } from '../../http/answers.ts'
import { oauthErrors, registerOAuth } from '../../http/oauth.ts'
import { getPublicIssuer } from '../../issuers/queries.ts'
import { authorizationServerMetadata, issuerMetadata } from './metadata.ts'

const Document = Type.Object({}, { additionalProperties: true })

/** What each document is, and where: between host and path (RFC 8414, section 3.1), or after both as drafts had it. */
const DOCUMENTS = [
  {
    paths: [
      '/.well-known/openid-credential-issuer/oid4vci/:slug',
      '/oid4vci/:slug/.well-known/openid-credential-issuer',
    ],
    summary: 'What an issuer offers to wallets (OpenID4VCI)',
    description:
      'Credential issuer metadata (OpenID4VCI 1.0, section 12.2.4): endpoints, and each form in which a badge can be collected.',
    make: issuerMetadata,
  },
  {
    paths: [
      '/.well-known/oauth-authorization-server/oid4vci/:slug',
      '/oid4vci/:slug/.well-known/oauth-authorization-server',
      '/oid4vci/:slug/.well-known/openid-configuration',
    ],
    summary: 'The authorization server of an issuer (RFC 8414)',
    description: 'Only pre-authorised codes are redeemed here: nobody logs in.',
    make: authorizationServerMetadata,
  },
]

export const openidMetadataRoutes: FastifyPluginAsyncTypebox = async (app) => {
  registerOAuth(app)
  for (const { paths, summary, description, make } of DOCUMENTS) {
    for (const path of paths) {
      app.get(
        path,
        {
          schema: {
            tags: ['OpenID4VCI'],
            summary,
            description,
            params: Closed({ slug: Slug }),
            response: { 200: json('The metadata', Document), ...oauthErrors() },
          },
        },
        async ({ ctx, params }, reply) => {
          const { slug } = params as { slug: string }
          const document = make(await getPublicIssuer(ctx.db, slug), ctx.config.publicUrl)
          return reply
            .header('cache-control', 'public, max-age=300')
            .type('application/json')
            .send(Buffer.from(JSON.stringify(document)))
        },
      )
    }
  }
}
