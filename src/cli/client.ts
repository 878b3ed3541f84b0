import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Language } from '../messages.ts'
import type { Problem } from './api.ts'
import { Failure } from './failure.ts'
import { FAILURES } from './messages.ts'
import { harmless } from './terminal.ts'

/** A service that never answered is given up after so long; one that did may be restarting. */
const FIRST_PATIENCE_MS = 2_000
const PATIENCE_MS = 120_000
const LONGEST_PAUSE_MS = 5_000

export interface Client {
  readonly url: string
  /** Asks until there is an answer. @throws Refusal, Failure */
  ask<T>(method: string, path: string, request?: Request): Promise<T>
  /** Opens an answer that is read as it comes; asks once. @throws Refusal, Failure */
  open(path: string, signal: AbortSignal): Promise<Response>
  /** Writes an answer to a file, from its beginning where the connection breaks. @throws Refusal, Failure */
  download(path: string, file: string): Promise<void>
}

interface Request {
  readonly body?: Blob
  /** A POST with it can be repeated: it is done once (api: Idempotency-Key). */
  readonly idempotencyKey?: string
}

/** The service answered that it will not. */
export class Refusal extends Failure {
  readonly status: number
  readonly problem: Problem
  constructor(status: number, problem: Problem) {
    const title = harmless(problem.title ?? String(status))
    super(FAILURES.refused, { title })
    this.status = status
    this.problem = problem
  }
}

/** The connection failed, or something between here and the service did. */
class Interruption extends Failure {}

interface ClientOptions {
  readonly url: string
  readonly key: string
  readonly language: Language
  /** Told once for each request that has to be repeated. */
  onTrouble(why: string): void
}

/** A client of the HTTP API: where the connection breaks it asks again, for a while. */
export function createClient({ url, key, language, onTrouble }: ClientOptions): Client {
  let wasReached = false
  const headers = { authorization: `Bearer ${key}`, 'accept-language': language }

  const once = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(url + path, { redirect: 'manual', ...init }).catch((error) => {
      if (error.cause?.name === 'NotReadableError') throw new Failure(FAILURES['list-changed'])
      throw new Interruption(FAILURES.unreachable, { url, why: whyOf(error) })
    })
    await assertAnswer(url, response)
    wasReached = true
    return response
  }

  const untilAnswered = async <T>(attempt: () => Promise<T>): Promise<T> => {
    const since = Date.now()
    for (let pause = 250; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await attempt()
      } catch (error) {
        const patience = wasReached ? PATIENCE_MS : FIRST_PATIENCE_MS
        if (!(error instanceof Interruption) || Date.now() - since > patience) throw error
        if (wasReached && pause === 250) onTrouble(String(error.params.why ?? error.params.status))
        await sleep(pause)
      }
    }
  }

  return {
    url,
    open: (path, signal) => once(path, { headers, signal }),
    download: (path, file) =>
      untilAnswered(async () => {
        const { body } = await once(path, { headers })
        await pipeline(body!, createWriteStream(file)).catch((error) => {
          if (error.syscall) throw new Failure(FAILURES['report-unwritable'], { file, why: error.code })
          throw new Interruption(FAILURES.unreachable, { url, why: whyOf(error) })
        })
      }),
    ask: (method, path, { body, idempotencyKey } = {}) =>
      untilAnswered(async () => {
        const response = await once(path, {
          method,
          headers: { ...headers, ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}) },
          ...(body ? { body } : {}),
        })
        return parse(url, response)
      }),
  }
}

async function parse(url: string, response: Response) {
  const text = await response.text().catch((error) => {
    throw new Interruption(FAILURES.unreachable, { url, why: whyOf(error) })
  })
  try {
    return JSON.parse(text)
  } catch {
    throw new Failure(FAILURES['not-ecusson'], { url, status: response.status })
  }
}

/** @throws Refusal for a problem document; Interruption for what passes; Failure for what is not Écusson's */
async function assertAnswer(url: string, response: Response): Promise<void> {
  const { ok, status } = response
  if (ok) return
  const text = await response.text().catch(() => '')
  if ([502, 503, 504].includes(status)) throw new Interruption(FAILURES['not-ecusson'], { url, status })
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json')
  if (!isProblem) throw new Failure(FAILURES['not-ecusson'], { url, status })
  const problem: Problem = JSON.parse(text)
  // The request that the connection was lost for is still being worked on.
  if (problem.type?.endsWith('/idempotency-running'))
    throw new Interruption(FAILURES.unreachable, { url, why: harmless(problem.title ?? '') })
  throw new Refusal(status, problem)
}

function whyOf(error: Error & { cause?: { code?: string; message?: string } }): string {
  return harmless(error.cause?.code ?? error.cause?.message ?? error.message)
}
