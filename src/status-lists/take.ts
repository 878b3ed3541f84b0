import type { Context } from '../context.ts'
import { allocateStatusEntries, type StatusEntry } from './allocate.ts'

/** Taken from the database at once. What is left of them when the process ends stays unused. */
const AHEAD = 64

/**
 * The same as `allocateStatusEntries`, outside of a transaction mostly without the database: entries are taken
 * ahead, as the values of a cached sequence are.
 */
export async function takeStatusEntries(
  ctx: Context,
  issuerId: string,
  count: number,
): Promise<StatusEntry[]> {
  const store = ctx.shared?.statusEntries
  if (!store) return allocateStatusEntries(ctx, issuerId, count)
  const kept = store.get(issuerId) ?? []
  store.set(issuerId, kept)
  const taken = kept.splice(0, count)
  if (taken.length === count) return taken
  const more = await allocateStatusEntries(ctx, issuerId, count - taken.length + AHEAD)
  taken.push(...more.splice(0, count - taken.length))
  kept.push(...more)
  return taken
}
