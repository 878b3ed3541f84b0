import { and, eq, gt, gte, inArray, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Actor, Context } from '../context.ts'
import type { Db } from '../db/db.ts'
import { isOneOf } from '../db/one-of.ts'
import { ownedBy } from '../db/owned.ts'
import { after, newestFirst, type Page, type PageRequest, toPage } from '../db/page.ts'
import { textColumn } from '../db/text-column.ts'
import { NotFound } from '../errors.ts'
import { BETWEEN } from '../signing/signer.ts'
import type { ProofSuite } from '../vc/credential.ts'
import { toSecond } from '../vc/time.ts'
import { credentialUrl } from './credential.ts'
import { presentRecipient } from './recipient.ts'
import type { ASSERTION_STATUSES, Assertion } from './schema.ts'
import { assertions } from './table.ts'

export type AssertionRow = typeof assertions.$inferSelect
type AssertionStatus = (typeof ASSERTION_STATUSES)[number]

/** Signed credentials of one suite, as the signer gave them. */
export interface SignedBodies {
  readonly suite: ProofSuite
  /** With `BETWEEN` between them, in the order of the rows: a text, or (on PostgreSQL alone) its UTF-8 bytes. */
  readonly bodies: Buffer | string
  readonly signedAt: Date
}

/**
 * Stores assertions with their credentials in one statement, so that neither is ever there without the other.
 * The rows are of one issuer, badge version and moment.
 * @returns the ids of those that were stored: not of people who hold the badge already
 */
export async function insertAwards(
  db: Db,
  rows: readonly AssertionRow[],
  { suite, bodies, signedAt }: SignedBodies,
): Promise<string[]> {
  const [first] = rows
  const list = (read: (row: AssertionRow) => string | number | boolean | null | undefined) =>
    textColumn(rows.map(read))
  // Awards of one batch mostly share one object: it goes once.
  const details = new Map([...new Set(rows.map((row) => row.details))].map((one, i) => [one, i + 1]))
  const time = (date: Date | null) => date?.toISOString() ?? null
  const result = await db.execute(sql`
    with given as materialized (
      select * from unnest(
        ${list((row) => row.id)}::uuid[], ${list((row) => row.recipientType)}::text[],
        ${list((row) => row.recipientIdentity)}::text[], ${list((row) => row.recipientName)}::text[],
        ${list((row) => row.duplicate)}::boolean[], ${list((row) => time(row.awardedAt))}::timestamptz[],
        ${list((row) => time(row.validFrom))}::timestamptz[],
        ${list((row) => time(row.validUntil))}::timestamptz[], ${list((row) => row.eventKey)}::text[],
        ${list((row) => row.tellIn)}::text[],
        ${list((row) => details.get(row.details))}::integer[], ${list((row) => row.credentialId)}::uuid[],
        ${list((row) => row.statusListId)}::uuid[], ${list((row) => row.statusIndex)}::integer[],
        string_to_array(${sql.param(bodies)}::text, ${BETWEEN})
      ) as given (id, recipient_type, recipient_identity, recipient_name, duplicate, awarded_at, valid_from,
        valid_until, event_key, tell_in, details, credential_id, status_list_id, status_index, body)
    ), stored as (
      insert into assertions (id, issuer_id, badge_class_id, badge_class_version, recipient_type,
        recipient_identity, recipient_name, duplicate, awarded_at, valid_from, valid_until, event_key, tell_in,
        details, credential_id, status_list_id, status_index, created_at)
      select id, ${first!.issuerId}::uuid, ${first!.badgeClassId}::uuid, ${first!.badgeClassVersion}::integer,
        recipient_type, recipient_identity, recipient_name, duplicate, awarded_at, valid_from, valid_until,
        event_key, tell_in, (${sql.param([...details.keys()].map((one) => JSON.stringify(one)))}::jsonb[])[details],
        credential_id, status_list_id, status_index,
        ${first!.createdAt.toISOString()}::timestamptz
      from given
      on conflict (badge_class_id, recipient_type, recipient_identity, event_key)
        where revoked_at is null and not duplicate do nothing
      returning id, credential_id
    ), signed as (
      insert into credentials (id, form, suite, body, signed_at)
      select given.credential_id, 'issued', ${suite}, given.body, ${signedAt.toISOString()}::timestamptz
      from given join stored on stored.id = given.id
    )
    select id from stored`)
  return (result as unknown as { rows: { id: string }[] }).rows.map(({ id }) => id)
}

/** @throws NotFound when there is none, or it is not the actor's */
export async function getAssertionRow(db: Db, actor: Actor, id: string): Promise<AssertionRow> {
  const [row] = await db
    .select()
    .from(assertions)
    .where(and(eq(assertions.id, id), ownedBy(actor, assertions.issuerId)))
  if (!row) throw new NotFound()
  return row
}

/**
 * Locks an assertion until the transaction ends, and notes that what is told of it has changed.
 * @throws NotFound
 */
export async function touchAssertion(tx: Db, id: string): Promise<AssertionRow> {
  const [row] = await tx
    .update(assertions)
    .set({ revision: sql`${assertions.revision} + 1` })
    .where(eq(assertions.id, id))
    .returning()
  if (!row) throw new NotFound()
  return row
}

