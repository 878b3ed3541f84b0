import type { Context } from '../../context.ts'
import { dueKeys, forgetDiscarded, postponeDiscarded } from './queries.ts'

const AT_ONCE = 100
const RETRY_MS = 60_000

/** Removes from the storage what nothing refers to. What cannot be removed now is tried again a minute later. */
export async function removeDiscardedFiles(ctx: Context, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const keys = await dueKeys(ctx.db, ctx.clock(), AT_ONCE)
    for (const key of keys) {
      if (signal?.aborted) return
      await remove(ctx, key)
    }
    if (keys.length < AT_ONCE) return
  }
}

async function remove(ctx: Context, key: string): Promise<void> {
  try {
    await ctx.storage.remove(key)
  } catch (err) {
    ctx.log.warn({ err, key }, 'a file cannot be removed from the storage; it is tried again')
    return postponeDiscarded(ctx.db, key, new Date(ctx.clock().getTime() + RETRY_MS))
  }
  await forgetDiscarded(ctx.db, key)
}
