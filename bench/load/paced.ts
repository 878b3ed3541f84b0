import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import type { Load, LoadResult } from './load.ts'

const CONNECTIONS = 10

/**
 * Reads at a pace that does not wait for answers: a request that finds all connections busy waits, and its wait
 * counts, so that a service that stands still cannot hide it.
 */
export async function paced(load: Load, stopped: AbortSignal): Promise<LoadResult> {
  if (!('reads' in load.target)) throw new Error('a load with a pace only reads')
  const { reads: paths, operatorKey } = load.target
  const headers = operatorKey === undefined ? {} : { authorization: `Bearer ${operatorKey}` }
  const pool = new Pool(load.origin, { connections: CONNECTIONS })
  const latencies: number[] = []
  const failures: Error[] = []
  const running = new Set<Promise<void>>()
  const send = () => {
    const path = paths[Math.floor(Math.random() * paths.length)]!
    const request: Promise<void> = timedRead(pool, path, headers)
      .then((milliseconds) => void latencies.push(milliseconds))
      .catch((error: Error) => void failures.push(error))
      .finally(() => running.delete(request))
    running.add(request)
  }
  const every = 1000 / load.requestsPerSecond!
  const start = performance.now()
  const elapsed = () => performance.now() - start
  let sent = 0
  while (failures.length === 0 && !stopped.aborted && elapsed() < load.seconds * 1000) {
    for (; sent * every < elapsed(); sent++) send()
    await sleep(1)
  }
  const requestsPerSecond = (sent * 1000) / elapsed()
  await Promise.all(running)
  await pool.close()
  if (failures[0]) throw failures[0]
  return { requestsPerSecond, latencies }
}

async function timedRead(pool: Pool, path: string, headers: Record<string, string>): Promise<number> {
  const asked = performance.now()
  const { statusCode, body } = await pool.request({ method: 'GET', path, headers })
  await body.arrayBuffer()
  if (statusCode !== 200) throw new Error(`GET ${path} answered ${statusCode}`)
  return performance.now() - asked
}
