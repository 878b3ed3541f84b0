import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { after, newestFirst, type PageRequest, toPage } from '../db/page.ts'
import type { ApiKey } from './schema.ts'
import { apiKeys } from './table.ts'

export async function findKeyByHash(db: Db, keyHash: string) {
  const [row] = await db.select().from(apiKeys).where(eq(apiKeys.keyHash, keyHash))
  return row
}

export async function touchKey(db: Db, id: string, now: Date): Promise<void> {
  await db.update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.id, id))
}

export async function insertApiKey(db: Db, row: typeof apiKeys.$inferInsert): Promise<void> {
  await db.insert(apiKeys).values(row)
}

/** Keys of an issuer that were not revoked, newest first. */
export async function listApiKeys(db: Db, issuerId: string, page: PageRequest) {
  const rows = await db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.issuerId, issuerId), isNull(apiKeys.revokedAt), after(apiKeys, page.after)))
    .orderBy(...newestFirst(apiKeys))
    .limit(page.limit + 1)
  return toPage(rows, page.limit, presentApiKey)
}

/** @returns false when the issuer has no such key */
export async function markKeyRevoked(db: Db, issuerId: string, id: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.issuerId, issuerId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id })
  return rows.length > 0
}

export function presentApiKey(row: typeof apiKeys.$inferSelect): ApiKey {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: row.createdAt.toISOString(),
    ...(row.expiresAt ? { expiresAt: row.expiresAt.toISOString() } : {}),
    ...(row.lastUsedAt ? { lastUsedAt: row.lastUsedAt.toISOString() } : {}),
  }
}
