import { and, count, eq, gt, inArray, lt, lte, sql } from 'drizzle-orm'
import type { Actor } from '../context.ts'
import type { Db } from '../db/db.ts'
import { ownedBy } from '../db/owned.ts'
import { after, newestFirst, type PageRequest } from '../db/page.ts'
import { NotFound } from '../errors.ts'
import { mails } from './table.ts'

export type MailRow = typeof mails.$inferSelect
type Change = Partial<Pick<MailRow, 'state' | 'attempts' | 'lastError' | 'nextAttemptAt' | 'sentAt'>>

/** What a list of mails is narrowed to. */
interface MailFilter {
  readonly state?: MailRow['state']
  readonly about?: string
}

export async function insertMails(db: Db, rows: (typeof mails.$inferInsert)[]): Promise<void> {
  await db.insert(mails).values(rows)
}

/** @throws NotFound when there is none, or it is not the actor's */
export async function getMail(db: Db, actor: Actor, id: string): Promise<MailRow> {
  const [row] = await db
    .select()
    .from(mails)
    .where(and(eq(mails.id, id), ownedBy(actor, mails.issuerId)))
  if (!row) throw new NotFound()
  return row
}

/** The same row, locked until the transaction ends. */
export async function lockMail(tx: Db, actor: Actor, id: string): Promise<MailRow> {
  const [row] = await tx
    .select()
    .from(mails)
    .where(and(eq(mails.id, id), ownedBy(actor, mails.issuerId)))
    .for('update')
  if (!row) throw new NotFound()
  return row
}

/** Newest first; one row more than the page holds, where there is one. */
export async function listMails(
  db: Db,
  issuerId: string,
  { state, about }: MailFilter,
  page: PageRequest,
): Promise<MailRow[]> {
  return db
    .select()
    .from(mails)
    .where(
      and(
        eq(mails.issuerId, issuerId),
        state ? eq(mails.state, state) : undefined,
        about ? eq(mails.about, about) : undefined,
        after(mails, page.after),
      ),
    )
    .orderBy(...newestFirst(mails))
    .limit(page.limit + 1)
}

/** Everything that was written about requests and assertions, and is still kept; oldest first. */
export async function listMailsAbout(db: Db, about: readonly string[]): Promise<MailRow[]> {
  return db
    .select()
    .from(mails)
    .where(inArray(mails.about, [...about]))
    .orderBy(mails.createdAt, mails.id)
}

/**
 * Takes a queued mail whose time has come, for one attempt: nobody else gets it until `leaseUntil`.
 * @returns undefined when it is not due, or somebody else's
 */
export async function claimMail(
  db: Db,
  id: string,
  { dueBy, leaseUntil }: { dueBy: Date; leaseUntil: Date },
): Promise<MailRow | undefined> {
  const [row] = await db
    .update(mails)
    .set({
      attempts: sql`${mails.attempts} + 1`,
      nextAttemptAt: leaseUntil,
      revision: sql`${mails.revision} + 1`,
    })
    .where(and(eq(mails.id, id), eq(mails.state, 'queued'), lte(mails.nextAttemptAt, dueBy)))
    .returning()
  return row
}

export async function findMail(db: Db, id: string): Promise<MailRow | undefined> {
  const [row] = await db.select().from(mails).where(eq(mails.id, id))
  return row
}

/** Changes a mail unless somebody did since it was read. @returns undefined when somebody did, or erased it */
export async function changeMail(
  db: Db,
  { id, revision }: MailRow,
  change: Change,
): Promise<MailRow | undefined> {
  const [row] = await db
    .update(mails)
    .set({ ...change, revision: revision + 1 })
    .where(and(eq(mails.id, id), eq(mails.revision, revision)))
    .returning()
  return row
}

/**
 * Makes queued mails due that are overdue since `dueBefore`, so that they are overdue no longer; the oldest first.
 * @returns their ids
 */
export async function takeOverdueMails(
  tx: Db,
  { dueBefore, queuedAfter, now, limit }: { dueBefore: Date; queuedAfter: Date; now: Date; limit: number },
): Promise<string[]> {
  const overdue = tx
    .select({ id: mails.id })
    .from(mails)
    .where(
      and(eq(mails.state, 'queued'), gt(mails.createdAt, queuedAfter), lt(mails.nextAttemptAt, dueBefore)),
    )
    .orderBy(mails.createdAt)
    .limit(limit)
    .for('update', { skipLocked: true })
  const rows = await tx
    .update(mails)
    .set({ nextAttemptAt: now, revision: sql`${mails.revision} + 1` })
    .where(inArray(mails.id, overdue))
    .returning({ id: mails.id })
  return rows.map(({ id }) => id)
}

/** Deletes what was sent, failed or given up before. A failed one keeps the time of its last attempt. */
export async function deleteMailsBefore(db: Db, time: Date): Promise<void> {
  await db.delete(mails).where(
    and(
      lt(mails.createdAt, time),
      // A queued one that is so old found no mail server in all that time.
      sql`coalesce(${mails.sentAt}, ${mails.nextAttemptAt}, ${mails.createdAt}) < ${time.toISOString()}`,
    ),
  )
}

/** Erases the mails about a request or an assertion, with all that they say. */
export async function eraseMailsAbout(db: Db, about: string): Promise<void> {
  await db.delete(mails).where(eq(mails.about, about))
}

/** Was such a mail about this put into the outbox after a time? */
export async function hasMailSince(
  db: Db,
  { about, template, since }: { about: string; template: string; since: Date },
): Promise<boolean> {
  const [found] = await db
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.about, about), eq(mails.template, template), gt(mails.createdAt, since)))
    .limit(1)
  return found !== undefined
}

/** How many mails were written to an address since a time. */
export async function countMailsTo(
  db: Db,
  { issuerId, to, since }: { issuerId: string; to: string; since: Date },
): Promise<number> {
  const [found] = await db
    .select({ number: count() })
    .from(mails)
    .where(and(eq(mails.issuerId, issuerId), eq(mails.recipient, to), gt(mails.createdAt, since)))
  return found!.number
}
