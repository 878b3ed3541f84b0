import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { CallerError } from '../errors.ts'
import { json, problem } from '../http/answers.ts'
import { limited } from '../http/limited.ts'
import { languageOf } from '../http/problems.ts'
import { walletJson } from '../vc/wallet-json.ts'
import { EXAMPLE_BODIES } from './examples.ts'
import { VerificationAnswer } from './schema.ts'
import { tellVerdict } from './tell.ts'
import { verifyBytes } from './verify.ts'

/** A baked image: 2 MB of image and the credential. */
const MAX_BYTES = 4 * 1024 * 1024

export const verificationRoutes: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(multipart, { limits: { files: 1, fields: 10, fieldSize: 1000, fileSize: MAX_BYTES } })
  // What is handed in is read by its content: its bytes must come through as they are.
  app.removeContentTypeParser(['application/json', 'application/merge-patch+json'])
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: MAX_BYTES },
    async (_request: unknown, body: Buffer) => body,
  )

  app.post(
    '/verify',
    {
      config: { ...limited('verifications'), bodyExamples: EXAMPLE_BODIES },
      schema: {
        tags: ['Verification'],
        summary: 'Verify a credential: JSON, JWT, baked PNG or SVG, or the URL of one of ours',
        description:
          'The body is read by its content. Also as `multipart/form-data` with one file. `valid` means: the signature holds and no check failed; there can be warnings. `verdict` says it in one sentence, for a reader who never heard of credentials, in English or in French (`Accept-Language`). The endorsements in a badge are verified each by itself, and an endorsement can be handed in alone. Badges of Open Badges 2.0 and 1.x are recognised, and not checked. A body has 4 MB at most.',
        consumes: ['application/json', 'text/plain', 'image/png', 'image/svg+xml', 'multipart/form-data'],
        response: {
          200: json('The verdict, check by check', VerificationAnswer),
          413: { ...problem(413), description: 'The body is larger than 4 MB' },
          429: problem(429),
        },
      },
    },
    async (request, reply) => {
      const bytes = await readBytes(request)
      const saysJson = /json/i.test(request.headers['content-type'] ?? '')
      const verdict = await verifyBytes(request.ctx, bytes, saysJson)
      const language = languageOf(request)
      const body = walletJson(tellVerdict(verdict, language))
      return reply.header('content-language', language).type('application/json').send(Buffer.from(body))
    },
  )
}

async function readBytes(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  try {
    const file = await request.file()
    if (file) return await file.toBuffer()
  } catch (error) {
    // The parser throws without a status when the body is cut short or names no boundary.
    if ((error as { statusCode?: number }).statusCode !== undefined) throw error
  }
  throw new CallerError(400, 'bad-request')
}
