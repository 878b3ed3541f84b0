import { isDeepStrictEqual } from 'node:util'
import type { Actor, Context } from '../context.ts'
import { inTransaction, violatedUnique } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { assertFresh, type Expected } from '../db/revision.ts'
import { Conflict } from '../errors.ts'
import type { AcceptedImage } from '../images/accept.ts'
import { getIssuerById, type IssuerRow } from '../issuers/queries.ts'
import { checkContent } from './check-content.ts'
import { changeForm } from './default-form.ts'
import {
  type BadgeClassAtVersion,
  insertVersion,
  lockBadgeClass,
  presentBadgeClass,
  updateBadgeClass,
  updateDraftVersion,
  type VersionRow,
} from './queries.ts'
import type { BadgeClass, BadgeClassChange, BadgeContent } from './schema.ts'

/**
 * Changes a badge class. A draft changes in place; a published version is frozen, so that its change is
 * published as the next version. A change that changes nothing makes no version.
 * @throws NotFound, Stale, Invalid, Conflict when archived or the slug is taken
 */
export async function changeBadgeClass(
  ctx: Context,
  actor: Actor,
  { id, expected }: { id: string; expected: Expected },
  change: BadgeClassChange | AcceptedImage,
): Promise<BadgeClass> {
  return inTransaction(ctx.db, async (tx) => {
    const current = await lockBadgeClass(tx, actor, id)
    assertFresh(expected, current.badgeClass.revision)
    if (current.badgeClass.status === 'archived') throw new Conflict('archived')
    const issuer = await getIssuerById(tx, current.badgeClass.issuerId)
    const changed = await apply(inside(ctx, tx), current, { change, issuer })
    return presentBadgeClass(changed, issuer.slug, ctx.config.publicUrl)
  })
}

async function apply(
  ctx: Context,
  { badgeClass, version }: BadgeClassAtVersion,
  { change, issuer }: { change: BadgeClassChange | AcceptedImage; issuer: IssuerRow },
): Promise<BadgeClassAtVersion> {
  const slug = 'slug' in change ? (change.slug ?? null) : badgeClass.slug
  const next = nextVersion(version, change, issuer)
  const sameContent = isDeepStrictEqual(next, version)
  if (sameContent && slug === badgeClass.slug) return { badgeClass, version }

  const now = ctx.clock()
  const written = sameContent ? version : await writeVersion(ctx, next, now)
  try {
    const updated = await updateBadgeClass(ctx.db, badgeClass, {
      slug,
      version: written.version,
      updatedAt: now,
    })
    return { badgeClass: updated, version: written }
  } catch (error) {
    if (violatedUnique(error) === undefined) throw error
    throw new Conflict('slug-taken', { slug: String(slug) })
  }
}

function nextVersion(
  version: VersionRow,
  change: BadgeClassChange | AcceptedImage,
  issuer: IssuerRow,
): VersionRow {
  if ('imagePng' in change) return { ...version, ...change }
  const { slug: _, requestForm, ...members } = change
  const form = requestForm ? changeForm(version.content.requestForm, requestForm, issuer) : requestForm
  const changed = { ...version.content, ...members, ...(form === undefined ? {} : { requestForm: form }) }
  const merged = Object.entries(changed).filter(([, value]) => value !== null)
  const content = Object.fromEntries(merged) as BadgeContent
  checkContent(content)
  return { ...version, content }
}

async function writeVersion(ctx: Context, next: VersionRow, now: Date): Promise<VersionRow> {
  if (next.publishedAt === null) {
    await updateDraftVersion(ctx.db, next)
    return next
  }
  const published = { ...next, version: next.version + 1, publishedAt: now }
  await insertVersion(ctx.db, published)
  return published
}