/** Locks assertions until the transaction ends, in one order everywhere: two that lock the same never wait for ever. */
export async function lockAssertions(tx: Db, ids: readonly string[]): Promise<AssertionRow[]> {
  return tx
    .select()
    .from(assertions)
    .where(isOneOf(assertions.id, ids))
    .orderBy(assertions.id)
    .for('no key update')
}

/** Notes that what is told of these assertions, which are locked, has changed. */
export async function touchAssertions(tx: Db, ids: readonly string[]): Promise<void> {
  await tx
    .update(assertions)
    .set({ revision: sql`${assertions.revision} + 1` })
    .where(isOneOf(assertions.id, ids))
}

export async function findAssertionsById(db: Db, ids: readonly string[]): Promise<AssertionRow[]> {
  return db.select().from(assertions).where(isOneOf(assertions.id, ids))
}

/** @throws NotFound */
export async function getAssertionById(db: Db, id: string): Promise<AssertionRow> {
  const [row] = await findAssertionsById(db, [id])
  if (!row) throw new NotFound()
  return row
}

/** What a list of assertions is narrowed to. */
export interface AssertionFilter {
  readonly badgeClass?: string
  readonly recipient?: string
  readonly status?: AssertionStatus
  readonly since?: Date
}

export async function listAssertions(
  ctx: Context,
  issuerId: string,
  filter: AssertionFilter,
  page: PageRequest,
): Promise<Page<Assertion>> {
  const { badgeClass, recipient, status, since } = filter
  const rows = await ctx.db
    .select()
    .from(assertions)
    .where(
      and(
        eq(assertions.issuerId, issuerId),
        badgeClass ? eq(assertions.badgeClassId, badgeClass) : undefined,
        recipient ? inArray(assertions.recipientIdentity, [recipient, recipient.toLowerCase()]) : undefined,
        since ? gte(assertions.createdAt, since) : undefined,
        status ? hasStatus(status, ctx.clock()) : undefined,
        after(assertions, page.after),
      ),
    )
    .orderBy(...newestFirst(assertions))
    .limit(page.limit + 1)
  return toPage(rows, page.limit, (row) => presentAssertion(row, ctx))
}

function hasStatus(status: AssertionStatus, now: Date): SQL | undefined {
  if (status === 'revoked') return isNotNull(assertions.revokedAt)
  const ends = assertions.validUntil
  return and(
    isNull(assertions.revokedAt),
    status === 'expired' ? lte(ends, now) : or(isNull(ends), gt(ends, now)),
  )
}

/**
 * Takes up to `limit` assertions whose people are still to be told, the oldest first, and notes that they are; those
 * that were revoked meanwhile too.
 */
export async function takeUntold(tx: Db, limit: number, now: Date): Promise<AssertionRow[]> {
  const due = tx
    .select({ id: assertions.id })
    .from(assertions)
    .where(and(isNotNull(assertions.tellIn), isNull(assertions.toldAt)))
    .orderBy(assertions.createdAt)
    .limit(limit)
    .for('update', { skipLocked: true })
  return tx.update(assertions).set({ toldAt: now }).where(inArray(assertions.id, due)).returning()
}

/** Whoever was not told of an assertion yet will not be. */
export async function forgetToTell(tx: Db, id: string): Promise<void> {
  await tx
    .update(assertions)
    .set({ tellIn: null })
    .where(and(eq(assertions.id, id), isNull(assertions.toldAt)))
}

/** @returns the revoked row; undefined when it was revoked before */
export async function markRevoked(tx: Db, row: AssertionRow, reason: string, now: Date) {
  const [updated] = await tx
    .update(assertions)
    .set({ revokedAt: now, revocationReason: reason, revision: sql`${assertions.revision} + 1` })
    .where(and(eq(assertions.id, row.id), isNull(assertions.revokedAt)))
    .returning()
  return updated
}

/** The assertion behind a credential. */
export async function findByCredential(db: Db, credentialId: string): Promise<AssertionRow | undefined> {
  const [row] = await db.select().from(assertions).where(eq(assertions.credentialId, credentialId))
  return row
}

export function presentAssertion(row: AssertionRow, ctx: Context): Assertion {
  return {
    id: row.id,
    status: statusOf(row, ctx.clock()),
    badgeClass: row.badgeClassId,
    badgeClassVersion: row.badgeClassVersion,
    recipient: presentRecipient({ type: row.recipientType, value: row.recipientIdentity }, row.recipientName),
    awardedDate: toSecond(row.awardedAt),
    validFrom: toSecond(row.validFrom),
    ...(row.validUntil ? { validUntil: toSecond(row.validUntil) } : {}),
    ...row.details,
    notified: row.tellIn !== null,
    credentialId: row.credentialId,
    credentialUrl: credentialUrl(ctx.config.publicUrl, row.credentialId),
    ...(row.revokedAt ? { revokedAt: row.revokedAt.toISOString() } : {}),
    ...(row.revocationReason === null ? {} : { revocationReason: row.revocationReason }),
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
  }
}

function statusOf(row: AssertionRow, now: Date): AssertionStatus {
  if (row.revokedAt) return 'revoked'
  return row.validUntil && row.validUntil <= now ? 'expired' : 'active'
}
