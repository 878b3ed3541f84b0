import { and, asc, count, eq, getTableColumns, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Actor, Context } from '../context.ts'
import type { Db } from '../db/db.ts'
import { ownedBy } from '../db/owned.ts'
import { after, newestFirst, type PageRequest } from '../db/page.ts'
import { CallerError, NotFound } from '../errors.ts'
import { findLink } from './links.ts'
import type { RequestState } from './schema.ts'
import { structureKeyOf } from './structure-key.ts'
import { requestApprovals, requestEvents, requests } from './table.ts'

export type RequestRow = typeof requests.$inferSelect
/** A request without what was answered, which can be long. */
export type RequestSummary = Omit<RequestRow, 'answers'>
export type RequestEvent = typeof requestEvents.$inferSelect

/**
 * The request that a resume token opens.
 * @param options.lock keeps the row locked until the transaction of `ctx` ends
 * @throws CallerError 401 for no token or a wrong one, also of a request that does not exist; 410 when the token
 * has expired or the request was withdrawn or has expired
 */
export async function getByResumeToken(
  ctx: Context,
  id: string,
  token: string | undefined,
  { lock = false } = {},
): Promise<RequestRow> {
  if (token === undefined) throw new CallerError(401, 'no-token')
  const link = await findLink(ctx.db, 'resume', token)
  if (link?.requestId !== id) throw new CallerError(401, 'bad-token')
  const row = await getById(ctx.db, id, lock)
  const now = ctx.clock()
  const isOver = row.state === 'withdrawn' || row.state === 'expired'
  if (isOver || hasPassed(row.expiresAt, now)) throw new CallerError(410, 'request-gone')
  if (hasPassed(link.expiresAt, now)) throw new CallerError(410, 'link-ended')
  return row
}

function hasPassed(time: Date | null, now: Date): boolean {
  return time !== null && time <= now
}

/** A request that a link, or a row in hand, names: there is one. */
export async function getById(db: Db, id: string, lock = false): Promise<RequestRow> {
  const query = db.select().from(requests).where(eq(requests.id, id))
  const [row] = await (lock ? query.for('update') : query)
  if (!row) throw new NotFound()
  return row
}

/** @throws NotFound when there is none, or it is not the actor's */
export async function getRequest(db: Db, actor: Actor, id: string): Promise<RequestRow> {
  const [row] = await db
    .select()
    .from(requests)
    .where(and(eq(requests.id, id), ownedBy(actor, requests.issuerId)))
  if (!row) throw new NotFound()
  return row
}

/** The same, its row locked until the transaction ends. */
export async function lockRequest(tx: Db, actor: Actor, id: string): Promise<RequestRow> {
  const [row] = await tx
    .select()
    .from(requests)
    .where(and(eq(requests.id, id), ownedBy(actor, requests.issuerId)))
    .for('update')
  if (!row) throw new NotFound()
  return row
}

export interface RequestFilter {
  readonly state?: RequestState
  readonly badgeClass?: string
  /** A SIRET or a name, however it is written. */
  readonly structure?: string
  readonly assignedTo?: string
}

export async function listRequests(
  db: Db,
  issuerId: string,
  filter: RequestFilter,
  page: PageRequest,
): Promise<RequestSummary[]> {
  const { answers: _, ...summary } = getTableColumns(requests)
  return db
    .select(summary)
    .from(requests)
    .where(and(matching(issuerId, filter), after(requests, page.after)))
    .orderBy(...newestFirst(requests))
    .limit(page.limit + 1)
}

/** Of a draft nothing that a person wrote is told, not even by a count or a filter. */
const notDraft = sql`${requests.state} <> 'draft'`

/** How many requests there are of each state, badge class and structure: the largest groups first. */
export async function countRequests(db: Db, issuerId: string, filter: RequestFilter) {
  const where = matching(issuerId, filter)
  const number = count()
  const states = await db
    .select({ state: requests.state, badgeClass: requests.badgeClassId, number })
    .from(requests)
    .where(where)
    .groupBy(requests.state, requests.badgeClassId)
  const structures = await db
    .select({ structure: sql<string>`min(${requests.structureName})`, number })
    .from(requests)
    .where(and(where, sql`${requests.structureKey} is not null`, notDraft))
    .groupBy(requests.structureKey)
    .orderBy(sql`${number} desc`, asc(requests.structureKey))
    .limit(MAX_STRUCTURES)
  return { states, structures }
}

