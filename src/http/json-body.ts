import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { CallerError, type Fault, Invalid } from '../errors.ts'
import { parseJson, textFaults } from '../json.ts'

/** Reads JSON bodies by our rules, and keeps the SHA-256 of their bytes for Idempotency-Key. */
export function registerJsonBodies(app: FastifyInstance): void {
  app.decorateRequest('bodyHash', '')
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) => {
      // An empty body is no body: some clients send the header all the same.
      if (bytes.length === 0) return undefined
      request.bodyHash = createHash('sha256').update(bytes).digest('hex')
      return parseJson(bytes)
    },
  )
  // The query follows the rules of text too: a NUL in a filter would be an error of the database.
  app.addHook('preValidation', (request, _reply, done) => {
    if (!isDecodable(request.url.slice(request.url.indexOf('?') + 1))) {
      return done(new CallerError(400, 'bad-request'))
    }
    const faults: Fault[] = Object.entries(request.query as Record<string, string | string[]>).flatMap(
      ([name, value]) => [value].flat().flatMap((text) => textFaults(text, `/${name}`)),
    )
    done(faults.length > 0 ? new Invalid(...faults) : undefined)
  })
}

/** The media types of documents of the data model, beside plain JSON (VCDM 2.0, section 6.3). */
const DOCUMENT_TYPES = ['application/ld+json', 'application/vc', 'application/vp', 'application/vc+ld+json']

/**
 * For routes that take documents of others: their texts stay as they are, because they are signed or are to be.
 * What no database and no JSON-LD can hold is refused all the same.
 */
export function readForeignJson(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser(
    ['application/json', ...DOCUMENT_TYPES],
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) => {
      if (bytes.length === 0) return undefined
      request.bodyHash = createHash('sha256').update(bytes).digest('hex')
      return parseJson(bytes, { foreign: true })
    },
  )
}

/** The router takes what it cannot decode as it is written, so that a filter would look for it. */
function isDecodable(query: string): boolean {
  try {
    decodeURIComponent(query)
    return true
  } catch {
    return false
  }
}
