import { randomBytes, randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import { MINIMUM_ENTRIES } from '../vc/bitstring.ts'
import { createPermutation, type Permutation } from '../vc/permutation.ts'
import { type Allocation, insertNextList, type StatusPurpose, takePositions } from './queries.ts'

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
  purpose: StatusPurpose = 'revocation',
): Promise<StatusEntry[]> {
  const entries: StatusEntry[] = []
  while (entries.length < count) {
    const taken = await takePositions(ctx.db, { issuerId, purpose }, count - entries.length)
    if (!taken) {
      await insertNextList(ctx.db, {
        id: randomUUID(),
        issuerId,
        purpose,
        size: MINIMUM_ENTRIES,
        permutationKey: randomBytes(32),
        createdAt: ctx.clock(),
      })
      continue
    }
    const permute = permutationOf(ctx, taken)
    for (let position = taken.from; position < taken.to; position++) {
      entries.push({ listId: taken.listId, index: permute(position) })
    }
  }
  return entries
}

function permutationOf(ctx: Context, { listId, permutationKey, size }: Allocation): Permutation {
  const known = ctx.permutations.get(listId)
  if (known) return known
  const permutation = createPermutation(permutationKey, size)
  ctx.permutations.set(listId, permutation)
  return permutation
}
