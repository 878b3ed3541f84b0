// What a signing thread runs: an engine of its own, which keeps the layouts it compiled.
import { workerData } from 'node:worker_threads'
import Tinypool from 'tinypool'
import { createEngine } from '../vc/engine/engine.ts'
import { SelfCheckFailed } from '../vc/engine/self-check.ts'
import { join, type Refused, type SigningJob } from './signer.ts'

// The pool puts its own data first.
const [, { checkEvery }] = workerData as [unknown, { checkEvery: number }]
const engine = createEngine(checkEvery)

export default async function signHere({ layout, rows, options }: SigningJob): Promise<unknown> {
  try {
    const bytes = join(await engine.sign(layout, rows, options))
    // A buffer of its own moves to the other thread; a part of a shared one would be copied.
    return Tinypool.move(new Uint8Array(bytes))
  } catch (error) {
    // On its way to the other thread an error forgets its class.
    if (error instanceof SelfCheckFailed) return { selfCheckFailed: error.message } satisfies Refused
    throw error
  }
}
