import type { Context } from '../../context.ts'
import { deleteNoncesBefore } from './queries.ts'

/** Forgets the nonces that were used and would have expired by now. */
export async function purgeNonces(ctx: Context): Promise<void> {
  await deleteNoncesBefore(ctx.db, ctx.clock())
}
