import { Worker } from 'node:worker_threads'
import type { Judgement } from './judge.ts'

const PROGRAM = new URL('./judge-thread.ts', import.meta.url)
const LIMIT_MS = 2000
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 64, stackSizeMb: 2 }
const MAX_WAITING = 5

/**
 * Holds a document against the JSON Schema of a stranger.
 * @returns `too-much` when it took longer than 2 seconds, more than 64 MB, or too many wait already
 */
export type JudgeBySchema = (schemaText: string, document: object) => Promise<Judgement | TooMuch>

type TooMuch = { readonly says: 'too-much' }
const TOO_MUCH: TooMuch = { says: 'too-much' }

/**
 * Judges in threads of their own, one at a time: a pattern can look for ever for what it does not find, and a schema
 * can refer to itself without end.
 */
export function createSchemaJudge(): JudgeBySchema {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return async (schemaText, document) => {
    if (waiting >= MAX_WAITING) return TOO_MUCH
    waiting++
    const judged = last.then(() => judgeApart(schemaText, document))
    last = judged.catch(() => undefined).finally(() => waiting--)
    return judged
  }
}

function judgeApart(schemaText: string, document: object): Promise<Judgement | TooMuch> {
  const { promise, resolve } = Promise.withResolvers<Judgement | TooMuch>()
  const thread = new Worker(PROGRAM, {
    workerData: { schemaText, document },
    resourceLimits: LIMITS,
    env: {},
    execArgv: [],
  })
  const timer = setTimeout(() => resolve(TOO_MUCH), LIMIT_MS)
  thread.on('message', resolve)
  // Out of memory, say: what a thread does with a stranger's schema is no fault of ours.
  thread.on('error', () => resolve(TOO_MUCH))
  thread.on('exit', () => resolve(TOO_MUCH))
  return promise.finally(() => {
    clearTimeout(timer)
    void thread.terminate()
  })
}
