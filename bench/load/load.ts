import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Requests on 10 connections, made by a process of its own. */
export interface Load {
  /** Where the service listens. */
  readonly origin: string
  readonly seconds: number
  /** The paths to read, in random order; or the path to post awards to, each to another person. */
  readonly target:
    | { readonly reads: string[]; readonly operatorKey?: string }
    | { readonly awards: string; readonly operatorKey: string }
  /** Evenly spaced, and latencies are told; absent means as fast as answers come. */
  readonly requestsPerSecond?: number
}

export interface LoadResult {
  readonly requestsPerSecond: number
  /** In milliseconds; empty for a load without a pace. */
  readonly latencies: number[]
}

export interface RunningLoad {
  /** Before its time is over. */
  stop(): void
  /** @throws when a request failed */
  readonly result: Promise<LoadResult>
}

export function startLoad(load: Load): RunningLoad {
  const child = fork(join(import.meta.dirname, 'process.ts'), { serialization: 'advanced' })
  const result = Promise.race([
    once(child, 'message').then(([answer]) => {
      if ('error' in answer) throw new Error(answer.error)
      return answer as LoadResult
    }),
    once(child, 'exit').then(([code]): never => {
      throw new Error(`the load ended with ${code}`)
    }),
  ])
  child.send(load)
  return {
    stop: () => {
      if (child.connected) child.send('stop')
    },
    result,
  }
}

/** Requests per second that were answered. */
export async function requestsPerSecond(load: Load): Promise<number> {
  return (await startLoad(load).result).requestsPerSecond
}
