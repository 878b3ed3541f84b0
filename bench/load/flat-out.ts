import { randomUUID } from 'node:crypto'
import autocannon from 'autocannon'
import { AWARD } from '../service.ts'
import type { Load, LoadResult } from './load.ts'

const CONNECTIONS = 10

/** Ten connections, each sending its next request when the last one is answered. */
export async function flatOut({ origin, seconds, target }: Load): Promise<LoadResult> {
  const result = await autocannon({
    url: origin,
    connections: CONNECTIONS,
    duration: seconds,
    ...('reads' in target ? reads(target.reads) : awards(target.awards, target.operatorKey)),
  })
  const failures = result.non2xx + result.errors
  if (failures > 0 || result.requests.total === 0)
    throw new Error(`${failures} of ${result.requests.total} requests to ${origin} failed`)
  return { requestsPerSecond: result.requests.total / result.duration, latencies: [] }
}

/** Each connection has its share of the paths, made into requests beforehand: the client must outrun the service. */
function reads(paths: string[]): Partial<autocannon.Options> {
  const shuffled = paths.toSorted(() => Math.random() - 0.5)
  let next = 0
  return {
    setupClient(client) {
      const connection = next++ % CONNECTIONS
      const share = shuffled.filter((_path, index) => index % CONNECTIONS === connection)
      client.setRequests(share.map((path) => ({ method: 'GET', path })))
    },
  }
}

function awards(path: string, operatorKey: string): Partial<autocannon.Options> {
  return {
    method: 'POST',
    headers: { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' },
    requests: [
      {
        path,
        setupRequest: (request) => ({
          ...request,
          body: JSON.stringify({
            recipient: { email: `${randomUUID()}@exemple.org`, name: 'Aïcha Benhaddou' },
            ...AWARD,
          }),
        }),
      },
    ],
  }
}
