import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino'

/**
 * The structured log. Of a request it tells method, path and address, never a header, a query or a body: those
 * hold keys, addresses and tokens. Paths of public documents are capabilities, so their ids are cut; of a path
 * with a token in it, it tells the route.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    serializers: {
      req: (request: LoggedRequest) => ({
        method: request.method,
        path: pathOf(request),
        ip: request.ip,
      }),
      res: (reply: { statusCode: number }) => ({ status: reply.statusCode }),
      err: describeError,
    },
  }
  return destination ? pino(options, destination) : pino(options)
}

interface LoggedRequest {
  readonly method: string
  readonly url: string
  readonly ip?: string
  readonly params?: unknown
  readonly routeOptions?: { readonly url?: string }
}

function pathOf({ url, params, routeOptions }: LoggedRequest): string {
  const route = routeOptions?.url
  const hasToken = typeof params === 'object' && params !== null && 'token' in params
  if (hasToken && route) return route
  const path = withoutCapability(url.split('?')[0]!)
  return route ? path : path.replace(WITH_TOKEN, '$1…')
}

/** Where no route took the path, nobody knows how what follows is spelled. */
const WITH_TOKEN = /^(\/+(?:attestations|reviews|requests)\/).*/is

/** Enough to find the log line of a credential, too little to fetch it, however its path was spelled. */
function withoutCapability(path: string): string {
  // `%2565` is `%65`, which is `e`: encoded twice and more.
  const plain = path.replace(/%(?:25)*([2-7][0-9a-f])/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return plain.replace(/([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f-]{22}/gi, '$1…').replace(/ec[ru]_[\w-]+/gi, '…')
}

/**
 * Message, code and stack. A database error also carries the query's parameters, and the embedded engine its
 * own source: both stay out.
 */
function describeError(error: Error & { code?: string }) {
  const { type, message, stack } = stdSerializers.err(error)
  const cause = error.cause instanceof Error ? (error.cause as Error & { code?: string }) : undefined
  if (!cause) return { type, message, code: error.code, stack: stack?.slice(0, 4000) }
  return { type, message: cause.message.slice(0, 500), code: cause.code, stack: cause.stack?.slice(0, 4000) }
}
