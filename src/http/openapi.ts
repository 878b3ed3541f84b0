import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify'
import { type TSchema, Type } from 'typebox'

/** The order of the reference. */
const TAGS = [
  'Issuers',
  'API keys',
  'Badge classes',
  'Assertions',
  'Claims',
  'Batches',
  'Requests',
  'Claim codes',
  'Mails',
  'Requests of a person',
  'Links of referents and reviewers',
  'Public documents',
  'Collecting',
  'OpenID4VCI',
  'Verification',
  'Operation',
]

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
        license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      },
      servers: [{ url: publicUrl }],
      tags: TAGS.map((name) => ({ name })),
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
    transform: ({ schema, url, route }) => ({ schema: describeConventions(schema ?? {}, route), url }),
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

/** Adds to a route's description what it gets by being registered: key, Idempotency-Key, If-Match. */
function describeConventions(schema: FastifySchema, route: RouteOptions): FastifySchema {
  const access = route.config?.access
  const methods = [route.method].flat()
  const headers: Record<string, TSchema> = {}
  if (access && methods.includes('POST')) {
    headers['Idempotency-Key'] = Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 255,
        description: 'The same key and body get the first answer again, for 24 hours',
      }),
    )
  }
  if (access && methods.some((method) => method === 'PUT' || method === 'PATCH')) {
    headers['If-Match'] = Type.String({ description: 'The ETag that was read, or *' })
  }
  const who = access?.operatorOnly
    ? 'the operator'
    : `a key with ${access?.anyOf.map((s) => `\`${s}\``).join(' or ')}`
  const description = [schema.description, access ? `For ${who}.` : undefined].filter(Boolean).join('\n\n')
  return {
    ...schema,
    ...(description ? { description } : {}),
    ...(schema.consumes && !schema.body ? { body: bodyOf(schema.consumes) } : {}),
    ...(Object.keys(headers).length > 0 ? { headers: Type.Object(headers) } : {}),
    security: access ? [{ key: [] }] : (schema.security ?? []),
    operationId: operationIdOf(methods[0]!, route.url),
  }
}

/** A body that a route reads by its content: bytes of one of these types. */
function bodyOf(types: readonly string[]): object {
  return { content: Object.fromEntries(types.map((type) => [type, { schema: schemaOfType(type) }])) }
}

function schemaOfType(type: string): TSchema {
  if (type.includes('json')) return Type.Object({}, { additionalProperties: true })
  if (type === 'multipart/form-data') return Type.Object({ file: Type.String({ format: 'binary' }) })
  return Type.String({ contentMediaType: type })
}

function operationIdOf(method: string, url: string): string {
  const words = url.split(/[^A-Za-z0-9]+/).filter(Boolean)
  return [method.toLowerCase(), ...words]
    .map((word, i) => (i === 0 ? word : word[0]!.toUpperCase() + word.slice(1)))
    .join('')
}
