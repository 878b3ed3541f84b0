import { type SQL, sql } from 'drizzle-orm'
import {
  type BadgeClassAtVersion,
  getBadgeClass,
  isUnchanged as isBadgeClassUnchanged,
} from '../badge-classes/queries.ts'
import type { Actor, Context } from '../context.ts'
import { getIssuerById, type IssuerRow, isUnchanged as isIssuerUnchanged } from '../issuers/queries.ts'
import { activeKey, type KeyInUse } from '../keys/active-key.ts'
import { isActive } from '../keys/queries.ts'

/** What is awarded, by whom, and with which key. */
export interface AwardBasis {
  readonly issuer: IssuerRow
  readonly badge: BadgeClassAtVersion
  readonly key: KeyInUse
}

/** @throws NotFound, NoSigningKey */
export async function loadBasis(ctx: Context, actor: Actor, badgeClassId: string): Promise<AwardBasis> {
  const badge = await getBadgeClass(ctx.db, actor, badgeClassId)
  const issuer = await getIssuerById(ctx.db, badge.badgeClass.issuerId)
  return { issuer, badge, key: await activeKey(ctx, issuer, 'Ed25519') }
}

/** A condition: nothing of it was changed since it was loaded. */
export function isStillTrue({ issuer, badge, key }: AwardBasis): SQL {
  return sql`(${isBadgeClassUnchanged(badge.badgeClass)} and ${isIssuerUnchanged(issuer)} and ${isActive(key.rowId)})`
}
