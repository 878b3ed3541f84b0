import { touchAssertion } from '../../assertions/queries.ts'
import { getBadgeClassAtVersion } from '../../badge-classes/queries.ts'
import type { Context } from '../../context.ts'
import { inTransaction } from '../../db/db.ts'
import { inside } from '../../db/inside.ts'
import { Conflict } from '../../errors.ts'
import { queueMail } from '../../mail/queue-mail.ts'
import { interactionUrl } from './addresses.ts'
import { languageFor } from './language.ts'
import { endOf, getClaim, type LiveClaim } from './live-claim.ts'
import { hasAddress, newClaimRow } from './offer.ts'
import { insertClaims, markRenewed } from './queries.ts'

/**
 * Sends a new link for one that has expired, to the address of the person and to nobody else, so that whoever finds an
 * old link gets nothing by it. Once for each link.
 * @throws NotFound; Conflict where the claim has not expired, or has no address to write to
 */
export async function renewClaim(ctx: Context, id: string): Promise<void> {
  const { claim: seen } = await getClaim(ctx, id)
  await inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const assertion = await touchAssertion(tx, seen.assertionId)
    const live = await getClaim(here, id)
    if (!canRenew(live, ctx.clock()) || !(await markRenewed(tx, id, ctx.clock()))) {
      throw new Conflict('claim-not-renewable', { issuer: live.issuer.name })
    }
    const badge = await getBadgeClassAtVersion(tx, assertion.badgeClassId, assertion.badgeClassVersion)
    const { binding, maxCollections } = live.claim
    const claim = newClaimRow(here, { assertion, badge, input: { binding, maxCollections } })
    await insertClaims(tx, [claim])
    const { publicUrl } = ctx.config
    const { content, imagePng } = badge.version
    await queueMail(here, {
      issuerId: assertion.issuerId,
      about: assertion.id,
      to: assertion.recipientIdentity,
      language: languageFor(assertion, badge),
      template: 'claim-link',
      values: {
        badge: content.name,
        claimUrl: interactionUrl(publicUrl, claim.id),
        expires: claim.expiresAt.toISOString(),
        ...(imagePng === null ? {} : { imageUrl: `${publicUrl}/images/${imagePng}` }),
      },
    })
  })
}

/** A claim with a code is not: the code would have to go out anew, by the way that its issuer chose. */
export function canRenew({ claim, assertion }: LiveClaim, now: Date): boolean {
  const hasExpired = endOf(claim, assertion, now) === 'claim-expired'
  return hasExpired && claim.renewedAt === null && claim.pin === null && hasAddress(assertion)
}
