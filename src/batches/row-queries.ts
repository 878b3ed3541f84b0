import { and, asc, eq, gt, inArray, isNotNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import { firstHolding } from '../assertions/holding-queries.ts'
import type { Db } from '../db/db.ts'
import { textColumn } from '../db/text-column.ts'
import type { CheckedRow } from './list/check-row.ts'
import type { Batch } from './queries.ts'
import type { Difference, RowDetails } from './schema.ts'
import { batchRows } from './table.ts'

export type Row = typeof batchRows.$inferSelect
export type StoredState = Row['state']

/** A list of a batch. */
export interface ListOf {
  readonly batchId: string
  readonly list: number
}

const ofList = ({ batchId, list }: ListOf): SQL =>
  and(eq(batchRows.batchId, batchId), eq(batchRows.list, list))!

export const currentList = ({ id, list }: Batch): ListOf => ({ batchId: id, list })

/** Stores rows as they were checked, in one statement. */
export async function insertRows(tx: Db, { batchId, list }: ListOf, rows: CheckedRow[]): Promise<void> {
  const column = (read: (row: CheckedRow) => string | number | null | undefined) => textColumn(rows.map(read))
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  await tx.execute(sql`
    insert into batch_rows (batch_id, list, line, cells, recipient_type, recipient_identity, recipient_name,
      details, state, reason, reason_params, suggestion)
    select ${batchId}::uuid, ${list}::integer, line, cells::jsonb,
      type, identity, name, details::jsonb, case when reason is null then 'ready' else 'invalid' end, reason,
      params::jsonb, suggestion
    from unnest(${column((row) => row.line)}::integer[], ${column((row) => json(row.cells))}::text[],
      ${column((row) => row.identity?.type ?? null)}::text[],
      ${column((row) => row.identity?.value ?? null)}::text[], ${column((row) => row.name ?? null)}::text[],
      ${column((row) => json(detailsOf(row)))}::text[], ${column((row) => row.fault?.code ?? null)}::text[],
      ${column((row) => json(row.fault?.params))}::text[], ${column((row) => row.suggestion ?? null)}::text[]
    ) as row (line, cells, type, identity, name, details, reason, params, suggestion)`)
}

function detailsOf({ awardedDate, validUntil, details }: CheckedRow): RowDetails {
  return {
    ...(awardedDate === undefined ? {} : { awardedDate }),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(details as RowDetails),
  }
}

/** Of ready rows about one person the first stays ready. */
export async function markDuplicates(tx: Db, { batchId, list }: ListOf): Promise<void> {
  await tx.execute(sql`
    update batch_rows as row
    set state = 'duplicate', reason = 'row-duplicate', reason_params = jsonb_build_object('line', first.first_line)
    from (
      select line, min(line) over (partition by recipient_type, recipient_identity) as first_line
      from batch_rows where batch_id = ${batchId} and list = ${list} and state = 'ready'
    ) as first
    where row.batch_id = ${batchId} and row.list = ${list} and row.line = first.line
      and first.line <> first.first_line`)
}

/**
 * Marks the ready rows of people who hold the badge class already: for this event, or at all without one.
 * @param lines looks at these rows instead
 */
export async function markHeld(tx: Db, batch: Batch, lines?: readonly number[]): Promise<void> {
  const chosen = lines ? sql`wanted.line = any(${sql.param(lines)}::integer[])` : sql`wanted.state = 'ready'`
  const { id, list, issuerId, badgeClassId, eventKey } = batch
  const badgeClass = { id: badgeClassId, issuerId }
  const person = { type: sql`wanted.recipient_type`, identity: sql`wanted.recipient_identity` }
  await tx.execute(sql`
    update batch_rows as row
    set state = 'already-awarded', reason = 'row-already-awarded', assertion_id = held.id,
      credential_id = held.credential_id
    from (
      select wanted.line, found.id, found.credential_id
      from batch_rows as wanted
      cross join lateral ${firstHolding(badgeClass, person, eventKey)} as found
      where wanted.batch_id = ${id} and wanted.list = ${list} and ${chosen}
    ) as held
    where row.batch_id = ${id} and row.list = ${list} and row.line = held.line`)
}

/** Rows of people to whom an earlier list of the batch issued keep what they have. */
export async function carryIssued(tx: Db, { batchId, list }: ListOf): Promise<void> {
  await tx.execute(sql`
    update batch_rows as row
    set state = 'issued', assertion_id = earlier.assertion_id, credential_id = earlier.credential_id
    from batch_rows as earlier
    where row.batch_id = ${batchId} and row.list = ${list} and row.state = 'ready'
      and earlier.batch_id = ${batchId} and earlier.list < ${list} and earlier.state = 'issued'
      and earlier.recipient_type = row.recipient_type
      and earlier.recipient_identity = row.recipient_identity`)
}

/** The people of a list beside those of the list before it; columns may have moved meanwhile. */
export async function compareLists(tx: Db, { batchId, list }: ListOf): Promise<Difference> {
  const people = (which: number) => sql`
    select distinct on (recipient_type, recipient_identity) recipient_type as type, recipient_identity as identity,
      (select string_agg(cell, chr(31) order by cell) from jsonb_array_elements_text(cells) as cell where cell <> '') as cells,
      row(recipient_name, details) as said
    from batch_rows where batch_id = ${batchId} and list = ${which} and state not in ('invalid', 'duplicate')
    order by recipient_type, recipient_identity, line`
  const result = await tx.execute(sql`
    select count(*) filter (where old.identity is null)::int as added,
      count(*) filter (where new.identity is null)::int as removed,
      count(*) filter (where old.cells <> new.cells or old.said <> new.said)::int as changed,
      count(*) filter (where old.cells = new.cells and old.said = new.said)::int as unchanged
    from (${people(list - 1)}) as old full join (${people(list)}) as new using (type, identity)`)
  return (result as unknown as { rows: Difference[] }).rows[0]!
}

/** Forgets the rows of earlier lists, but not what was issued to people whom this list no longer names. */
export async function deleteEarlierRows(tx: Db, { batchId, list }: ListOf): Promise<void> {
  const carried = sql`(select assertion_id from batch_rows
    where batch_id = ${batchId} and list = ${list} and state = 'issued')`
  await tx
    .delete(batchRows)
    .where(
      and(
        eq(batchRows.batchId, batchId),
        lt(batchRows.list, list),
        or(ne(batchRows.state, 'issued'), inArray(batchRows.assertionId, carried)),
      ),
    )
}

/** How many rows of the list are in each state. */
export async function countStates(db: Db, list: ListOf): Promise<Partial<Record<StoredState, number>>> {
  const rows = await db
    .select({ state: batchRows.state, count: sql<number>`count(*)::int` })
    .from(batchRows)
    .where(ofList(list))
    .groupBy(batchRows.state)
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

/** Rows of the list in its order, after a line. */
export async function listRows(
  db: Db,
  list: ListOf,
  { states, afterLine, limit }: { states?: StoredState[]; afterLine: number; limit: number },
): Promise<Row[]> {
  return db
    .select()
    .from(batchRows)
    .where(
      and(ofList(list), gt(batchRows.line, afterLine), states ? inArray(batchRows.state, states) : undefined),
    )
    .orderBy(asc(batchRows.line))
    .limit(limit)
}

/** The first rows that a person should look at. */
export async function listProblems(db: Db, list: ListOf, limit: number): Promise<Row[]> {
  const worthALook = or(
    inArray(batchRows.state, ['duplicate', 'already-awarded', 'invalid', 'failed']),
    isNotNull(batchRows.suggestion),
  )
  return db
    .select()
    .from(batchRows)
    .where(and(ofList(list), worthALook))
    .orderBy(asc(batchRows.line))
    .limit(limit)
}

/** What a worker needs of a row. */
export type ClaimedRow = Pick<
  Row,
  'line' | 'recipientType' | 'recipientIdentity' | 'recipientName' | 'details'
>

const claimed = {
  line: batchRows.line,
  recipientType: batchRows.recipientType,
  recipientIdentity: batchRows.recipientIdentity,
  recipientName: batchRows.recipientName,
  details: batchRows.details,
}

/** Takes ready rows after a line until the transaction ends; rows that another worker has are passed over. */
export async function claimReadyRows(
  tx: Db,
  list: ListOf,
  afterLine: number,
  limit: number,
): Promise<ClaimedRow[]> {
  return tx
    .select(claimed)
    .from(batchRows)
    .where(and(ofList(list), eq(batchRows.state, 'ready'), gt(batchRows.line, afterLine)))
    .orderBy(asc(batchRows.line))
    .limit(limit)
    .for('update', { skipLocked: true })
}

/** What became of a claimed row; outcomes are in the order of the lines. */
export interface RowOutcome {
  readonly line: number
  readonly state: 'issued' | 'already-awarded' | 'failed'
  readonly reason: string | null
  readonly reasonParams: Row['reasonParams']
  readonly assertionId: string | null
  readonly credentialId: string | null
}

export async function storeOutcomes(
  tx: Db,
  { batchId, list }: ListOf,
  outcomes: RowOutcome[],
): Promise<void> {
  const column = (read: (outcome: RowOutcome) => string | number | null) => textColumn(outcomes.map(read))
  await tx.execute(sql`
    update batch_rows as row
    set state = outcome.state, reason = outcome.reason, reason_params = outcome.params::jsonb,
      assertion_id = outcome.assertion_id, credential_id = outcome.credential_id
    from unnest(${column(({ line }) => line)}::integer[], ${column(({ state }) => state)}::text[],
      ${column(({ reason }) => reason)}::text[],
      ${column(({ reasonParams }) => (reasonParams ? JSON.stringify(reasonParams) : null))}::text[],
      ${column(({ assertionId }) => assertionId)}::uuid[], ${column(({ credentialId }) => credentialId)}::uuid[]
    ) as outcome (line, state, reason, params, assertion_id, credential_id)
    where row.batch_id = ${batchId} and row.list = ${list} and row.line = outcome.line
      and row.line between ${outcomes[0]!.line} and ${outcomes.at(-1)!.line}`)
}

/** Failed rows are ready again. @returns how many */
export async function resetFailed(tx: Db, list: ListOf): Promise<number> {
  const rows = await tx
    .update(batchRows)
    .set({ state: 'ready', reason: null, reasonParams: null })
    .where(and(ofList(list), eq(batchRows.state, 'failed')))
    .returning({ line: batchRows.line })
  return rows.length
}

/** Issued rows of every list of the batch are revoked. @returns their assertions */
export async function revokeIssued(
  tx: Db,
  batchId: string,
): Promise<{ assertionId: string; list: number }[]> {
  const rows = await tx
    .update(batchRows)
    .set({ state: 'revoked' })
    .where(and(eq(batchRows.batchId, batchId), eq(batchRows.state, 'issued')))
    .returning({ assertionId: batchRows.assertionId, list: batchRows.list })
  return rows.map(({ assertionId, list }) => ({ assertionId: assertionId!, list }))
}
