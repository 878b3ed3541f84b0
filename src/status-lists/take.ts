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

/** Status entries for a unit of work that is not sure to need them. */
interface EntriesAhead {
  /** One that was taken ahead; where there is none left, one that the transaction of this context takes. */
  take(ctx: Context, issuerId: string): Promise<StatusEntry>
  /** What was not used, for others. */
  giveBack(): void
}

/**
 * Takes entries before a transaction begins.
 * @param issuerIds an issuer for each entry; inside of a transaction nothing is taken ahead
 */
export async function takeEntriesAhead(ctx: Context, issuerIds: readonly string[]): Promise<EntriesAhead> {
  const taken = new Map<string, StatusEntry[]>()
  if (ctx.shared) {
    for (const [issuerId, each] of Map.groupBy(issuerIds, (id) => id)) {
      taken.set(issuerId, await takeStatusEntries(ctx, issuerId, each.length))
    }
  }
  return {
    take: async (here, issuerId) =>
      taken.get(issuerId)?.pop() ?? (await takeStatusEntries(here, issuerId, 1))[0]!,
    giveBack: () => {
      for (const [issuerId, entries] of taken) ctx.shared?.statusEntries.get(issuerId)?.push(...entries)
    },
  }
}
