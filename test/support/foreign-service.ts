import type { IncomingMessage, ServerResponse } from 'node:http'
import { createForeignDocuments } from '../../src/outgoing/foreign-documents.ts'
import { createGuardedFetch } from '../../src/outgoing/guarded-fetch.ts'
import { type Certificate, startHttpsServer } from './https-server.ts'
import { startService, type TestService } from './service.ts'

/** What a stranger's server has at a path: JSON, a text, or an answer of any other kind. */
type Page = object | string | ((request: IncomingMessage, response: ServerResponse) => void)

/** A service of ours that may fetch from one server of a stranger. */
export interface WithStranger {
  readonly service: TestService
  /** `https://localhost:PORT` */
  readonly origin: string
  /** `did:web:localhost%3APORT` */
  readonly did: string
  /** What is published, by path. Nothing of it may be kept. */
  readonly pages: Map<string, Page>
  /** The paths that were asked for. */
  readonly asked: string[]
}

interface Teardown {
  teardown(handler: () => Promise<void>): unknown
}

/** @param clock the time of the service */
export async function startWithStranger(
  t: Teardown,
  certificate: Certificate,
  clock: () => Date = () => new Date(),
): Promise<WithStranger> {
  const pages = new Map<string, Page>()
  const asked: string[] = []
  const server = await startHttpsServer(certificate, (request, response) => {
    asked.push(request.url!)
    const page = pages.get(request.url!)
    if (typeof page === 'function') return page(request, response)
    const type = typeof page === 'string' ? 'text/plain' : 'application/json'
    const headers = { 'content-type': type, 'cache-control': 'no-store' }
    response.writeHead(page === undefined ? 404 : 200, headers)
    response.end(typeof page === 'string' ? page : JSON.stringify(page))
  })
  const isAllowed = (address: string) => ['127.0.0.1', '::1'].includes(address)
  const fetch = createGuardedFetch({ isAllowed, ca: certificate.cert })
  const service = await startService(t, {}, { clock, foreign: createForeignDocuments(fetch, clock) })
  t.teardown(server.close)
  return { service, origin: server.origin, did: `did:web:localhost%3A${server.port}`, pages, asked }
}
