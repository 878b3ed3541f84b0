import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lte, or, type SQL } from 'drizzle-orm'
import type { Actor, Context } from '../context.ts'
import type { Db } from '../db/db.ts'
import { ownedBy } from '../db/owned.ts'
import { after, newestFirst, type Page, type PageRequest, toPage } from '../db/page.ts'
import { NotFound } from '../errors.ts'
import { toSecond } from '../vc/time.ts'
import { credentialUrl } from './credential.ts'
import { type Identity, presentRecipient } from './recipient.ts'
import type { ASSERTION_STATUSES, Assertion } from './schema.ts'
import { assertions, credentials } from './table.ts'

export type AssertionRow = typeof assertions.$inferSelect
export type CredentialRow = typeof credentials.$inferSelect
export type CredentialForm = CredentialRow['form']
type AssertionStatus = (typeof ASSERTION_STATUSES)[number]

export async function insertAssertion(tx: Db, row: AssertionRow, credential: CredentialRow): Promise<void> {
  await tx.insert(assertions).values(row)
  await tx.insert(credentials).values(credential)
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

/** The assertion by which this person holds this badge class, the first if there are several. */
export async function findActiveAssertion(db: Db, badgeClassId: string, { type, value }: Identity) {
  const [row] = await db
    .select({ id: assertions.id })
    .from(assertions)
    .where(
      and(
        eq(assertions.badgeClassId, badgeClassId),
        eq(assertions.recipientType, type),
        eq(assertions.recipientIdentity, value),
        isNull(assertions.revokedAt),
      ),
    )
    .orderBy(asc(assertions.createdAt), asc(assertions.id))
    .limit(1)
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

/** @returns the revoked row; undefined when it was revoked before */
export async function markRevoked(tx: Db, row: AssertionRow, reason: string, now: Date) {
  const [updated] = await tx
    .update(assertions)
    .set({ revokedAt: now, revocationReason: reason, revision: row.revision + 1 })
    .where(and(eq(assertions.id, row.id), isNull(assertions.revokedAt)))
    .returning()
  return updated
}

/** The signed forms among these; one indexed read. */
export async function findCredentials(db: Db, id: string, forms: CredentialForm[]): Promise<CredentialRow[]> {
  return db
    .select()
    .from(credentials)
    .where(and(eq(credentials.id, id), inArray(credentials.form, forms)))
}

/** Stores a form unless another request just did. @returns what is stored now */
export async function storeCredential(db: Db, row: CredentialRow): Promise<CredentialRow> {
  await db.insert(credentials).values(row).onConflictDoNothing()
  const [stored] = await findCredentials(db, row.id, [row.form])
  return stored!
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
    notified: false,
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
