import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../context.ts'
import type { Db } from '../db/db.ts'
import { isOneOf } from '../db/one-of.ts'
import { ownedBy } from '../db/owned.ts'
import { after, newestFirst, type Page, type PageRequest, toPage } from '../db/page.ts'
import { NotFound } from '../errors.ts'
import type { Issuer } from './schema.ts'
import { issuers } from './table.ts'

export type IssuerRow = typeof issuers.$inferSelect

/** @throws NotFound when there is none, or it is not the actor's */
export async function getIssuerRow(db: Db, actor: Actor, slug: string): Promise<IssuerRow> {
  const [row] = await db
    .select()
    .from(issuers)
    .where(and(eq(issuers.slug, slug), ownedBy(actor, issuers.id)))
  if (!row) throw new NotFound()
  return row
}

/** The same row, locked until the transaction ends. */
export async function lockIssuerRow(tx: Db, actor: Actor, slug: string): Promise<IssuerRow> {
  const [row] = await tx
    .select()
    .from(issuers)
    .where(and(eq(issuers.slug, slug), ownedBy(actor, issuers.id)))
    .for('update')
  if (!row) throw new NotFound()
  return row
}

/** An issuer as everybody may see it. @throws NotFound */
export async function getPublicIssuer(db: Db, slug: string): Promise<IssuerRow> {
  const [row] = await db.select().from(issuers).where(eq(issuers.slug, slug))
  if (!row) throw new NotFound()
  return row
}

/** @throws Error: the id comes from a foreign key, so there is one */
export async function getIssuerById(db: Db, id: string): Promise<IssuerRow> {
  const [row] = await db.select().from(issuers).where(eq(issuers.id, id))
  if (!row) throw new Error(`There is no issuer ${id}`)
  return row
}

export async function findIssuersById(db: Db, ids: readonly string[]): Promise<IssuerRow[]> {
  return db.select().from(issuers).where(isOneOf(issuers.id, ids))
}

export async function findIssuersBySlug(db: Db, slugs: readonly string[]): Promise<IssuerRow[]> {
  return db
    .select()
    .from(issuers)
    .where(inArray(issuers.slug, [...new Set(slugs)]))
}

/** A condition: the issuer is as this row says. */
export function isUnchanged({ id, revision }: IssuerRow): SQL {
  return sql`exists (select 1 from ${issuers} where ${issuers.id} = ${id} and ${issuers.revision} = ${revision})`
}

export async function findIssuerByDid(db: Db, did: string): Promise<IssuerRow | undefined> {
  const [row] = await db.select().from(issuers).where(eq(issuers.did, did))
  return row
}

export async function listIssuers(
  db: Db,
  actor: Actor,
  publicUrl: string,
  page: PageRequest,
): Promise<Page<Issuer>> {
  const rows = await db
    .select()
    .from(issuers)
    .where(and(ownedBy(actor, issuers.id), after(issuers, page.after)))
    .orderBy(...newestFirst(issuers))
    .limit(page.limit + 1)
  return toPage(rows, page.limit, (row) => presentIssuer(row, publicUrl))
}

/** The DIDs of all issuers, by id. */
export async function listDids(db: Db): Promise<Map<string, string>> {
  const rows = await db.select({ id: issuers.id, did: issuers.did }).from(issuers)
  return new Map(rows.map(({ id, did }) => [id, did]))
}

/** How many issuers have a DID under another origin than this prefix. */
export async function countIssuersElsewhere(db: Db, didPrefix: string): Promise<number> {
  return db.$count(
    issuers,
    and(eq(issuers.didMethod, 'web'), sql`not starts_with(${issuers.did}, ${didPrefix})`),
  )
}

export async function insertIssuer(db: Db, row: typeof issuers.$inferInsert): Promise<void> {
  await db.insert(issuers).values(row)
}

export async function updateIssuer(db: Db, row: IssuerRow, change: Partial<IssuerRow>): Promise<IssuerRow> {
  const [updated] = await db
    .update(issuers)
    .set({ ...change, revision: row.revision + 1 })
    .where(eq(issuers.id, row.id))
    .returning()
  return updated!
}

export function presentIssuer(row: IssuerRow, publicUrl: string): Issuer {
  return {
    id: row.id,
    slug: row.slug,
    did: row.did,
    didMethod: row.didMethod,
    proofSuite: row.proofSuite,
    name: row.name,
    url: row.url,
    ...(row.email === null ? {} : { email: row.email }),
    ...(row.description === null ? {} : { description: row.description }),
    ...(row.language === null ? {} : { language: row.language }),
    ...(row.image === null ? {} : { imageUrl: `${publicUrl}/images/${row.image}` }),
    profileUrl: `${publicUrl}/issuers/${row.slug}`,
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}
