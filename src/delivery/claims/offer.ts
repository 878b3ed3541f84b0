import { randomUUID } from 'node:crypto'
import { type AssertionRow, getAssertionRow, touchAssertion } from '../../assertions/queries.ts'
import {
  type BadgeClassAtVersion,
  findPublishedVersion,
  getBadgeClassAtVersion,
} from '../../badge-classes/queries.ts'
import type { Actor, Context } from '../../context.ts'
import { inTransaction } from '../../db/db.ts'
import { inside } from '../../db/inside.ts'
import { Conflict, Invalid } from '../../errors.ts'
import { FORMATS } from '../../fields.ts'
import { getIssuerById } from '../../issuers/queries.ts'
import { queueMail } from '../../mail/queue-mail.ts'
import { languageFor } from './language.ts'
import { lifetimeOf } from './lifetime.ts'
import { linksOf } from './links.ts'
import { newPin, pinMac } from './pin.ts'
import { presentClaim } from './present.ts'
import { type ClaimRow, insertClaims } from './queries.ts'
import type { ClaimOffer, NewClaim } from './schema.ts'

/**
 * Offers an assertion for collection.
 * @returns the claim with all its links; a code that is to be returned stands there this once
 * @throws NotFound; Conflict when the assertion is revoked; Invalid where a code cannot be mailed
 */
export async function offerClaim(
  ctx: Context,
  actor: Actor,
  assertionId: string,
  input: NewClaim,
): Promise<ClaimOffer> {
  return inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const { id } = await getAssertionRow(tx, actor, assertionId)
    const assertion = await touchAssertion(tx, id)
    if (assertion.revokedAt) throw new Conflict('assertion-revoked')
    const badge = await getBadgeClassAtVersion(tx, assertion.badgeClassId, assertion.badgeClassVersion)
    if (input.pin === 'mailed' && !hasAddress(assertion)) {
      throw new Invalid({ path: '/pin', code: 'pin-needs-address' })
    }
    const code = input.pin === undefined ? undefined : newPin()
    const current = await findPublishedVersion(tx, assertion.badgeClassId)
    const claim = newClaimRow(here, { assertion, badge: current ?? badge, input, code })
    await insertClaims(tx, [claim])
    if (input.pin === 'mailed') await mailCode(here, { assertion, badge, claim, code: code! })
    const issuer = await getIssuerById(tx, assertion.issuerId)
    const live = { claim, collections: [], assertion, issuer, holder: undefined }
    return {
      ...presentClaim(live, ctx.clock(), actor),
      id: claim.id,
      ...(await linksOf(here, live)),
      ...(input.pin === 'returned' ? { pin: code! } : {}),
    }
  })
}

interface Offering {
  readonly assertion: AssertionRow
  readonly badge: BadgeClassAtVersion
  readonly input?: NewClaim
  readonly code?: string | undefined
}

/** A claim that nobody has collected by yet. What is not said is as the badge class asks, once, for seven days. */
export function newClaimRow(ctx: Context, { assertion, badge, input = {}, code }: Offering): ClaimRow {
  const id = randomUUID()
  const now = ctx.clock()
  return {
    id,
    issuerId: assertion.issuerId,
    assertionId: assertion.id,
    binding: input.binding ?? badge.version.content.claimBinding ?? 'did',
    pin: input.pin ?? null,
    pinMac: code === undefined ? null : pinMac(ctx, id, code),
    pinAttempts: 0,
    maxCollections: input.maxCollections ?? 1,
    sequence: 0,
    begunAt: null,
    expiresAt: new Date(now.getTime() + lifetimeOf(input.expiresIn)),
    withdrawnAt: null,
    withdrawal: null,
    renewedAt: null,
    createdAt: now,
  }
}

/** Is there an address to write to? */
export function hasAddress({ recipientType, recipientIdentity }: AssertionRow): boolean {
  return recipientType === 'emailAddress' && FORMATS.email!(recipientIdentity)
}

/** The code goes its own way, never with the link (OpenID4VCI 1.0, section 13.6: transaction code). */
async function mailCode(
  ctx: Context,
  { assertion, badge, claim, code }: Offering & { claim: ClaimRow; code: string },
): Promise<void> {
  await queueMail(ctx, {
    issuerId: assertion.issuerId,
    about: assertion.id,
    to: assertion.recipientIdentity,
    language: languageFor(assertion, badge),
    template: 'claim-code',
    values: { badge: badge.version.content.name, code, expires: claim.expiresAt.toISOString() },
  })
}
