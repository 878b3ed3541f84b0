import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { authenticate } from '../access/authenticate.ts'
import type { Actor, Scope } from '../context.ts'
import { CallerError, Forbidden } from '../errors.ts'
import { bearerOf } from './bearer.ts'
import { addressOf } from './edges.ts'

/** Who may call a route: the operator alone, or also a key with one of the scopes. */
export interface Access {
  readonly operatorOnly: boolean
  readonly anyOf: readonly Scope[]
}

/** `config: requires('issuer:read')`: a key needs one of the scopes; the operator needs none. */
export function requires(...anyOf: [Scope, ...Scope[]]): { access: Access } {
  return { access: { operatorOnly: false, anyOf } }
}

export const operatorOnly: { access: Access } = { access: { operatorOnly: true, anyOf: [] } }

/** Asks for the key before anything of the body is read. */
export function registerAccess(app: FastifyInstance): void {
  app.decorateRequest('actor')
  const failedKeys = app.createRateLimit({
    max: (request: FastifyRequest) => request.ctx.config.rateLimits.failedKeys,
    timeWindow: '1 minute',
    keyGenerator: (request: FastifyRequest) => `failed-key:${addressOf(request)}`,
  })

  app.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config.access
    if (!access) return
    const actor = await actorOf(request)
    if (actor) {
      request.actor = actor
      return authorize(actor, access)
    }
    if (request.headers.authorization === undefined) throw new CallerError(401, 'no-key')
    const limit = await failedKeys(request)
    if (!limit.isAllowed && limit.isExceeded) {
      reply.header('retry-after', String(limit.ttlInSeconds))
      throw new CallerError(429, 'rate-limited')
    }
    throw new CallerError(401, 'bad-key')
  })
}

/** A route of the management API without a rule is a mistake of ours: it does not start. */
export function assertAccessRule(route: RouteOptions): void {
  if (route.url.startsWith('/v1') && !route.config?.access) {
    throw new Error(`${String(route.method)} ${route.url} has no access rule`)
  }
}

async function actorOf(request: FastifyRequest): Promise<Actor | undefined> {
  const key = bearerOf(request)
  return key === undefined ? undefined : authenticate(request.ctx, key)
}

function authorize(actor: Actor, access: Access): void {
  if (actor.kind !== 'api-key') return
  if (access.operatorOnly) throw new Forbidden('operator-only')
  if (!access.anyOf.some((scope) => actor.scopes.includes(scope))) {
    throw new Forbidden('missing-scope', { scope: access.anyOf[0] ?? '' })
  }
}
