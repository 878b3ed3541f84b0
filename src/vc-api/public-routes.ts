import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { CallerError } from '../errors.ts'
import { Closed } from '../fields.ts'
import { answer, json, Problem, problem } from '../http/answers.ts'
import { readForeignJson } from '../http/json-body.ts'
import { limited } from '../http/limited.ts'
import { languageOf, PROBLEM_JSON, sendProblem, toCallerError } from '../http/problems.ts'
import type { Json } from '../vc/credential.ts'
import { rationed } from '../verification/ration.ts'
import { problemDetailsOf, toldChecks, unreadableDetails } from './problem-details.ts'
import { CredentialToVerify, PresentationToVerify, Verified } from './schema.ts'
import { type Check, issuerOf, isVerified, verifyCredential } from './verify-credential.ts'
import { verifyPresentation } from './verify-presentation.ts'

/** A problem document, with what keeps the document from being verified where that is the problem. */
const NotVerified = Type.Object(
  {
    ...Problem.properties,
    verified: Type.Optional(Type.Literal(false)),
    problemDetails: Type.Optional(
      Type.Array(
        Closed({
          type: Type.String({
            description: 'Named by VCDM 2.0, Data Integrity 1.0 or Bitstring Status List 1.0',
          }),
          title: Type.String(),
          detail: Type.String(),
          check: Type.String(),
          code: Type.String(),
          path: Type.Optional(Type.String({ description: 'JSON Pointer into the document' })),
        }),
      ),
    ),
  },
  {
    examples: [
      {
        type: 'https://badges.example.org/problems/not-verified',
        title: 'It does not verify',
        status: 400,
        verified: false,
        problemDetails: [
          {
            type: 'https://w3id.org/security#PROOF_VERIFICATION_ERROR',
            title: 'The proof is not verified',
            detail: 'The signature does not match: the content was altered, or signed by somebody else.',
            check: 'proof',
            code: 'proof-invalid',
          },
        ],
      },
    ],
  },
)

const tags = ['Verification']
const description =
  'Answers 200 when it verifies. Whatever does not is a 400 with the reasons under `problemDetails`; `options` that are not known are passed over. A 200 can carry warnings among its `checks`; how far an issuer is known, `trust` says.'
const response = {
  200: json('It verifies: every check, with its warnings', Verified),
  400: answer('It does not verify, or cannot be read', { [PROBLEM_JSON]: NotVerified }),
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
      errorHandler: unreadable('verifiableCredential', 'not-a-credential'),
    },
    async (request, reply) => {
      const { options = {} } = request.body
      const credential = request.body.verifiableCredential as Json
      const checks = await verifyCredential(rationed(request.ctx), credential, options)
      const issuer = await issuerOf(request.ctx, credential, checks)
      return tell(request, reply, checks, {
        ...(options.returnCredential ? { verifiableCredential: credential } : {}),
        ...(issuer ? { issuer } : {}),
      })
    },
  )

  app.post(
    '/presentations/verify',
    {
      config: limited('verifications'),
      schema: {
        tags,
        summary: 'Verify a presentation',
        description: `${description} Whether the holder is whom a credential is about is not compared.`,
        body: PresentationToVerify,
        response,
      },
      errorHandler: unreadable('verifiablePresentation', 'not-a-presentation'),
    },
    async (request, reply) => {
      const { options = {} } = request.body
      const presentation = request.body.verifiablePresentation as Json
      const { checks, issuers } = await verifyPresentation(rationed(request.ctx), presentation, options)
      return tell(request, reply, checks, {
        ...(options.returnPresentation ? { verifiablePresentation: presentation } : {}),
        issuers,
      })
    },
  )
}

/** What cannot be read, or is no object, is told as everything else is that does not verify. */
function unreadable(member: string, code: Parameters<typeof unreadableDetails>[0]) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    if (toCallerError(error).status !== 400 || !isOfDocument(error, request, member)) throw error
    const problemDetails = unreadableDetails(code, languageOf(request))
    const notVerified = new CallerError(400, 'not-verified', {
      members: { verified: false, problemDetails },
      faults: error instanceof CallerError ? [...error.faults] : [],
    })
    return sendProblem(request, reply, notVerified, error.validation)
  }
}

/** Other faults, of the options or of the query, are those of any request. */
function isOfDocument({ validation }: FastifyError, { body }: FastifyRequest, member: string): boolean {
  if (!validation) return body === undefined
  return validation.some(({ instancePath }) => instancePath === '' || instancePath === `/${member}`)
}

function tell(request: FastifyRequest, reply: FastifyReply, checks: readonly Check[], more: object = {}) {
  const language = languageOf(request)
  if (isVerified(checks)) {
    const body = { verified: true, ...more, checks: toldChecks(checks, language) }
    return reply.header('content-language', language).send(body)
  }
  const problemDetails = problemDetailsOf(checks, language)
  throw new CallerError(400, 'not-verified', { members: { verified: false, problemDetails } })
}
