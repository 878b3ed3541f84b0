import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { toPage } from '../db/page.ts'
import { Closed, Slug, Uuid } from '../fields.ts'
import { requires } from '../http/access.ts'
import { answer, json } from '../http/answers.ts'
import { listQuery, pageOf, readPageRequest, sendPage } from '../http/paging.ts'
import { readerOf } from '../http/reader.ts'
import { getIssuerRow } from '../issuers/queries.ts'
import { presentMail } from './present.ts'
import { previewMail } from './preview-mail.ts'
import { getMail, listMails } from './queries.ts'
import { resendMail } from './resend-mail.ts'
import { MAIL_LANGUAGES, MAIL_STATES, Mail } from './schema.ts'
import { TEMPLATE_NAMES } from './templates/letter.ts'

const tags = ['Mails']
const ById = Closed({ id: Uuid })
const reading = requires('requests:read', 'assertions:read')

/** The page is ours, but made of others' words: it loads the badge's picture, and runs nothing. */
const previewCsp = (publicUrl: string) =>
  `default-src 'none';img-src ${publicUrl};style-src 'unsafe-inline';base-uri 'none';form-action 'none';frame-ancestors 'none';sandbox`

export const mailRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/v1/issuers/:slug/mails',
    {
      config: reading,
      schema: {
        tags,
        summary: 'List the mails of an issuer, newest first',
        description: 'They are kept for 30 days after they were sent or given up.',
        params: Closed({ slug: Slug }),
        querystring: listQuery({
          state: Type.Optional(Type.Enum([...MAIL_STATES])),
          about: Type.Optional({ ...Uuid, description: 'A request or an assertion' }),
        }),
        response: { 200: json('A page of mails', pageOf(Mail)) },
      },
    },
    async (request, reply) => {
      const { ctx, actor, params, query } = request
      const issuer = await getIssuerRow(ctx.db, actor, params.slug)
      const page = readPageRequest(query)
      const rows = await listMails(ctx.db, issuer.id, query, page)
      const { language } = readerOf(request)
      return sendPage(
        request,
        reply,
        toPage(rows, page.limit, (row) => presentMail(row, ctx, language)),
      )
    },
  )

  app.get(
    '/v1/mails/:id',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Read what became of a mail',
        params: ById,
        response: { 200: json('The mail', Mail), 304: answer('Not modified') },
      },
    },
    async (request) => {
      const { ctx, actor, params } = request
      return presentMail(await getMail(ctx.db, actor, params.id), ctx, readerOf(request).language)
    },
  )

  app.post(
    '/v1/mails/:id/resend',
    {
      config: requires('requests:review', 'assertions:write'),
      schema: {
        tags,
        summary: 'Send a mail again that was sent or has failed',
        params: ById,
        response: { 200: json('The mail, queued', Mail) },
      },
    },
    async (request) => {
      const { ctx, actor, params } = request
      return presentMail(await resendMail(ctx, actor, params.id), ctx, readerOf(request).language)
    },
  )

  app.get(
    '/v1/issuers/:slug/mail-templates/:template',
    {
      config: reading,
      schema: {
        tags,
        summary: 'See how a mail of the issuer looks, filled with sample values',
        description: 'The subject is the title of the page, or the first line of the text.',
        params: Closed({ slug: Slug, template: Type.Enum([...TEMPLATE_NAMES]) }),
        querystring: Closed({
          language: Type.Enum([...MAIL_LANGUAGES], { default: 'fr' }),
          format: Type.Enum(['html', 'text'], { default: 'html' }),
        }),
        response: { 200: answer('The mail', { 'text/html': Type.String(), 'text/plain': Type.String() }) },
      },
    },
    async ({ ctx, actor, params, query }, reply) => {
      const issuer = await getIssuerRow(ctx.db, actor, params.slug)
      const { subject, html, text } = previewMail(ctx, issuer, params.template, query.language)
      reply.header('content-security-policy', previewCsp(ctx.config.publicUrl))
      reply.type(query.format === 'html' ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8')
      return reply.send(query.format === 'html' ? html : `${subject}\n\n${text}`)
    },
  )
}
