import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Actor } from '../context.ts'
import type { Db } from '../db/db.ts'
import { ownedBy } from '../db/owned.ts'
import { after, newestFirst, type Page, type PageRequest, toPage } from '../db/page.ts'
import { NotFound } from '../errors.ts'
import type { ClaimCodeSet } from './schema.ts'
import { claimCodeSets, claimCodes } from './table.ts'

// The sealed codes are large, and few readers want them.
const { sealedCodes: _sealed, ...columns } = getTableColumns(claimCodeSets)

export type ClaimCodeSetRow = Omit<typeof claimCodeSets.$inferSelect, 'sealedCodes'>

/** @throws NotFound when there is none, or it is not the actor's */
export async function getClaimCodeSet(db: Db, actor: Actor, id: string): Promise<ClaimCodeSetRow> {
  const [row] = await db
    .select(columns)
    .from(claimCodeSets)
    .where(and(eq(claimCodeSets.id, id), ownedBy(actor, claimCodeSets.issuerId)))
  if (!row) throw new NotFound()
  return row
}

/** The sealed codes of a set that there is. */
export async function getSealedCodes(db: Db, id: string): Promise<string> {
  const [row] = await db
    .select({ sealedCodes: claimCodeSets.sealedCodes })
    .from(claimCodeSets)
    .where(eq(claimCodeSets.id, id))
  if (!row) throw new NotFound()
  return row.sealedCodes
}

export async function listClaimCodeSets(
  db: Db,
  badgeClassId: string,
  page: PageRequest,
): Promise<Page<ClaimCodeSet>> {
  const rows = await db
    .select(columns)
    .from(claimCodeSets)
    .where(and(eq(claimCodeSets.badgeClassId, badgeClassId), after(claimCodeSets, page.after)))
    .orderBy(...newestFirst(claimCodeSets))
    .limit(page.limit + 1)
  return toPage(rows, page.limit, presentClaimCodeSet)
}

/** How often each code of a set was used, in their order. */
export async function listUses(db: Db, setId: string): Promise<number[]> {
  const rows = await db
    .select({ uses: claimCodes.uses })
    .from(claimCodes)
    .where(eq(claimCodes.setId, setId))
    .orderBy(asc(claimCodes.number))
  return rows.map(({ uses }) => uses)
}

/** @param hashes of its codes, in their order */
export async function insertClaimCodeSet(
  db: Db,
  set: typeof claimCodeSets.$inferInsert,
  hashes: readonly string[],
): Promise<ClaimCodeSetRow> {
  const [row] = await db.insert(claimCodeSets).values(set).returning(columns)
  await db
    .insert(claimCodes)
    .values(hashes.map((codeHash, i) => ({ setId: set.id, number: i + 1, codeHash })))
  return row!
}

/** Revokes a set of the actor's, once. @returns undefined when there is none that is not revoked */
export async function markRevoked(
  db: Db,
  actor: Actor,
  id: string,
  revokedAt: Date,
): Promise<ClaimCodeSetRow | undefined> {
  const [row] = await db
    .update(claimCodeSets)
    .set({ revokedAt, revision: sql`${claimCodeSets.revision} + 1` })
    .where(
      and(
        eq(claimCodeSets.id, id),
        ownedBy(actor, claimCodeSets.issuerId),
        sql`${claimCodeSets.revokedAt} is null`,
      ),
    )
    .returning(columns)
  return row
}

export function presentClaimCodeSet(row: ClaimCodeSetRow): ClaimCodeSet {
  const { validFrom, validUntil, revokedAt } = row
  return {
    id: row.id,
    badgeClass: row.badgeClassId,
    ...(row.label === null ? {} : { label: row.label }),
    count: row.count,
    usesPerCode: row.usesPerCode,
    maxUses: row.maxUses,
    used: row.used,
    ...(validFrom === null ? {} : { validFrom: validFrom.toISOString() }),
    ...(validUntil === null ? {} : { validUntil: validUntil.toISOString() }),
    ...(revokedAt === null ? {} : { revokedAt: revokedAt.toISOString() }),
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
  }
}
