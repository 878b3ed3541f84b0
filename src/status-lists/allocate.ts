import { randomBytes, randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import { MINIMUM_ENTRIES } from '../vc/bitstring.ts'
import { permute } from '../vc/permutation.ts'
import { insertNextList, takePositions } from './queries.ts'

/** Where a credential's status stands. */
export interface StatusEntry {
  readonly listId: string
  readonly index: number
}

/**
 * Gives `count` status entries of an issuer, each to be used once. An entry whose credential is never stored
 * stays unused. Full lists are followed by new ones.
 */
export async function allocateStatusEntries(
  ctx: Context,
  issuerId: string,
  count: number,
): Promise<StatusEntry[]> {
  const entries: StatusEntry[] = []
  while (entries.length < count) {
    const taken = await takePositions(ctx.db, issuerId, count - entries.length)
    if (!taken) {
      await insertNextList(ctx.db, {
        id: randomUUID(),
        issuerId,
        size: MINIMUM_ENTRIES,
        permutationKey: randomBytes(32),
        createdAt: ctx.clock(),
      })
      continue
    }
    for (let position = taken.from; position < taken.to; position++) {
      entries.push({ listId: taken.listId, index: permute(taken.permutationKey, taken.size, position) })
    }
  }
  return entries
}
