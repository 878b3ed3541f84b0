import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { LRUCache } from 'lru-cache'
import { Type } from 'typebox'
import { getPublished } from '../badge-classes/queries.ts'
import { requestPage } from '../badge-classes/request-page.ts'
import type { Context } from '../context.ts'
import { Closed, Uuid } from '../fields.ts'
import { answer } from '../http/answers.ts'
import { createGate } from '../http/gate.ts'
import { qrPng, qrSvg } from '../images/qr.ts'
import { posterOf } from './poster-of.ts'

const tags = ['Public documents']
const ById = Closed({ id: Uuid })
const CACHE = 'public, max-age=300'
const NEVER = new AbortController().signal
/** Sharp on a sheet of paper. */
const QR_PIXELS = 1000

/** A poster is drawn in a quarter of a second, for anybody who asks: the same one not again and again. */
const DRAWN = { max: 20, ttl: 60_000 }

export const posterRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const drawn = new LRUCache<string, Promise<Buffer>>(DRAWN)
  const gate = createGate(1)
  const posterAt = async (ctx: Context, id: string, language: 'fr' | 'en' | undefined) => {
    const found = await getPublished(ctx.db, id)
    const name = `${id} ${found.badgeClass.revision} ${language}`
    const known = drawn.get(name)
    if (known) return known
    const poster = gate.pass(NEVER, () => posterOf(ctx, found, language))
    drawn.set(name, poster)
    poster.catch(() => drawn.delete(name))
    return poster
  }

  app.get(
    '/achievements/:id/qr.svg',
    {
      schema: {
        tags,
        summary: 'A QR code that leads to where one asks for the badge, as SVG',
        params: ById,
        response: { 200: answer('The QR code', { 'image/svg+xml': Type.String() }) },
      },
    },
    async ({ ctx, params }, reply) => {
      const url = requestPage(await getPublished(ctx.db, params.id), ctx.config.publicUrl)
      return reply
        .header('cache-control', CACHE)
        .type('image/svg+xml')
        .send(await qrSvg(url))
    },
  )

  app.get(
    '/achievements/:id/qr.png',
    {
      schema: {
        tags,
        summary: 'The same as PNG',
        params: ById,
        response: {
          200: answer('The QR code', { 'image/png': Type.String({ contentMediaType: 'image/png' }) }),
        },
      },
    },
    async ({ ctx, params }, reply) => {
      const url = requestPage(await getPublished(ctx.db, params.id), ctx.config.publicUrl)
      return reply
        .header('cache-control', CACHE)
        .type('image/png')
        .send(await qrPng(url, QR_PIXELS))
    },
  )

  app.get(
    '/achievements/:id/poster.pdf',
    {
      schema: {
        tags,
        summary: 'A poster of a published badge class: one page A4',
        params: ById,
        querystring: Type.Object({ language: Type.Optional(Type.Enum(['fr', 'en'])) }),
        response: {
          200: answer('The poster', {
            'application/pdf': Type.String({ contentMediaType: 'application/pdf' }),
          }),
        },
      },
    },
    async ({ ctx, params, query }, reply) => {
      const pdf = await posterAt(ctx, params.id, query.language)
      return reply.header('cache-control', CACHE).type('application/pdf').send(pdf)
    },
  )
}
