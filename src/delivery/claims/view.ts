import { getBadgeClassAtVersion } from '../../badge-classes/queries.ts'
import type { Context } from '../../context.ts'
import { linksOf } from './links.ts'
import { endOf, getClaim, type LiveClaim } from './live-claim.ts'
import type { ClaimView } from './pages/claim.ts'
import type { EndedView } from './pages/ended.ts'
import { canRenew } from './renew.ts'

/** What the page of a claim shows that one can collect by. */
export async function viewOf(ctx: Context, live: LiveClaim): Promise<ClaimView> {
  return { live, links: await linksOf(ctx, live), ...(await badgeOf(ctx, live)) }
}

/** The same of one that has ended; undefined when it has not. @throws NotFound */
export async function endedViewOf(ctx: Context, id: string): Promise<EndedView | undefined> {
  const live = await getClaim(ctx, id)
  const now = ctx.clock()
  const code = endOf(live.claim, live.assertion, now)
  if (!code) return undefined
  return { live, code, isRenewable: canRenew(live, now), ...(await badgeOf(ctx, live)) }
}

async function badgeOf(ctx: Context, { assertion }: LiveClaim) {
  const { badgeClassId, badgeClassVersion } = assertion
  const { version } = await getBadgeClassAtVersion(ctx.db, badgeClassId, badgeClassVersion)
  return { badge: version.content.name, image: version.image }
}
