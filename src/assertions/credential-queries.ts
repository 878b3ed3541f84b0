import { and, eq, inArray } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { isOneOf } from '../db/one-of.ts'
import { credentials } from './table.ts'

export type CredentialRow = typeof credentials.$inferSelect
export type CredentialForm = CredentialRow['form']

/** The signed forms among these; one indexed read. */
export async function findCredentials(db: Db, id: string, forms: CredentialForm[]): Promise<CredentialRow[]> {
  return db
    .select()
    .from(credentials)
    .where(and(eq(credentials.id, id), inArray(credentials.form, forms)))
}

/** The credentials as they were signed at their awards, by the ids of the credentials. */
export async function findIssuedBodies(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: credentials.id, body: credentials.body })
    .from(credentials)
    .where(and(isOneOf(credentials.id, ids), eq(credentials.form, 'issued')))
  return new Map(rows.map(({ id, body }) => [id, body]))
}

/** Stores a form unless another request just did. @returns what is stored now */
export async function storeCredential(db: Db, row: CredentialRow): Promise<CredentialRow> {
  await db.insert(credentials).values(row).onConflictDoNothing()
  const [stored] = await findCredentials(db, row.id, [row.form])
  return stored!
}