const MAX_STRUCTURES = 200

function matching(
  issuerId: string,
  { state, badgeClass, structure, assignedTo }: RequestFilter,
): SQL | undefined {
  return and(
    eq(requests.issuerId, issuerId),
    state ? eq(requests.state, state) : undefined,
    badgeClass ? eq(requests.badgeClassId, badgeClass) : undefined,
    structure ? ofStructure(structure) : undefined,
    assignedTo ? eq(requests.assignedTo, assignedTo) : undefined,
  )
}

/** By SIRET where it is one. */
function ofStructure(structure: string): SQL | undefined {
  const digits = structure.replaceAll(' ', '')
  const named = /^\d{14}$/.test(digits)
    ? eq(requests.structureSiret, digits)
    : eq(requests.structureKey, structureKeyOf(structure))
  return and(named, notDraft)
}

/** So many that drafts begun in somebody's name do not hide the own one. */
const MAX_OF_PERSON = 20

/** Requests of a person for a badge class that are neither over nor erased, newest first. */
export async function findRequestsOf(
  db: Db,
  badgeClassId: string,
  email: string,
  now: Date,
): Promise<RequestRow[]> {
  return db
    .select()
    .from(requests)
    .where(
      and(
        eq(requests.badgeClassId, badgeClassId),
        sql`lower(${requests.email}) = ${email.toLowerCase()}`,
        isNull(requests.erasedAt),
        or(isNull(requests.expiresAt), sql`${requests.expiresAt} > ${now.toISOString()}`),
      ),
    )
    .orderBy(...newestFirst(requests))
    .limit(MAX_OF_PERSON)
}

export async function insertRequest(db: Db, row: typeof requests.$inferInsert): Promise<RequestRow> {
  const [inserted] = await db.insert(requests).values(row).returning()
  return inserted!
}

/** Changes a request whose row is locked. */
export async function updateRequest(
  tx: Db,
  row: RequestRow,
  change: Partial<RequestRow>,
  now: Date,
): Promise<RequestRow> {
  const [updated] = await tx
    .update(requests)
    .set({ ...change, revision: row.revision + 1, updatedAt: now })
    .where(eq(requests.id, row.id))
    .returning()
  return updated!
}

/** Removes a request of which nothing personal is left. */
export async function deleteRequest(tx: Db, id: string): Promise<void> {
  await tx.delete(requests).where(eq(requests.id, id))
}

export async function insertEvent(db: Db, row: typeof requestEvents.$inferInsert): Promise<void> {
  await db.insert(requestEvents).values(row)
}

export async function listEvents(db: Db, requestId: string): Promise<RequestEvent[]> {
  return db
    .select()
    .from(requestEvents)
    .where(eq(requestEvents.requestId, requestId))
    .orderBy(asc(requestEvents.id))
}

/** The history stays; what was said in it, and by whom, goes. */
export async function emptyEvents(db: Db, requestId: string): Promise<void> {
  await db
    .update(requestEvents)
    .set({ reason: null, name: null })
    .where(eq(requestEvents.requestId, requestId))
}

/** @returns false when this reviewer approved in this round already */
export async function insertApproval(db: Db, row: typeof requestApprovals.$inferInsert): Promise<boolean> {
  const inserted = await db.insert(requestApprovals).values(row).onConflictDoNothing().returning()
  return inserted.length > 0
}

export async function countApprovals(db: Db, { id, round }: RequestRow): Promise<number> {
  const [found] = await db
    .select({ number: count() })
    .from(requestApprovals)
    .where(and(eq(requestApprovals.requestId, id), eq(requestApprovals.round, round)))
  return found!.number
}

/** Requests whose time is over: locked, and passed over by another purge. */
export async function lockDue(
  tx: Db,
  what: 'expiresAt' | 'evidenceUntil',
  now: Date,
  limit: number,
): Promise<RequestRow[]> {
  return tx
    .select()
    .from(requests)
    .where(lte(requests[what], now))
    .limit(limit)
    .for('update', { skipLocked: true })
}

/** Requests that never were submitted and of which nothing is left since before this moment. */
export async function lockForgotten(tx: Db, before: Date, limit: number): Promise<RequestRow[]> {
  return tx
    .select()
    .from(requests)
    .where(and(isNull(requests.submittedAt), lte(requests.erasedAt, before)))
    .limit(limit)
    .for('update', { skipLocked: true })
}
