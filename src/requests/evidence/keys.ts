import type { EvidenceRow } from './queries.ts'

/** Where the storage has the bytes of a file. */
export function keyOf(id: string): string {
  return `evidence/${id}`
}

/** Where it has one of the parts that have come, counted from 0. */
export function partKey(id: string, part: number): string {
  return `evidence/${id}-${part}`
}

/** All of a file's keys. */
export function keysOf({ id, state, parts }: EvidenceRow): string[] {
  if (state === 'stored') return [keyOf(id)]
  return Array.from({ length: parts }, (_, part) => partKey(id, part))
}
