import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Static, type TSchema, Type } from 'typebox'
import type { Context } from '../context.ts'
import { Closed, Uuid } from '../fields.ts'
import { answer, problem } from '../http/answers.ts'
import { sendAttachment } from '../http/attachment.ts'
import { fromForm } from '../http/form-body.ts'
import { limited } from '../http/limited.ts'
import { openAgain, pageLanguageOf, registerPages, sendPage, wantsPage } from '../http/pages.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { acceptRequest } from './accept.ts'
import { openEvidence } from './evidence/open-evidence.ts'
import { getForm } from './form.ts'
import { decisionOfForm } from './pages/decision-of-form.ts'
import { type ReviewView, reviewPage } from './pages/review.ts'
import { reviewDonePage } from './pages/review-done.ts'
import { troublePage } from './pages/trouble.ts'
import { presentToReviewer } from './present.ts'
import type { RequestRow } from './queries.ts'
import { rejectRequest, returnRequest } from './refuse.ts'
import { getByReviewerToken, type Reviewer } from './reviewer.ts'
import { Acceptance, Refusal, Request } from './schema.ts'

const tags = ['Links of referents and reviewers']
const token = Type.String({ description: 'Of the link that was mailed' })
type TokenRequest = FastifyRequest<{ Params: { token: string } }>

// Whose name the link is on reviews, whatever a body says.
const { reviewer: _accepting, ...acceptance } = Acceptance.properties
const { reviewer: _refusing, ...refusal } = Refusal.properties

const ended = { 401: problem(401), 410: problem(410) }
const shown = (description: string) => ({
  200: answer(description, { 'application/json': Request, 'text/html': Type.String() }),
  ...ended,
})

/** What a reviewer without an account opens by a link, which ends with the decision. */
export const reviewerLinkRoutes: FastifyPluginAsyncTypebox = async (app) => {
  registerPages(app, async (request, trouble, language) => {
    const { ctx, params, form } = request as TokenRequest
    const opened = await openAgain(request, trouble, () => getByReviewerToken(ctx, params.token))
    if (!opened) return troublePage(language, trouble, pathOf(request))
    const view = await viewOf(request, opened.row, opened.reviewer)
    return reviewPage(language, view, { trouble, ...(form ? { filled: form } : {}) })
  })

  app.get(
    '/reviews/:token',
    {
      schema: {
        tags,
        summary: 'The request that a reviewer without an account was invited to',
        description: 'A browser gets a page. The link ends with the decision.',
        params: Closed({ token }),
        response: { ...shown('The request, with its checklist and history'), 304: answer('Not modified') },
      },
    },
    async (request, reply) => {
      const { row, reviewer } = await getByReviewerToken(request.ctx, request.params.token)
      if (!wantsPage(request)) return presentToReviewer(request.ctx, row)
      return sendPage(reply, reviewPage(pageLanguageOf(request), await viewOf(request, row, reviewer)))
    },
  )

  app.get(
    '/reviews/:token/evidence/:file',
    {
      schema: {
        tags,
        summary: 'Download a file of that request',
        description: 'As an attachment of the type that its content has.',
        params: Closed({ token, file: Uuid }),
        response: {
          200: answer('The file', { '*/*': Type.String({ contentMediaType: 'application/octet-stream' }) }),
          ...ended,
        },
      },
    },
    async ({ ctx, params }, reply) => {
      const { row } = await getByReviewerToken(ctx, params.token)
      const { file, ...stored } = await openEvidence(ctx, row.id, params.file)
      return sendAttachment(reply, { name: file.name, mediaType: file.mediaType!, ...stored })
    },
  )

  addDecision(app, 'accept', {
    summary: 'Accept the request: its badge is issued at once, or when enough reviewers have accepted',
    body: Closed(acceptance),
    message: 'comment',
    decide: acceptRequest,
  })
  addDecision(app, 'return', {
    summary: 'Give the request back to the person, with what is missing',
    body: Closed(refusal),
    message: 'reason',
    decide: returnRequest,
  })
  addDecision(app, 'reject', {
    summary: 'Reject the request for good; the person is told why',
    body: Closed(refusal),
    message: 'reason',
    decide: rejectRequest,
  })
}

function addDecision<B extends TSchema>(
  app: FastifyInstance,
  verb: string,
  {
    summary,
    body,
    message,
    decide,
  }: {
    summary: string
    body: B
    message: 'comment' | 'reason'
    decide(ctx: Context, reviewer: Reviewer, id: string, body: Static<B>): Promise<RequestRow>
  },
): void {
  const ofForm = fromForm((form) => decisionOfForm(form, message))
  app.post<{ Params: { token: string } }>(
    `/reviews/:token/${verb}`,
    {
      config: limited('publicWrites'),
      preValidation: async (request) => {
        await ofForm(request)
        if (request.body === undefined) request.body = {}
      },
      schema: {
        tags,
        summary,
        description: 'A browser gets a page; the form of the review page may be sent in the place of JSON.',
        params: Closed({ token }),
        body,
        response: { ...shown('The request'), 409: problem(409), 429: problem(429) },
      },
    },
    async (request, reply) => {
      const { ctx, params } = request
      const { row, reviewer } = await getByReviewerToken(ctx, params.token)
      const decided = await decide(ctx, reviewer, row.id, request.body as Static<B>)
      if (!wantsPage(request)) return presentToReviewer(ctx, decided)
      return sendPage(
        reply,
        reviewDonePage(pageLanguageOf(request), await viewOf(request, decided, reviewer)),
      )
    },
  )
}

function pathOf(request: FastifyRequest): string {
  return `/reviews/${encodeURIComponent((request as TokenRequest).params.token)}`
}

async function viewOf(request: FastifyRequest, row: RequestRow, { name }: Reviewer): Promise<ReviewView> {
  const { ctx } = request
  const { content, form, image } = await getForm(ctx.db, row)
  return {
    request: await presentToReviewer(ctx, row),
    form,
    badge: content.name,
    issuer: (await getIssuerById(ctx.db, row.issuerId)).name,
    image,
    holder: name,
    path: pathOf(request),
  }
}
