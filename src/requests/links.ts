import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { and, eq, gt, inArray } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { requestLinks } from './table.ts'

export type RequestLink = typeof requestLinks.$inferSelect
export type LinkKind = RequestLink['kind']

/** Which request, and what opens it. */
export interface ByToken {
  readonly id: string
  readonly token: string | undefined
}

/** What opens one request to somebody without an account. */
interface NewLink {
  readonly requestId: string
  readonly kind: LinkKind
  /** Whom a reviewer's link is given to. */
  readonly holder?: string
  readonly expiresAt?: Date | null
  readonly now: Date
}

/**
 * Makes a link's token: 256 random bits, of which the database keeps the SHA-256 alone.
 * @returns the token, which nobody can be shown again
 */
export async function createLink(
  db: Db,
  { requestId, kind, holder, expiresAt, now }: NewLink,
): Promise<string> {
  const token = `ecr_${randomBytes(32).toString('base64url')}`
  await db.insert(requestLinks).values({
    id: randomUUID(),
    requestId,
    kind,
    tokenHash: hashOf(token),
    holder: holder ?? null,
    expiresAt: expiresAt ?? null,
    createdAt: now,
  })
  return token
}

/** The link that a token is of; undefined when there is none of this kind. */
export async function findLink(db: Db, kind: LinkKind, token: string): Promise<RequestLink | undefined> {
  const [link] = await db
    .select()
    .from(requestLinks)
    .where(and(eq(requestLinks.tokenHash, hashOf(token)), eq(requestLinks.kind, kind)))
  return link
}

/** Was such a link made after this moment? */
export async function hasLinkSince(db: Db, requestId: string, kind: LinkKind, since: Date): Promise<boolean> {
  const [link] = await db
    .select({ id: requestLinks.id })
    .from(requestLinks)
    .where(
      and(
        eq(requestLinks.requestId, requestId),
        eq(requestLinks.kind, kind),
        gt(requestLinks.createdAt, since),
      ),
    )
    .limit(1)
  return link !== undefined
}

/** Links of these kinds open nothing any more. */
export async function deleteLinks(db: Db, requestId: string, kinds: LinkKind[]): Promise<void> {
  await db
    .delete(requestLinks)
    .where(and(eq(requestLinks.requestId, requestId), inArray(requestLinks.kind, kinds)))
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
