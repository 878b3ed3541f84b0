import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { CallerError } from '../errors.ts'
import { json, problem } from '../http/answers.ts'
import { readForeignJson } from '../http/json-body.ts'
import { limited } from '../http/limited.ts'
import { languageOf } from '../http/problems.ts'
import type { Json } from '../vc/credential.ts'
import { rationed } from '../verification/ration.ts'
import { problemDetailsOf, toldChecks } from './problem-details.ts'
import { CredentialToVerify, PresentationToVerify, Verified } from './schema.ts'
import { type Check, isVerified, verifyCredential } from './verify-credential.ts'
import { verifyPresentation } from './verify-presentation.ts'

const tags = ['Verification']
const description =
  'Answers 200 when it verifies. Whatever does not is a 400 with the reasons under `problemDetails`; `options` that are not known are passed over.'
const response = {
  200: json('It verifies: every check, with its warnings', Verified),
  400: problem(400),
  429: problem(429),
}

/** VC API for verifiers. */
export const vcVerificationRoutes: FastifyPluginAsyncTypebox = async (app) => {
  readForeignJson(app)

  app.post(
    '/credentials/verify',
    {
      config: limited('verifications'),
      schema: { tags, summary: 'Verify any credential', description, body: CredentialToVerify, response },
    },
    async (request, reply) => {
      const { verifiableCredential, options = {} } = request.body
      return answer(
        request,
        reply,
        await verifyCredential(rationed(request.ctx), verifiableCredential as Json, options),
      )
    },
  )

  app.post(
    '/presentations/verify',
    {
      config: limited('verifications'),
      schema: { tags, summary: 'Verify a presentation', description, body: PresentationToVerify, response },
    },
    async (request, reply) => {
      const { verifiablePresentation, options = {} } = request.body
      return answer(
        request,
        reply,
        await verifyPresentation(rationed(request.ctx), verifiablePresentation as Json, options),
      )
    },
  )
}

function answer(request: FastifyRequest, reply: FastifyReply, checks: Check[]) {
  const language = languageOf(request)
  if (isVerified(checks)) {
    return reply
      .header('content-language', language)
      .send({ verified: true, checks: toldChecks(checks, language) })
  }
  const problemDetails = problemDetailsOf(checks, language)
  throw new CallerError(400, 'not-verified', { members: { verified: false, problemDetails } })
}
