import { randomUUID } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { accessRoutes } from './access/routes.ts'
import { ApiKey } from './access/schema.ts'
import { assertionRoutes } from './assertions/routes.ts'
import { Assertion } from './assertions/schema.ts'
import { requestFormRoutes } from './badge-classes/form-routes.ts'
import { achievementRoutes } from './badge-classes/public-routes.ts'
import { badgeClassRoutes } from './badge-classes/routes.ts'
import { BadgeClass } from './badge-classes/schema.ts'
import { batchListRoutes } from './batches/list/routes.ts'
import { batchRoutes } from './batches/routes.ts'
import { Batch, BatchRow } from './batches/schema.ts'
import { claimCodePrintRoutes } from './claim-codes/print-routes.ts'
import { claimCodeRoutes } from './claim-codes/routes.ts'
import { ClaimCodeSet } from './claim-codes/schema.ts'
import { compatibilityRoutes } from './compatibility/routes.ts'
import type { Context } from './context.ts'
import { interactionRoutes } from './delivery/claims/interaction-routes.ts'
import { claimQrRoutes } from './delivery/claims/qr-routes.ts'
import { claimRoutes } from './delivery/claims/routes.ts'
import { Claim, ClaimOffer, DeliveredAssertion } from './delivery/claims/schema.ts'
import { hostedRoutes } from './delivery/hosted/routes.ts'
import { openidMetadataRoutes } from './delivery/oid4vci/metadata-routes.ts'
import { openidOfferRoutes } from './delivery/oid4vci/offer-routes.ts'
import { openidRoutes } from './delivery/oid4vci/routes.ts'
import { exchangeRoutes } from './delivery/vcalm/routes.ts'
import { assertAccessRule, registerAccess } from './http/access.ts'
import { documentProblems, Problem } from './http/answers.ts'
import { registerEdges, SECURITY_HEADERS } from './http/edges.ts'
import { registerEtags } from './http/etag.ts'
import { healthRoutes } from './http/health.ts'
import { makeIdempotent } from './http/idempotency/idempotency.ts'
import { registerJsonBodies } from './http/json-body.ts'
import { registerMetrics } from './http/metrics.ts'
import { sendUnroutable } from './http/oauth.ts'
import { registerOpenApi, registerReferencePage } from './http/openapi.ts'
import { problemRoutes } from './http/problem-pages.ts'
import { registerProblems, sendProblem, toCallerError } from './http/problems.ts'
import { RequestLog } from './http/request-log.ts'
import { closeSilentConnections } from './http/silent-connections.ts'
import { registerValidation } from './http/validation.ts'
import { imageRoutes } from './images/routes.ts'
import { issuerDocumentRoutes } from './issuers/public-routes.ts'
import { issuerRoutes } from './issuers/routes.ts'
import { Issuer } from './issuers/schema.ts'
import { SigningKeyRecord } from './keys/schema.ts'
import { mailRoutes } from './mail/routes.ts'
import { Mail } from './mail/schema.ts'
import { posterRoutes } from './posters/routes.ts'
import { evidenceRoutes } from './requests/evidence/routes.ts'
import { requestRoutes } from './requests/public-routes.ts'
import { referentLinkRoutes } from './requests/referent-link-routes.ts'
import { reviewerLinkRoutes } from './requests/reviewer-link-routes.ts'
import { requestReviewRoutes } from './requests/routes.ts'
import { Request } from './requests/schema.ts'
import { statusListRoutes } from './status-lists/routes.ts'
import { AchievementDocument, ProfileDocument, SignedCredentialDocument } from './vc/credential-schema.ts'
import { vcVerificationRoutes } from './vc-api/public-routes.ts'
import { vcApiRoutes } from './vc-api/routes.ts'
import { verificationRoutes } from './verification/routes.ts'

/** Schemas that stand once in the OpenAPI document, by their names. */
const SHARED_SCHEMAS = [
  Problem,
  Issuer,
  SigningKeyRecord,
  ApiKey,
  BadgeClass,
  Assertion,
  DeliveredAssertion,
  Claim,
  ClaimOffer,
  Batch,
  BatchRow,
  ClaimCodeSet,
  Request,
  Mail,
  ProfileDocument,
  AchievementDocument,
  SignedCredentialDocument,
]

/** The whole service on a context: the conventions that every route gets, then every route by name. */
export async function buildApp(ctx: Context): Promise<FastifyInstance> {
  const hops = ctx.config.trustProxy
  const app = Fastify({
    loggerInstance: ctx.log as FastifyBaseLogger,
    logController: new RequestLog(),
    trustProxy: typeof hops === 'number' ? (_address, hop) => hop < hops : hops,
    bodyLimit: 1024 * 1024,
    requestTimeout: 60_000,
    genReqId: () => randomUUID(),
    // A URL that no route can be found for, such as /%zz.
    frameworkErrors: (error, request, reply) => {
      request.ctx = ctx
      reply.headers(SECURITY_HEADERS).header('x-request-id', request.id)
      if (request.url.startsWith('/oid4vci/')) sendUnroutable(reply)
      else sendProblem(request, reply, toCallerError(error))
    },
    forceCloseConnections: 'idle',
    // An id of any length that a request line can carry is an id that does not exist.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16_384 },
  }).withTypeProvider<TypeBoxTypeProvider>()

  closeSilentConnections(app)
  app.decorateRequest('ctx')
  app.addHook('onRequest', (request, reply, done) => {
    request.ctx = ctx
    reply.header('x-request-id', request.id)
    done()
  })
  app.addHook('onRequestAbort', (request, done) => {
    request.log.info({ req: request }, 'request aborted')
    done()
  })
  app.addHook('onRoute', (route) => {
    assertAccessRule(route)
    documentProblems(route)
    if (route.method === 'POST' && route.config?.access) makeIdempotent(route)
  })
  for (const schema of SHARED_SCHEMAS) app.addSchema(schema)
  registerValidation(app)
  registerProblems(app)
  registerJsonBodies(app)
  await registerEdges(app)
  registerAccess(app)
  registerEtags(app)
  await registerOpenApi(app, ctx.config.publicUrl)
  await registerMetrics(app)

  // Management API
  await app.register(issuerRoutes)
  await app.register(accessRoutes)
  await app.register(badgeClassRoutes)
  await app.register(compatibilityRoutes)
  await app.register(claimCodeRoutes)
  await app.register(claimCodePrintRoutes)
  await app.register(assertionRoutes)
  await app.register(claimRoutes)
  await app.register(batchListRoutes)
  await app.register(batchRoutes)
  await app.register(requestReviewRoutes)
  await app.register(mailRoutes)
  await app.register(vcApiRoutes)
  // Public documents
  await app.register(issuerDocumentRoutes)
  await app.register(achievementRoutes)
  await app.register(requestFormRoutes)
  await app.register(posterRoutes)
  await app.register(requestRoutes)
  await app.register(referentLinkRoutes)
  await app.register(reviewerLinkRoutes)
  await app.register(evidenceRoutes)
  await app.register(imageRoutes)
  await app.register(hostedRoutes)
  await app.register(statusListRoutes)
  await app.register(verificationRoutes)
  await app.register(vcVerificationRoutes)
  // Collecting
  await app.register(interactionRoutes)
  await app.register(claimQrRoutes)
  await app.register(exchangeRoutes)
  await app.register(openidMetadataRoutes)
  await app.register(openidOfferRoutes)
  await app.register(openidRoutes)
  // Operation
  await app.register(problemRoutes)
  await app.register(healthRoutes)
  await registerReferencePage(app)
  app.get('/', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/docs'))
  return app
}
