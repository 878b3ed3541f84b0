import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { Invalid } from '../errors.ts'
import { MAX_IMAGE_BYTES } from '../images/accept.ts'

/** Lets the routes of this scope take PNG and SVG bodies, as bytes, and nothing else. */
export function acceptImageBodies(scope: FastifyInstance) {
  const options = { parseAs: 'buffer', bodyLimit: MAX_IMAGE_BYTES } as const
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(
    ['image/png', 'image/svg+xml'],
    options,
    async (_request: unknown, body: Buffer) => body,
  )
  return scope.withTypeProvider<TypeBoxTypeProvider>()
}

/** @throws Invalid when there is no body */
export function imageOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body) && body.length > 0) return body
  throw new Invalid({ path: '', code: 'not-an-image' })
}
