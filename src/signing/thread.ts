// What a signing thread runs: an engine of its own, which keeps the layouts it compiled.
import { workerData } from 'node:worker_threads'
import Tinypool from 'tinypool'
import { createEngine } from '../vc/engine/engine.ts'
import { SelfCheckFailed } from '../vc/engine/self-check.ts'
import { unpackRows } from './pack.ts'
import { type Refused, signToBytes } from './signer.ts'
import type { PackedJob } from './threads.ts'

// The pool puts its own data first.
const [, { checkEvery }] = workerData as [unknown, { checkEvery: number }]
const engine = createEngine(checkEvery)

export default async function signHere({ rows, ...job }: PackedJob): Promise<unknown> {
  try {
    // It moves to the other thread, uncopied.
    return Tinypool.move(await signToBytes(engine, { ...job, rows: unpackRows(rows) }))
  } catch (error) {
    // On its way to the other thread an error forgets its class.
    if (error instanceof SelfCheckFailed) return { selfCheckFailed: error.message } satisfies Refused
    throw error
  }
}
