import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { NotFound } from '../errors.ts'
import { Closed } from '../fields.ts'
import { answer } from '../http/answers.ts'
import { noneMatch } from '../http/etag.ts'

export const imageRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/images/:file',
    {
      schema: {
        tags: ['Public documents'],
        summary: 'An image, by the SHA-256 of its bytes',
        description: 'It never changes and can be kept for ever.',
        params: Closed({ file: Type.String({ pattern: '^[0-9a-f]{64}\\.(png|svg)$' }) }),
        response: {
          200: answer('The image', {
            'image/png': Type.String({ contentMediaType: 'image/png' }),
            'image/svg+xml': Type.String(),
          }),
          304: answer('Not modified'),
        },
      },
    },
    async (request, reply) => {
      const { file } = request.params
      const etag = `"${file}"`
      const bytes = await request.ctx.storage.get(`images/${file}`)
      if (!bytes) throw new NotFound()
      reply.header('etag', etag).header('cache-control', 'public, max-age=31536000, immutable')
      if (noneMatch(request, etag)) return reply.code(304).send()
      // An SVG opened by itself is a page: it may neither run nor load anything.
      reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      return reply.type(file.endsWith('.png') ? 'image/png' : 'image/svg+xml').send(bytes)
    },
  )
}
