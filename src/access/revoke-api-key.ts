import type { Context } from '../context.ts'
import { NotFound } from '../errors.ts'
import { markKeyRevoked } from './queries.ts'

/** Ends a key at once. @throws NotFound when the issuer has no such key */
export async function revokeApiKey(ctx: Context, issuerId: string, id: string): Promise<void> {
  if (!(await markKeyRevoked(ctx.db, issuerId, id, ctx.clock()))) throw new NotFound()
}
