import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../context.ts'
import type { Db } from '../db/db.ts'
import { ownedBy } from '../db/owned.ts'
import { after, newestFirst, type Page, type PageRequest, toPage } from '../db/page.ts'
import { NotFound } from '../errors.ts'
import type { BadgeClass } from './schema.ts'
import { badgeClasses, badgeClassVersions } from './table.ts'

export type BadgeClassRow = typeof badgeClasses.$inferSelect
export type VersionRow = typeof badgeClassVersions.$inferSelect

/** A badge class with one of its versions. */
export interface BadgeClassAtVersion {
  readonly badgeClass: BadgeClassRow
  readonly version: VersionRow
}

const newestVersion = and(
  eq(badgeClassVersions.badgeClassId, badgeClasses.id),
  eq(badgeClassVersions.version, badgeClasses.version),
)

const columns = { badgeClass: badgeClasses, version: badgeClassVersions }

/** A badge class at its newest version. @throws NotFound when there is none, or it is not the actor's */
export async function getBadgeClass(db: Db, actor: Actor, id: string): Promise<BadgeClassAtVersion> {
  const [found] = await db
    .select(columns)
    .from(badgeClasses)
    .innerJoin(badgeClassVersions, newestVersion)
    .where(and(eq(badgeClasses.id, id), ownedBy(actor, badgeClasses.issuerId)))
  if (!found) throw new NotFound()
  return found
}

/** @throws Error: the id comes from a foreign key, so there is one */
export async function getBadgeClassById(db: Db, id: string): Promise<BadgeClassRow> {
  const [row] = await db.select().from(badgeClasses).where(eq(badgeClasses.id, id))
  if (!row) throw new Error(`There is no badge class ${id}`)
  return row
}

/** A condition: the badge class is as this row says. */
export function isUnchanged({ id, revision }: BadgeClassRow): SQL {
  return sql`exists (select 1 from ${badgeClasses} where ${badgeClasses.id} = ${id} and ${badgeClasses.revision} = ${revision})`
}

/** The same, its row locked until the transaction ends. */
export async function lockBadgeClass(tx: Db, actor: Actor, id: string): Promise<BadgeClassAtVersion> {
  const [locked] = await tx
    .select({ id: badgeClasses.id })
    .from(badgeClasses)
    .where(and(eq(badgeClasses.id, id), ownedBy(actor, badgeClasses.issuerId)))
    .for('update')
  if (!locked) throw new NotFound()
  return getBadgeClass(tx, actor, id)
}

/** The badge classes of one issuer, each at its newest version. */
export async function listBadgeClasses(
  db: Db,
  issuer: { id: string; slug: string },
  publicUrl: string,
  { status, slug, page }: { status?: BadgeClassRow['status']; slug?: string; page: PageRequest },
): Promise<Page<BadgeClass>> {
  const rows = await db
    .select({ ...columns, createdAt: badgeClasses.createdAt, id: badgeClasses.id })
    .from(badgeClasses)
    .innerJoin(badgeClassVersions, newestVersion)
    .where(
      and(
        eq(badgeClasses.issuerId, issuer.id),
        status ? eq(badgeClasses.status, status) : undefined,
        slug ? eq(badgeClasses.slug, slug) : undefined,
        after(badgeClasses, page.after),
      ),
    )
    .orderBy(...newestFirst(badgeClasses))
    .limit(page.limit + 1)
  return toPage(rows, page.limit, (row) => presentBadgeClass(row, issuer.slug, publicUrl))
}

/** A published version, the newest by default, as everybody may see it. */
export async function findPublishedVersion(db: Db, id: string, version?: number) {
  const [found] = await db
    .select(columns)
    .from(badgeClasses)
    .innerJoin(
      badgeClassVersions,
      and(
        eq(badgeClassVersions.badgeClassId, badgeClasses.id),
        eq(badgeClassVersions.version, version ?? badgeClasses.version),
      ),
    )
    .where(and(eq(badgeClasses.id, id), isNotNull(badgeClassVersions.publishedAt)))
  return found
}

/** A published badge class at its newest version. @throws NotFound, also for a draft and an archived one */
export async function getPublished(db: Db, id: string): Promise<BadgeClassAtVersion> {
  const [found] = await db
    .select(columns)
    .from(badgeClasses)
    .innerJoin(badgeClassVersions, newestVersion)
    .where(and(eq(badgeClasses.id, id), eq(badgeClasses.status, 'published')))
  if (!found) throw new NotFound()
  return found
}

/** A version that an assertion refers to: there is one. */
export async function getBadgeClassAtVersion(
  db: Db,
  id: string,
  version: number,
): Promise<BadgeClassAtVersion> {
  const [found] = await db
    .select(columns)
    .from(badgeClasses)
    .innerJoin(
      badgeClassVersions,
      and(eq(badgeClassVersions.badgeClassId, badgeClasses.id), eq(badgeClassVersions.version, version)),
    )
    .where(eq(badgeClasses.id, id))
  if (!found) throw new Error(`There is no version ${version} of badge class ${id}`)
  return found
}

export async function insertBadgeClass(
  db: Db,
  badgeClass: typeof badgeClasses.$inferInsert,
  version: typeof badgeClassVersions.$inferInsert,
): Promise<void> {
  await db.insert(badgeClasses).values(badgeClass)
  await db.insert(badgeClassVersions).values(version)
}

export async function updateBadgeClass(db: Db, row: BadgeClassRow, change: Partial<BadgeClassRow>) {
  const [updated] = await db
    .update(badgeClasses)
    .set({ ...change, revision: row.revision + 1 })
    .where(eq(badgeClasses.id, row.id))
    .returning()
  return updated!
}

export async function insertVersion(db: Db, row: VersionRow): Promise<void> {
  await db.insert(badgeClassVersions).values(row)
}

/** Changes a version that is not published yet. */
export async function updateDraftVersion(db: Db, row: VersionRow): Promise<void> {
  const { badgeClassId, version, ...change } = row
  await db
    .update(badgeClassVersions)
    .set(change)
    .where(and(eq(badgeClassVersions.badgeClassId, badgeClassId), eq(badgeClassVersions.version, version)))
}

export function presentBadgeClass(
  { badgeClass, version }: BadgeClassAtVersion,
  issuerSlug: string,
  publicUrl: string,
): BadgeClass {
  return {
    id: badgeClass.id,
    issuer: issuerSlug,
    ...(badgeClass.slug === null ? {} : { slug: badgeClass.slug }),
    status: badgeClass.status,
    version: version.version,
    achievementUrl: achievementUrl(publicUrl, badgeClass.id),
    ...(version.image === null ? {} : { imageUrl: `${publicUrl}/images/${version.image}` }),
    ...version.content,
    ...(version.publishedAt === null ? {} : { publishedAt: version.publishedAt.toISOString() }),
    revision: badgeClass.revision,
    createdAt: badgeClass.createdAt.toISOString(),
    updatedAt: badgeClass.updatedAt.toISOString(),
  }
}

export function achievementUrl(publicUrl: string, badgeClassId: string): string {
  return `${publicUrl}/achievements/${badgeClassId}`
}
