import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Closed } from '../fields.ts'
import { answer, problem } from '../http/answers.ts'
import { fromForm } from '../http/form-body.ts'
import { limited } from '../http/limited.ts'
import { openAgain, pageLanguageOf, registerPages, sendPage, wantsPage } from '../http/pages.ts'
import { criteriaOf } from './checklist.ts'
import { type AttestationView, attestationPage, attestationThanks } from './pages/attestation.ts'
import { troublePage } from './pages/trouble.ts'
import { Attestation, presentAttestation } from './present-attestation.ts'
import type { RequestRow } from './queries.ts'
import { answerReferent, getByReferentToken } from './referent.ts'
import { ReferentAnswer } from './schema.ts'

const tags = ['Links of referents and reviewers']
const ByToken = Closed({ token: Type.String({ description: 'Of the link that was mailed' }) })
type TokenRequest = FastifyRequest<{ Params: { token: string } }>

const { at: _whenItCame, ...answering } = ReferentAnswer.properties

const answers = (description: string) => ({
  200: answer(description, { 'application/json': Attestation, 'text/html': Type.String() }),
  401: problem(401),
  410: problem(410),
})

/**
 * What the accompanying professional opens by the link of a mail. The token in the path is all that lets somebody
 * in: no cookie goes with it, so a page of somebody else has nothing to borrow. To read is never to answer, because
 * mail programs open links by themselves.
 */
export const referentLinkRoutes: FastifyPluginAsyncTypebox = async (app) => {
  registerPages(app, async (request, trouble, language) => {
    const { ctx, params, form } = request as TokenRequest
    const row = await openAgain(request, trouble, () => getByReferentToken(ctx, params.token))
    if (!row) return troublePage(language, trouble, pathOf(request))
    const { view } = await viewOf(request, row)
    return attestationPage(language, view, { trouble, ...(form ? { filled: form } : {}) })
  })

  app.get(
    '/attestations/:token',
    {
      schema: {
        tags,
        summary: 'What an accompanying professional is asked to confirm',
        description: 'A browser gets a page. `answer` marks one of its two buttons.',
        params: ByToken,
        querystring: Type.Object({ answer: Type.Optional(Type.String()) }),
        response: answers('The question, and the answer so far'),
      },
    },
    async (request, reply) => {
      const row = await getByReferentToken(request.ctx, request.params.token)
      const { attestation, view } = await viewOf(request, row)
      if (!wantsPage(request)) return attestation
      const { answer: chosen } = request.query
      return sendPage(reply, attestationPage(pageLanguageOf(request), view, chosen ? { chosen } : {}))
    },
  )

  app.post(
    '/attestations/:token',
    {
      config: limited('publicWrites'),
      // A sentence, in whatever way it is encoded.
      bodyLimit: 64 * 1024,
      preValidation: fromForm((form) => Object.fromEntries([...form].filter(([, value]) => value !== ''))),
      schema: {
        tags,
        summary: 'Confirm or contest; the answer can be given again until the decision',
        description: 'A browser gets a page; its form may be sent in the place of JSON.',
        params: ByToken,
        body: Closed(answering),
        response: { ...answers('The question and its answer'), 409: problem(409), 429: problem(429) },
      },
    },
    async (request, reply) => {
      const row = await answerReferent(request.ctx, request.params.token, request.body)
      const { attestation, view } = await viewOf(request, row)
      return wantsPage(request)
        ? sendPage(reply, attestationThanks(pageLanguageOf(request), view))
        : attestation
    },
  )
}

function pathOf(request: FastifyRequest): string {
  return `/attestations/${encodeURIComponent((request as TokenRequest).params.token)}`
}

async function viewOf(
  request: FastifyRequest,
  row: RequestRow,
): Promise<{ attestation: Attestation; view: AttestationView }> {
  const { attestation, form } = await presentAttestation(request.ctx, row)
  const view = {
    attestation,
    referentName: row.referentName ?? undefined,
    image: form.image,
    criteria: criteriaOf(form.content).map(({ criterion }) => criterion),
    path: pathOf(request),
  }
  return { attestation, view }
}
