import { sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { setEntryBits } from '../status-lists/queries.ts'
import { listRenderingEntries } from './rendering-queries.ts'

/** Revokes assertions whose owner was asked for before, with one reason; those revoked before stay as they are. */
export async function revokeAssertions(ctx: Context, ids: readonly string[], reason: string): Promise<void> {
  const result = await ctx.db.execute(sql`
    update assertions set revoked_at = ${ctx.clock().toISOString()}::timestamptz, revocation_reason = ${reason},
      revision = revision + 1
    where id = any(${sql.param(ids)}::uuid[]) and revoked_at is null
    returning id, status_list_id as "listId", status_index as "index"`)
  const { rows } = result as unknown as { rows: { id: string; listId: string; index: number }[] }
  const collected = await listRenderingEntries(
    ctx.db,
    rows.map((row) => row.id),
  )
  await setEntryBits(ctx.db, [...rows, ...collected])
}
