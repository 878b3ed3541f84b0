import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { correctDocument, describeRoute } from './describe-route.ts'

/** The groups of the reference, in its order. */
const TAGS: Record<string, string> = {
  Issuers: 'Organisations that issue badges, their image and their signing keys',
  'API keys': 'Who may call the management API for an issuer, and what for',
  'Badge classes': 'What is awarded: drafts, published versions, images and request forms',
  Assertions: 'That a person earned a badge: award it, read it, revoke it',
  Claims: 'Links and QR codes by which a person collects a badge into a wallet',
  Batches: 'Lists of people, such as an attendance list, who get a badge together',
  Requests: 'Requests for a badge, as those who decide about them see them',
  'Claim codes': 'Codes to be handed out: whoever has one gets the badge at once',
  Mails: 'What was sent to whom and what became of it',
  'Requests of a person': 'Requests for a badge, as the person who asks for it fills them in',
  'Links of referents and reviewers': 'What a person without an account can do by a link from a mail',
  'Public documents':
    'What wallets, verifiers and web pages fetch: profiles, achievements, credentials, keys',
  Collecting: 'How a wallet comes by a credential: interactions and exchanges (VCALM)',
  OpenID4VCI: 'How a wallet comes by a credential with OpenID for Verifiable Credential Issuance',
  'VC API': 'Any credential, signed as given, for integrators that speak the W3C CCG’s VC API',
  Verification: 'Whether a credential can be trusted, check by check',
  Operation: 'Is the service well? And what its problems mean',
}

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="36" viewBox="0 0 32 36"><path d="M16 2C20 4 25 4.5 29 4V17C29 25 23 30 16 34 9 30 3 25 3 17V4C7 4.5 12 4 16 2Z" fill="#2b6cb0" stroke="#fff" stroke-width="2"/></svg>'

/** Describes every route that is registered after it, from its schemas. */
export async function registerOpenApi(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Écusson',
        version: '0.1.0',
        summary: 'A headless Open Badges 3.0 issuer',
        description:
          'Publish badges, award them, deliver signed credentials that any wallet can fetch and anyone can verify. Errors are RFC 9457 problem documents; lists go on by `cursor`; every POST under /v1 takes an `Idempotency-Key`; objects are changed with `If-Match`.',
        contact: { name: 'The operator of this service', url: publicUrl },
        license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      },
      // On a machine of one's own the document is wherever it was fetched from.
      servers: [{ url: new URL(publicUrl).hostname === 'localhost' ? '/' : publicUrl }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          key: {
            type: 'http',
            scheme: 'bearer',
            description: 'The operator’s key, or an API key `ecu_…` of an issuer',
          },
          resumeToken: {
            type: 'http',
            scheme: 'bearer',
            description: 'The token `ecr_…` of one request, which the person who began it has',
          },
          walletToken: {
            type: 'http',
            scheme: 'bearer',
            description: 'What a wallet got for its pre-authorised code',
          },
        },
      },
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => String(json.$id ?? `def-${i}`) },
    transform: ({ schema, url, route }) => ({ schema: describeRoute(schema ?? {}, route), url }),
    transformObject: (document) =>
      correctDocument('openapiObject' in document ? document.openapiObject : document.swaggerObject),
  })
}

// The page's own default names other hosts, and asks for HTTPS where there may be none.
const REFERENCE_PAGE_CSP =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

/** The reference page, from files of the project alone. */
export async function registerReferencePage(app: FastifyInstance): Promise<void> {
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json').send(JSON.stringify(app.swagger())),
  )
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: REFERENCE_PAGE_CSP,
    uiConfig: { deepLinking: true },
    theme: { title: 'Écusson' },
    logo: { type: 'image/svg+xml', content: Buffer.from(LOGO) },
  })
}
