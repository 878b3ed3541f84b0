import { and, asc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import type { KeyAlgorithm } from '../vc/keys.ts'
import type { PublishedKey, SigningKeyRecord } from './schema.ts'
import { signingKeys } from './table.ts'

const ofIssuer = (issuerId: string | null): SQL =>
  issuerId === null ? isNull(signingKeys.issuerId) : eq(signingKeys.issuerId, issuerId)

/** @returns false when there is an active key of this kind already */
export async function insertSigningKey(db: Db, row: typeof signingKeys.$inferInsert): Promise<boolean> {
  const rows = await db
    .insert(signingKeys)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: signingKeys.id })
  return rows.length > 0
}

export async function findActiveKey(db: Db, issuerId: string | null, algorithm: KeyAlgorithm) {
  const [row] = await db
    .select()
    .from(signingKeys)
    .where(and(ofIssuer(issuerId), eq(signingKeys.algorithm, algorithm), eq(signingKeys.status, 'active')))
  return row
}

/** A condition: the key with this id signs now. */
export function isActive(id: string): SQL {
  return sql`exists (select 1 from ${signingKeys} where ${signingKeys.id} = ${id} and ${signingKeys.status} = 'active')`
}

export async function retireActiveKeys(db: Db, issuerId: string, now: Date): Promise<void> {
  await db
    .update(signingKeys)
    .set({ status: 'retired', retiredAt: now })
    .where(and(eq(signingKeys.issuerId, issuerId), eq(signingKeys.status, 'active')))
}

/** The public keys of an issuer (null: of the service), retired ones too, oldest first. */
export async function listPublishedKeys(db: Db, issuerId: string | null): Promise<PublishedKey[]> {
  return db
    .select({
      algorithm: signingKeys.algorithm,
      publicKeyMultibase: signingKeys.publicKeyMultibase,
      publicJwk: signingKeys.publicJwk,
    })
    .from(signingKeys)
    .where(ofIssuer(issuerId))
    .orderBy(asc(signingKeys.createdAt), asc(signingKeys.algorithm))
}

/** Every issuer's public keys, for the JWKS of the whole origin. */
export async function listAllPublishedKeys(db: Db) {
  return db
    .select({
      issuerId: signingKeys.issuerId,
      algorithm: signingKeys.algorithm,
      publicKeyMultibase: signingKeys.publicKeyMultibase,
      publicJwk: signingKeys.publicJwk,
    })
    .from(signingKeys)
    .where(isNotNull(signingKeys.issuerId))
    .orderBy(asc(signingKeys.createdAt), asc(signingKeys.algorithm))
}

export async function findPublishedKey(db: Db, publicKeyMultibase: string) {
  const [row] = await db
    .select({
      issuerId: signingKeys.issuerId,
      publicJwk: signingKeys.publicJwk,
      algorithm: signingKeys.algorithm,
    })
    .from(signingKeys)
    .where(eq(signingKeys.publicKeyMultibase, publicKeyMultibase))
  return row
}

export async function listSigningKeys(db: Db, issuerId: string): Promise<SigningKeyRecord[]> {
  const rows = await db
    .select()
    .from(signingKeys)
    .where(eq(signingKeys.issuerId, issuerId))
    .orderBy(asc(signingKeys.createdAt), asc(signingKeys.algorithm))
  return rows.map((row) => ({
    id: row.id,
    algorithm: row.algorithm,
    publicKeyMultibase: row.publicKeyMultibase,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    ...(row.retiredAt ? { retiredAt: row.retiredAt.toISOString() } : {}),
  }))
}
