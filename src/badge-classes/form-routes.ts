import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Negotiator from 'negotiator'
import { Type } from 'typebox'
import { NotFound } from '../errors.ts'
import { Closed, LanguageTag, Uuid } from '../fields.ts'
import { json } from '../http/answers.ts'
import { FormDocument, formDocument, languagesOf } from './form-document.ts'
import { getPublished } from './queries.ts'

export const requestFormRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/achievements/:id/request-form',
    {
      schema: {
        tags: ['Public documents'],
        summary: 'The form by which one asks for a badge',
        description:
          'Everything that a page needs to draw it, in the language asked for by `?language=` or else by `Accept-Language`, or else in the badge’s own.',
        params: Closed({ id: Uuid }),
        querystring: Type.Object({ language: Type.Optional(LanguageTag) }),
        response: { 200: json('The form', FormDocument) },
      },
    },
    async (request, reply) => {
      const { ctx, params, query } = request
      reply.header('vary', 'Accept-Language')
      const found = await getPublished(ctx.db, params.id)
      const form = found.version.content.requestForm
      if (!form) throw new NotFound()
      const languages = languagesOf(found)
      const wanted =
        query.language === undefined
          ? new Negotiator(request.raw)
          : new Negotiator({ headers: { 'accept-language': query.language } })
      const language = wanted.languages(languages)[0] ?? languages[0]!
      reply.header('cache-control', 'public, max-age=60').header('content-language', language)
      return formDocument(found, form, {
        language,
        now: ctx.clock(),
        publicUrl: ctx.config.publicUrl,
      })
    },
  )
}
