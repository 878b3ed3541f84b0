import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { CallerError } from '../errors.ts'
import { Closed } from '../fields.ts'
import { json, problem } from '../http/answers.ts'
import { limited } from '../http/limited.ts'
import { languageOf } from '../http/problems.ts'
import { say } from '../messages.ts'
import { walletJson } from '../vc/wallet-json.ts'
import { OUTCOMES } from './check.ts'
import { CHECKS, VERDICTS } from './messages.ts'
import { verifyBytes } from './verify.ts'

/** A baked image: 2 MB of image and the credential. */
const MAX_BYTES = 4 * 1024 * 1024

const Verdict = Closed({
  valid: Type.Boolean({ description: 'The signature holds and no check failed' }),
  checks: Type.Array(
    Closed({
      check: Type.Enum([...CHECKS]),
      outcome: Type.Enum([...OUTCOMES]),
      code: Type.String(),
      message: Type.String(),
    }),
  ),
  credential: Type.Optional(Type.Object({}, { additionalProperties: true })),
})

export const verificationRoutes: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(multipart, { limits: { files: 1, fields: 0, fileSize: MAX_BYTES } })
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
      config: limited('publicWrites'),
      schema: {
        tags: ['Verification'],
        summary: 'Verify a credential: JSON, JWT, baked PNG or SVG, or the URL of one of ours',
        description:
          'The body is read by its content. Also as `multipart/form-data` with one file. `valid` means: the signature holds and no check failed.',
        consumes: ['application/json', 'text/plain', 'image/png', 'image/svg+xml', 'multipart/form-data'],
        response: { 200: json('The verdict, check by check', Verdict), 429: problem(429) },
      },
    },
    async (request, reply) => {
      const bytes = await readBytes(request)
      const saysJson = /json/i.test(request.headers['content-type'] ?? '')
      const { valid, checks, credential } = await verifyBytes(request.ctx, bytes, saysJson)
      const language = languageOf(request)
      const told = checks.map(({ check, outcome, code, params }) => ({
        check,
        outcome,
        code,
        message: say(VERDICTS[code], language, params),
      }))
      const body = walletJson({ valid, checks: told, ...(credential ? { credential } : {}) })
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
