import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { LRUCache } from 'lru-cache'
import { Type } from 'typebox'
import { getPublished } from '../badge-classes/queries.ts'
import { requestPage } from '../badge-classes/request-page.ts'
import { Closed, Uuid } from '../fields.ts'
import { answer, problem } from '../http/answers.ts'
import { createGate } from '../http/gate.ts'
import { limited } from '../http/limited.ts'
import { qrPng, qrSvg } from '../images/qr.ts'
import { posterOf } from './poster-of.ts'

const tags = ['Public documents']
const ById = Closed({ id: Uuid })
const CACHE = 'public, max-age=300'
const NEVER = new AbortController().signal
/** Sharp on a sheet of paper. */
const QR_PIXELS = 1000

/** A drawing takes up to a quarter of a second, for anybody who asks: the same one not again and again. */
const DRAWN = { max: 20, ttl: 60_000 }
/** Drawings that wait for their turn: what comes after them would be too late for whoever asked. */
const LINE = 50
/** To read one costs as much as to write elsewhere. */
const config = limited('publicWrites')

export const posterRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const drawn = new LRUCache<string, Promise<string | Buffer>>(DRAWN)
  const gate = createGate(1, LINE)
  /** @throws CallerError 503 when too many drawings wait already */
  const once = (name: string, draw: () => Promise<string | Buffer>) => {
    const known = drawn.get(name)
    if (known) return known
    const drawing = gate.pass(NEVER, draw)
    drawn.set(name, drawing)
    drawing.catch(() => drawn.delete(name))
    return drawing
  }

  app.get(
    '/achievements/:id/qr.svg',
    {
      config,
      schema: {
        tags,
        summary: 'A QR code that leads to where one asks for the badge, as SVG',
        description: 'For a web page or a slide; it scales without loss.',
        params: ById,
        response: { 200: answer('The QR code', { 'image/svg+xml': Type.String() }), 429: problem(429) },
      },
    },
    async ({ ctx, params }, reply) => {
      const url = requestPage(await getPublished(ctx.db, params.id), ctx.config.publicUrl)
      const svg = await once(`svg ${url}`, () => qrSvg(url))
      return reply.header('cache-control', CACHE).type('image/svg+xml').send(svg)
    },
  )

  app.get(
    '/achievements/:id/qr.png',
    {
      config,
      schema: {
        tags,
        summary: 'A QR code that leads to where one asks for the badge, as PNG',
        description: 'A square of about 1000 pixels, sharp enough for a sheet of paper.',
        params: ById,
        response: {
          200: answer('The QR code', { 'image/png': Type.String({ contentMediaType: 'image/png' }) }),
          429: problem(429),
        },
      },
    },
    async ({ ctx, params }, reply) => {
      const url = requestPage(await getPublished(ctx.db, params.id), ctx.config.publicUrl)
      const png = await once(`png ${url}`, () => qrPng(url, QR_PIXELS))
      return reply.header('cache-control', CACHE).type('image/png').send(png)
    },
  )

  app.get(
    '/achievements/:id/poster.pdf',
    {
      config,
      schema: {
        tags,
        summary: 'A poster of a published badge class: one page A4',
        description:
          'Name, description, image and the QR code that leads to where one asks for the badge; in the badge’s language unless one is given.',
        params: ById,
        querystring: Type.Object({ language: Type.Optional(Type.Enum(['fr', 'en'])) }),
        response: {
          200: answer('The poster', {
            'application/pdf': Type.String({ contentMediaType: 'application/pdf' }),
          }),
          429: problem(429),
        },
      },
    },
    async ({ ctx, params, query }, reply) => {
      const found = await getPublished(ctx.db, params.id)
      const name = `pdf ${params.id} ${found.badgeClass.revision} ${query.language}`
      const pdf = await once(name, () => posterOf(ctx, found, query.language))
      return reply.header('cache-control', CACHE).type('application/pdf').send(pdf)
    },
  )
}
