import type { Test } from 'tap'
import type { Told, verifier } from '../support/foreign-issuer.ts'
import { threadTime } from '../support/thread-time.ts'

/** Nobody may keep the others waiting for longer. */
export const LONGEST_MS = 2000

export type Expected = number | string

/** Judges it in time: a number is a status, a text the code of the check `parse`, undefined only "not valid". */
export function enduring(verify: ReturnType<typeof verifier>) {
  return async (t: Test, name: string, body: unknown, type: string, expected?: Expected): Promise<Told> => {
    const start = threadTime()
    const told = await verify(body, { 'content-type': type })
    const took = threadTime() - start
    t.ok(took < LONGEST_MS, `${name}: ${Math.round(took)} ms`)
    t.ok(told.status < 500, `${name}: ${told.status}`)
    t.not(told.valid, true, name)
    if (typeof expected === 'number') t.equal(told.status, expected, name)
    if (typeof expected === 'string') t.equal(told.checks.parse, `failed:${expected}`, name)
    return told
  }
}
