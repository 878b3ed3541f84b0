import { setImmediate as nextTurn } from 'node:timers/promises'
import { credentialUrl } from '../../assertions/credential.ts'
import { type AssertionRow, takeUntold } from '../../assertions/queries.ts'
import { type BadgeClassAtVersion, getBadgeClassAtVersion } from '../../badge-classes/queries.ts'
import type { Context } from '../../context.ts'
import { inTransaction } from '../../db/db.ts'
import { inside } from '../../db/inside.ts'
import { type NewMail, queueMails } from '../../mail/queue-mails.ts'
import { interactionUrl } from './addresses.ts'
import { newClaimRow } from './offer.ts'
import { type ClaimRow, insertClaims } from './queries.ts'

/** People of one transaction: on the embedded database requests wait for it. */
const AT_ONCE = 100

/**
 * Makes a claim for everybody who is to be told of an award and was not yet, and mails them its link, in the language
 * that the award asks for. Claims and mails are there exactly when the award is noted as told, so that whatever
 * happens in between, each person is written to once. Safe beside another process that does the same.
 * @param signal fires when this process stops; what is left waits for the next run
 */
export async function tellAwarded(ctx: Context, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted && (await tellSome(ctx)) > 0) {
    // Requests that came in meanwhile are answered first.
    await nextTurn()
  }
}

/** @returns how many were taken */
async function tellSome(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const taken = await takeUntold(tx, AT_ONCE, ctx.clock())
    const told = taken.filter(({ revokedAt }) => revokedAt === null)
    const badges = await badgesOf(here, told)
    const tellings = told.map((assertion) => {
      const badge = badges.get(nameOf(assertion))!
      return { assertion, badge, claim: newClaimRow(here, { assertion, badge }) }
    })
    await insertClaims(
      tx,
      tellings.map(({ claim }) => claim),
    )
    await queueMails(
      here,
      tellings.map((telling) => mailOf(telling, ctx.config.publicUrl)),
    )
    return taken.length
  })
}

/** Each badge of the group is read once. */
async function badgesOf(
  ctx: Context,
  rows: readonly AssertionRow[],
): Promise<Map<string, BadgeClassAtVersion>> {
  const badges = new Map<string, BadgeClassAtVersion>()
  for (const row of rows) {
    if (badges.has(nameOf(row))) continue
    badges.set(nameOf(row), await getBadgeClassAtVersion(ctx.db, row.badgeClassId, row.badgeClassVersion))
  }
  return badges
}

function nameOf({ badgeClassId, badgeClassVersion }: AssertionRow): string {
  return `${badgeClassId}@${badgeClassVersion}`
}

interface Telling {
  readonly assertion: AssertionRow
  readonly badge: BadgeClassAtVersion
  readonly claim: ClaimRow
}

function mailOf({ assertion, badge, claim }: Telling, publicUrl: string): NewMail {
  const { content, imagePng } = badge.version
  return {
    issuerId: assertion.issuerId,
    about: assertion.id,
    to: assertion.recipientIdentity,
    language: assertion.tellIn!,
    template: 'badge-awarded',
    values: {
      badge: content.name,
      ...(assertion.recipientName === null ? {} : { name: assertion.recipientName }),
      credentialUrl: credentialUrl(publicUrl, assertion.credentialId),
      claimUrl: interactionUrl(publicUrl, claim.id),
      expires: claim.expiresAt.toISOString(),
      ...(imagePng === null ? {} : { imageUrl: `${publicUrl}/images/${imagePng}` }),
    },
  }
}
