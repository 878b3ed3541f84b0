import { getBadgeClass } from '../badge-classes/queries.ts'
import type { Actor, Context } from '../context.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { sayTypeset } from '../markup/say-typeset.ts'
import type { Language } from '../messages.ts'
import { gatherFacts } from './facts.ts'
import { AS_TOLD_ABOVE, REASONS } from './messages.ts'
import { fitnessOf, type Reason } from './reasons.ts'
import type { Compatibility } from './schema.ts'
import { isForAll, reasonsForAll } from './told-once.ts'
import { WALLET_FAMILIES } from './wallets.ts'

/**
 * Tells of each family of wallets whether a credential of this badge, as it is now, fits it, and why not. Samples in
 * every form are made for that and verified by an independent path; nothing is stored.
 * @throws NotFound
 */
export async function assessBadge(
  ctx: Context,
  actor: Actor,
  { id, language }: { id: string; language: Language },
): Promise<Compatibility> {
  const badge = await getBadgeClass(ctx.db, actor, id)
  const issuer = await getIssuerById(ctx.db, badge.badgeClass.issuerId)
  const facts = await gatherFacts(ctx, issuer, badge)
  const judged = WALLET_FAMILIES.map((family) => ({ ...fitnessOf(family, facts), family }))
  return {
    badgeClassId: id,
    version: badge.version.version,
    status: badge.badgeClass.status,
    samples: facts.samples.map(({ faults, ...sample }) => ({
      ...sample,
      ...(faults ? { faults: [...faults] } : {}),
    })),
    general: reasonsForAll(judged.flatMap(({ reasons }) => reasons)).map((one) => tellReason(one, language)),
    wallets: judged.map(({ family, fits, formats, reasons }) => ({
      family: family.family,
      name: typeof family.name === 'string' ? family.name : family.name[language],
      fits,
      protocols: [...family.protocols],
      formats: [...formats],
      reasons: tellReasons(reasons, language),
    })),
  }
}

/** What is told above all families is named again only where it keeps the badge out of one. */
function tellReasons(reasons: readonly Reason[], language: Language) {
  return reasons
    .filter((one) => !isForAll(one) || one.severity !== 'note')
    .map((one) => ({
      ...tellReason(one, language),
      ...(isForAll(one) ? { message: sayTypeset(AS_TOLD_ABOVE, language) } : {}),
    }))
}

function tellReason({ code, severity, params }: Reason, language: Language) {
  return { code, severity, message: sayTypeset(REASONS[code], language, params) }
}
