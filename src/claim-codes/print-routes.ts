import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Closed, Uuid } from '../fields.ts'
import { requires } from '../http/access.ts'
import { answer } from '../http/answers.ts'
import { qrPng, qrSvg } from '../images/qr.ts'
import { claimCodesCsv } from './csv.ts'
import { getPrintableCode } from './printable.ts'
import { claimCodesSheet } from './sheet.ts'

const tags = ['Claim codes']
const ById = Closed({ id: Uuid })
const handling = requires('requests:review', 'badge-classes:write')
/** Whoever reads a code can use it. */
const SECRET = 'private, no-store'
const QR_PIXELS = 600
const bytes = (type: string) => ({ [type]: Type.String({ contentMediaType: type }) })

/** The codes themselves, as they are handed out. */
export const claimCodePrintRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/v1/claim-codes/:id/codes.csv',
    {
      config: handling,
      schema: {
        tags,
        summary: 'The codes of a set, their addresses and how often each was used',
        params: ById,
        response: { 200: answer('number;code;url;uses', { 'text/csv': Type.String() }) },
      },
    },
    async ({ ctx, actor, params }, reply) => {
      const csv = await claimCodesCsv(ctx, actor, params.id)
      return reply
        .header('cache-control', SECRET)
        .header('content-disposition', 'attachment; filename="codes.csv"')
        .type('text/csv; charset=utf-8')
        .send(csv)
    },
  )

  app.get(
    '/v1/claim-codes/:id/sheet.pdf',
    {
      config: handling,
      schema: {
        tags,
        summary: 'The codes of a set as cards to be cut out, 21 on a page A4',
        params: ById,
        response: { 200: answer('The sheet', bytes('application/pdf')) },
      },
    },
    async ({ ctx, actor, params }, reply) => {
      const pdf = await claimCodesSheet(ctx, actor, params.id)
      return reply.header('cache-control', SECRET).type('application/pdf').send(pdf)
    },
  )

  app.get(
    '/v1/claim-codes/:id/codes/:file',
    {
      config: handling,
      schema: {
        tags,
        summary: 'The QR code of one code: its number, and .svg or .png',
        params: Closed({ id: Uuid, file: Type.String({ pattern: '^[1-9]\\d{0,3}\\.(svg|png)$' }) }),
        response: {
          200: answer('The QR code', { 'image/svg+xml': Type.String(), ...bytes('image/png') }),
        },
      },
    },
    async ({ ctx, actor, params }, reply) => {
      const { id, file } = params
      const { url } = await getPrintableCode(ctx, actor, { id, number: Number.parseInt(file, 10) })
      reply.header('cache-control', SECRET)
      return file.endsWith('.svg')
        ? reply.type('image/svg+xml').send(await qrSvg(url))
        : reply.type('image/png').send(await qrPng(url, QR_PIXELS))
    },
  )
}
