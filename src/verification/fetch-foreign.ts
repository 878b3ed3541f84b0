import type { Context } from '../context.ts'
import { CallerError } from '../errors.ts'
import { parseJson } from '../json.ts'
import type { Fetched, Wanted } from '../outgoing/foreign-documents.ts'
import { FetchRefused } from '../outgoing/guarded-fetch.ts'
import type { Json } from '../vc/credential.ts'
import { isObject } from '../vc/members.ts'

const MAX_URL = 2048

/**
 * Fetches what a stranger publishes, behind the guard, where the operator allows it.
 * @returns undefined when it cannot be had; why is logged
 */
export async function fetchForeign(ctx: Context, url: string, wanted: Wanted): Promise<Fetched | undefined> {
  if (!ctx.foreign || url.length > MAX_URL || !/^https:/i.test(url)) return undefined
  try {
    return await ctx.foreign.get(url, wanted)
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error
    ctx.log.info({ url, why: error.message }, 'a foreign document could not be fetched')
    return undefined
  }
}

/** The same, of a JSON object that follows the rules of every body. @returns undefined for anything else too */
export async function fetchJson(ctx: Context, url: string, wanted: Wanted): Promise<Json | undefined> {
  const fetched = await fetchForeign(ctx, url, wanted)
  return fetched && readJsonObject(fetched.bytes)
}

/** @returns undefined when it is no JSON object, or breaks the rules of every body */
export function readJsonObject(bytes: Buffer): Json | undefined {
  try {
    const value = parseJson(bytes, { foreign: true })
    return isObject(value) ? value : undefined
  } catch (error) {
    if (error instanceof CallerError) return undefined
    throw error
  }
}
