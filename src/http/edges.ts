import cors from '@fastify/cors'
import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { CallerError } from '../errors.ts'

/**
 * The same for every answer, so they are written here and not put together at each request. Those that only
 * browsers of the past or windows of pages heed are left out.
 */
export const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  // Public documents and images are read by pages of other origins.
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** What stands between the world and every route: headers, limits, and who may read from a web page. */
export async function registerEdges(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(SECURITY_HEADERS)
    done()
  })
  await app.register(cors, {
    delegator: (request: FastifyRequest, callback: (error: Error | null, options?: object) => void) =>
      callback(null, isPublic(request.url) ? PUBLIC_CORS : { origin: false }),
  })
  await app.register(rateLimit, {
    global: false,
    // A client that is gone already has no address.
    keyGenerator: addressOf,
    errorResponseBuilder: () => new CallerError(429, 'rate-limited'),
  })
  // Sampled over longer than the delay: an interval without a sample counts as an endless delay.
  await app.register(underPressure, { maxEventLoopDelay: 5000, sampleInterval: 10_000, retryAfter: 10 })
}

/** One address, or the /64 network of an IPv6 one, which a single client has whole. */
export function addressOf(request: FastifyRequest): string {
  return request.ip ? normalizeIP(request.ip, 64) : 'gone'
}

const PUBLIC_CORS = {
  origin: '*',
  // The page that draws a request form changes the request.
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: ['Authorization', 'Content-Type', 'Content-Range', 'Content-Disposition', 'Accept'],
  exposedHeaders: [
    'ETag',
    'Link',
    'Content-Language',
    'Location',
    'Range',
    'Retry-After',
    'WWW-Authenticate',
  ],
  maxAge: 86_400,
}

/** Everything outside the management API is for everybody; the rest is not for web pages of others. */
function isPublic(url: string): boolean {
  return !/^\/(v1|metrics|docs)(\/|$|\?)/.test(url)
}
