import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'

/** `config: limited('drafts')`: how often a minute one address may call a route without a key. */
export function limited(limit: Exclude<keyof Config['rateLimits'], 'failedKeys'>) {
  const max = (request: FastifyRequest) => request.ctx.config.rateLimits[limit]
  return { rateLimit: { max, timeWindow: '1 minute' } }
}
