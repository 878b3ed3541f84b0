import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Closed, Slug } from '../fields.ts'
import { operatorOnly, requires } from '../http/access.ts'
import { answer, json, LOCATION } from '../http/answers.ts'
import { acceptImageBodies, imageOf } from '../http/image-bodies.ts'
import { listQuery, pageOf, readPageRequest, sendPage } from '../http/paging.ts'
import { acceptImage } from '../images/accept.ts'
import { listSigningKeys } from '../keys/queries.ts'
import { SigningKeyList } from '../keys/schema.ts'
import { changeIssuer } from './change.ts'
import { createIssuer } from './create.ts'
import { getIssuerRow, listIssuers, presentIssuer } from './queries.ts'
import { rotateSigningKeys } from './rotate-signing-keys.ts'
import { Issuer, IssuerChange, NewIssuer } from './schema.ts'

const tags = ['Issuers']
const BySlug = Closed({ slug: Slug })

export const issuerRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/v1/issuers',
    {
      config: operatorOnly,
      schema: {
        tags,
        summary: 'Make an issuer and its signing keys (operator)',
        body: NewIssuer,
        response: { 201: json('The issuer', Issuer, LOCATION) },
      },
    },
    async ({ ctx, body }, reply) => {
      const created = await createIssuer(ctx, body)
      reply.code(201).header('location', `${ctx.config.publicUrl}/v1/issuers/${created.slug}`)
      return created
    },
  )

  app.get(
    '/v1/issuers',
    {
      config: requires('issuer:read'),
      schema: {
        tags,
        summary: 'List issuers, newest first; a key sees its own',
        querystring: listQuery({}),
        response: { 200: json('A page of issuers', pageOf(Issuer)) },
      },
    },
    async (request, reply) => {
      const { ctx, actor, query } = request
      const page = await listIssuers(ctx.db, actor, ctx.config.publicUrl, readPageRequest(query))
      return sendPage(request, reply, page)
    },
  )

  app.get(
    '/v1/issuers/:slug',
    {
      config: requires('issuer:read'),
      schema: {
        tags,
        summary: 'Read an issuer',
        params: BySlug,
        response: { 200: json('The issuer', Issuer), 304: answer('Not modified') },
      },
    },
    async ({ ctx, actor, params }) =>
      presentIssuer(await getIssuerRow(ctx.db, actor, params.slug), ctx.config.publicUrl),
  )

  app.patch(
    '/v1/issuers/:slug',
    {
      config: requires('issuer:write'),
      schema: {
        tags,
        summary: 'Change an issuer',
        params: BySlug,
        body: IssuerChange,
        response: { 200: json('The issuer as it is now', Issuer) },
      },
    },
    async ({ ctx, actor, params, body, expected }) =>
      changeIssuer(ctx, actor, { slug: params.slug, expected }, body),
  )

  app.get(
    '/v1/issuers/:slug/signing-keys',
    {
      config: requires('issuer:read', 'keys:write'),
      schema: {
        tags,
        summary: 'List the public signing keys of an issuer, retired ones too',
        params: BySlug,
        response: { 200: json('The keys', SigningKeyList) },
      },
    },
    async ({ ctx, actor, params }) => {
      const issuer = await getIssuerRow(ctx.db, actor, params.slug)
      return { items: await listSigningKeys(ctx.db, issuer.id) }
    },
  )

  app.post(
    '/v1/issuers/:slug/signing-keys/rotate',
    {
      config: requires('keys:write'),
      schema: {
        tags,
        summary: 'Make new active signing keys; the retired ones stay published',
        params: BySlug,
        response: { 201: json('All keys', SigningKeyList) },
      },
    },
    async ({ ctx, actor, params }, reply) => {
      reply.code(201)
      return rotateSigningKeys(ctx, actor, params.slug)
    },
  )

  app.register(async (plain) => {
    const scope = acceptImageBodies(plain)
    scope.put(
      '/v1/issuers/:slug/image',
      {
        config: requires('issuer:write'),
        schema: {
          tags,
          summary: 'Set the image of an issuer: PNG or SVG, 2 MB at most',
          consumes: ['image/png', 'image/svg+xml'],
          params: BySlug,
          response: { 200: json('The issuer as it is now', Issuer) },
        },
      },
      async ({ ctx, actor, params, body, expected }) => {
        await getIssuerRow(ctx.db, actor, params.slug)
        const { image } = await acceptImage(ctx, imageOf(body))
        return changeIssuer(ctx, actor, { slug: params.slug, expected }, { image })
      },
    )
  })
}
