import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { textColumn } from '../db/text-column.ts'
import type { StatusEntry } from '../status-lists/allocate.ts'
import { renderings } from './table.ts'

export type RenderingRow = typeof renderings.$inferSelect

/** Which rendering it is. */
type Holding = Pick<RenderingRow, 'assertionId' | 'format' | 'subject'>

/** Those of the renderings that were signed before, each counted as often as it is asked for. */
export async function serveRenderings(
  tx: Db,
  wanted: readonly (Holding & { readonly times: number })[],
): Promise<(Holding & Pick<RenderingRow, 'id' | 'body'>)[]> {
  if (wanted.length === 0) return []
  const list = (read: (one: (typeof wanted)[number]) => string | number) => textColumn(wanted.map(read))
  const result = await tx.execute(sql`
    update renderings set served = served + wanted.times
    from unnest(${list((one) => one.assertionId)}::uuid[], ${list((one) => one.format)}::text[],
      ${list((one) => one.subject)}::text[], ${list((one) => one.times)}::integer[])
      as wanted (assertion_id, format, subject, times)
    where renderings.assertion_id = wanted.assertion_id and renderings.format = wanted.format
      and renderings.subject = wanted.subject
    returning renderings.id, renderings.assertion_id as "assertionId", renderings.format, renderings.subject,
      renderings.body`)
  return (result as unknown as { rows: (Holding & Pick<RenderingRow, 'id' | 'body'>)[] }).rows
}

export async function insertRenderings(tx: Db, rows: readonly RenderingRow[]): Promise<void> {
  if (rows.length === 0) return
  const list = (read: (row: RenderingRow) => string | number) => textColumn(rows.map(read))
  await tx.execute(sql`
    insert into renderings (id, assertion_id, format, subject, status_list_id, status_index, body, served, signed_at)
    select * from unnest(${list((row) => row.id)}::uuid[], ${list((row) => row.assertionId)}::uuid[],
      ${list((row) => row.format)}::text[], ${list((row) => row.subject)}::text[],
      ${list((row) => row.statusListId)}::uuid[], ${list((row) => row.statusIndex)}::integer[],
      ${list((row) => row.body)}::text[], ${list((row) => row.served)}::integer[],
      ${list((row) => row.signedAt.toISOString())}::timestamptz[])`)
}

/** A rendering by the capability in its URL. */
export async function findRendering(db: Db, id: string): Promise<RenderingRow | undefined> {
  const [row] = await db.select().from(renderings).where(eq(renderings.id, id))
  return row
}

/** What wallets collected of an assertion, the oldest first. */
export async function listRenderings(db: Db, assertionId: string): Promise<RenderingRow[]> {
  return db
    .select()
    .from(renderings)
    .where(eq(renderings.assertionId, assertionId))
    .orderBy(asc(renderings.signedAt), asc(renderings.id))
}

/** Where the status of what wallets collected of these assertions stands. */
export async function listRenderingEntries(db: Db, assertionIds: readonly string[]): Promise<StatusEntry[]> {
  return db
    .select({ listId: renderings.statusListId, index: renderings.statusIndex })
    .from(renderings)
    .where(inArray(renderings.assertionId, [...assertionIds]))
}

/** What was collected, as the API tells it. */
export function presentRendering({ id, format, subject, served, signedAt }: RenderingRow) {
  return {
    format,
    ...(subject === '' ? {} : { did: subject }),
    credentialId: id,
    served,
    signedAt: signedAt.toISOString(),
  }
}
