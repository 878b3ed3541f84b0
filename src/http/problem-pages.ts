import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { NotFound } from '../errors.ts'
import { Closed } from '../fields.ts'
import { PROBLEMS, type ProblemCode } from '../messages.ts'
import { json } from './answers.ts'

/** What the `type` of a problem document leads to (RFC 9457, section 3.1.1). */
export const problemRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const schema = {
    tags: ['Operation'],
    summary: 'What a problem type means',
    description:
      'Where the `type` of a problem document leads to (RFC 9457, section 3.1.1): its sentence in English and in French.',
    params: Closed({ code: Type.String({ pattern: '^[a-z-]{1,40}$' }) }),
    response: {
      200: json('The meaning', Closed({ code: Type.String(), en: Type.String(), fr: Type.String() })),
    },
  }
  app.get('/problems/:code', { schema }, async ({ params }) => {
    const text = Object.hasOwn(PROBLEMS, params.code) ? PROBLEMS[params.code as ProblemCode] : undefined
    if (!text) throw new NotFound()
    return { code: params.code, ...text }
  })
}
