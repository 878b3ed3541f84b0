import { Stale } from '../errors.ts'

/** What `If-Match` asks for: any revision, or one of these. */
export type Expected = '*' | readonly number[]

/** @throws Stale when the row is at none of the expected revisions */
export function assertFresh(expected: Expected, revision: number): void {
  if (expected !== '*' && !expected.includes(revision)) throw new Stale()
}
