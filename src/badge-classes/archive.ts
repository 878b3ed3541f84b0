import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { lockBadgeClass, presentBadgeClass, updateBadgeClass } from './queries.ts'
import type { BadgeClass } from './schema.ts'

/**
 * Archives a badge class: it is awarded no more, and whoever holds it keeps it.
 * @throws NotFound
 */
export async function archiveBadgeClass(ctx: Context, actor: Actor, id: string): Promise<BadgeClass> {
  return inTransaction(ctx.db, async (tx) => {
    const { badgeClass, version } = await lockBadgeClass(tx, actor, id)
    const issuer = await getIssuerById(tx, badgeClass.issuerId)
    const archived =
      badgeClass.status === 'archived'
        ? badgeClass
        : await updateBadgeClass(tx, badgeClass, { status: 'archived', updatedAt: ctx.clock() })
    return presentBadgeClass({ badgeClass: archived, version }, issuer.slug, ctx.config.publicUrl)
  })
}
