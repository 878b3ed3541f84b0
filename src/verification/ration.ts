import type { Context } from '../context.ts'
import type { ForeignDocuments } from '../outgoing/foreign-documents.ts'
import { FetchRefused } from '../outgoing/guarded-fetch.ts'

const MAX_FETCHES = 30
const MAX_MS = 12_000

/**
 * A context for one verification: it fetches so many documents of strangers and no more, and begins none late. A
 * credential names many addresses, and must not make this service a means to call on them.
 */
export function rationed(ctx: Context): Context {
  const { foreign } = ctx
  if (!foreign) return ctx
  const addresses = new Set<string>()
  const start = ctx.clock().getTime()
  const get: ForeignDocuments['get'] = async (url, wanted) => {
    addresses.add(url)
    if (addresses.size > MAX_FETCHES) throw new FetchRefused('one verification names too many addresses')
    if (ctx.clock().getTime() - start > MAX_MS) throw new FetchRefused('one verification took too long')
    return foreign.get(url, wanted)
  }
  return { ...ctx, foreign: { get } }
}
