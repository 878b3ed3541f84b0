import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { lockBadgeClass, presentBadgeClass, updateBadgeClass, updateDraftVersion } from './queries.ts'
import type { BadgeClass } from './schema.ts'

/**
 * Publishes a badge class: its version is frozen and public, and it can be awarded. An archived one comes
 * back; a published one stays as it is.
 * @throws NotFound
 */
export async function publishBadgeClass(ctx: Context, actor: Actor, id: string): Promise<BadgeClass> {
  return inTransaction(ctx.db, async (tx) => {
    const current = await lockBadgeClass(tx, actor, id)
    const issuer = await getIssuerById(tx, current.badgeClass.issuerId)
    const present = (found: typeof current) => presentBadgeClass(found, issuer.slug, ctx.config.publicUrl)
    if (current.badgeClass.status === 'published') return present(current)

    const now = ctx.clock()
    const version = { ...current.version, publishedAt: current.version.publishedAt ?? now }
    if (current.version.publishedAt === null) await updateDraftVersion(tx, version)
    const badgeClass = await updateBadgeClass(tx, current.badgeClass, { status: 'published', updatedAt: now })
    return present({ badgeClass, version })
  })
}
