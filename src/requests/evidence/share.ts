import { eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '../../db/db.ts'
import { evidenceFiles } from './table.ts'

/**
 * Marks which files of a request are to be named in the credential: these and no others.
 * @returns false when one of the ids is not a stored file of this request; then the caller's transaction is to end
 */
export async function shareEvidence(tx: Db, requestId: string, ids: readonly string[]): Promise<boolean> {
  const shared = ids.length === 0 ? sql`false` : inArray(evidenceFiles.id, [...ids])
  const rows = await tx
    .update(evidenceFiles)
    .set({ shared: sql`${shared}` as unknown as boolean })
    .where(eq(evidenceFiles.requestId, requestId))
    .returning({ shared: evidenceFiles.shared })
  return rows.filter((row) => row.shared).length === ids.length
}
