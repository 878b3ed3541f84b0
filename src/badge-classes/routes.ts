import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Closed, Slug, Uuid } from '../fields.ts'
import { requires } from '../http/access.ts'
import { answer, json, LOCATION } from '../http/answers.ts'
import { acceptImageBodies, imageOf } from '../http/image-bodies.ts'
import { listQuery, pageOf, readPageRequest, sendPage } from '../http/paging.ts'
import { acceptImage } from '../images/accept.ts'
import { getIssuerById, getIssuerRow } from '../issuers/queries.ts'
import { archiveBadgeClass } from './archive.ts'
import { changeBadgeClass } from './change.ts'
import { createBadgeClass } from './create.ts'
import { publishBadgeClass } from './publish.ts'
import { getBadgeClass, listBadgeClasses, presentBadgeClass } from './queries.ts'
import { BadgeClass, BadgeClassChange, NewBadgeClass } from './schema.ts'

const tags = ['Badge classes']
const ById = Closed({ id: Uuid })
const reading = requires('issuer:read', 'badge-classes:write')
const writing = requires('badge-classes:write')

export const badgeClassRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/v1/issuers/:slug/badge-classes',
    {
      config: writing,
      schema: {
        tags,
        summary: 'Make a badge class, as a draft',
        params: Closed({ slug: Slug }),
        body: NewBadgeClass,
        response: { 201: json('The draft', BadgeClass, LOCATION) },
      },
    },
    async ({ ctx, actor, params, body }, reply) => {
      const created = await createBadgeClass(ctx, actor, params.slug, body)
      reply.code(201).header('location', `${ctx.config.publicUrl}/v1/badge-classes/${created.id}`)
      return created
    },
  )

  app.get(
    '/v1/issuers/:slug/badge-classes',
    {
      config: reading,
      schema: {
        tags,
        summary: 'List the badge classes of an issuer, newest first',
        params: Closed({ slug: Slug }),
        querystring: listQuery({
          status: Type.Optional(Type.Enum(['draft', 'published', 'archived'])),
          slug: Type.Optional(Slug),
        }),
        response: { 200: json('A page of badge classes', pageOf(BadgeClass)) },
      },
    },
    async (request, reply) => {
      const { ctx, actor, params, query } = request
      const { limit: _limit, cursor: _cursor, ...filter } = query
      const issuer = await getIssuerRow(ctx.db, actor, params.slug)
      const list = { ...filter, page: readPageRequest(query) }
      return sendPage(request, reply, await listBadgeClasses(ctx.db, issuer, ctx.config.publicUrl, list))
    },
  )

  app.get(
    '/v1/badge-classes/:id',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Read a badge class',
        params: ById,
        response: { 200: json('The badge class', BadgeClass), 304: answer('Not modified') },
      },
    },
    async ({ ctx, actor, params }) => {
      const found = await getBadgeClass(ctx.db, actor, params.id)
      const issuer = await getIssuerById(ctx.db, found.badgeClass.issuerId)
      return presentBadgeClass(found, issuer.slug, ctx.config.publicUrl)
    },
  )

  app.patch(
    '/v1/badge-classes/:id',
    {
      config: writing,
      schema: {
        tags,
        summary: 'Change a badge class; a published one gets its next version',
        params: ById,
        body: BadgeClassChange,
        response: { 200: json('The badge class as it is now', BadgeClass) },
      },
    },
    async ({ ctx, actor, params, body, expected }) =>
      changeBadgeClass(ctx, actor, { id: params.id, expected }, body),
  )

  app.post(
    '/v1/badge-classes/:id/publish',
    {
      config: writing,
      schema: {
        tags,
        summary: 'Publish a badge class',
        params: ById,
        response: { 200: json('The published badge class', BadgeClass) },
      },
    },
    async ({ ctx, actor, params }) => publishBadgeClass(ctx, actor, params.id),
  )

  app.post(
    '/v1/badge-classes/:id/archive',
    {
      config: writing,
      schema: {
        tags,
        summary: 'Archive a badge class: it is awarded no more',
        params: ById,
        response: { 200: json('The archived badge class', BadgeClass) },
      },
    },
    async ({ ctx, actor, params }) => archiveBadgeClass(ctx, actor, params.id),
  )

  app.register(async (plain) => {
    const scope = acceptImageBodies(plain)
    scope.put(
      '/v1/badge-classes/:id/image',
      {
        config: writing,
        schema: {
          tags,
          summary: 'Set the image of a badge class: PNG or SVG, 2 MB at most',
          consumes: ['image/png', 'image/svg+xml'],
          params: ById,
          response: { 200: json('The badge class as it is now', BadgeClass) },
        },
      },
      async ({ ctx, actor, params, body, expected }) => {
        // Another tenant's badge class is not found before its image is looked at.
        await getBadgeClass(ctx.db, actor, params.id)
        const image = await acceptImage(ctx, imageOf(body))
        return changeBadgeClass(ctx, actor, { id: params.id, expected }, image)
      },
    )
  })
}
