import { and, eq, type SQL } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { issuedEntries } from './table.ts'

/** A status entry of a credential that was signed as given. */
export interface IssuedEntry {
  readonly listId: string
  readonly index: number
  readonly credentialId: string | null
}

export async function insertIssuedEntry(db: Db, row: typeof issuedEntries.$inferInsert): Promise<void> {
  await db.insert(issuedEntries).values(row)
}

/** The entries of an issuer's credentials with this id. */
export function findEntriesOfCredential(db: Db, issuerId: string, credentialId: string) {
  return findEntries(db, issuerId, eq(issuedEntries.credentialId, credentialId))
}

/** The entry at this place, where it is one of this issuer's. */
export function findEntriesAt(db: Db, issuerId: string, listId: string, index: number) {
  return findEntries(
    db,
    issuerId,
    and(eq(issuedEntries.statusListId, listId), eq(issuedEntries.index, index)),
  )
}

async function findEntries(db: Db, issuerId: string, condition: SQL | undefined): Promise<IssuedEntry[]> {
  return db
    .select({
      listId: issuedEntries.statusListId,
      index: issuedEntries.index,
      credentialId: issuedEntries.credentialId,
    })
    .from(issuedEntries)
    .where(and(eq(issuedEntries.issuerId, issuerId), condition))
}
