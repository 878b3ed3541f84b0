import type { EvidenceRow } from './queries.ts'

/** Where the storage has the bytes of a file. */
export function keyOf(id: string): string {
  return `evidence/${id}`
}

/** Where it has one of the parts that have come. */
export function partKey(id: string, partId: string): string {
  return `evidence/${id}-${partId}`
}

/** All of a file's keys. */
export function keysOf({ id, state, parts }: EvidenceRow): string[] {
  return state === 'stored' ? [keyOf(id)] : parts.map((part) => partKey(id, part.id))
}
