import { getBadgeClass } from '../badge-classes/queries.ts'
import type { Actor, Context } from '../context.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { type Language, say } from '../messages.ts'
import { gatherFacts } from './facts.ts'
import { REASONS } from './messages.ts'
import { fitnessOf } from './reasons.ts'
import type { Compatibility } from './schema.ts'
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
  return {
    badgeClassId: id,
    version: badge.version.version,
    status: badge.badgeClass.status,
    samples: facts.samples.map(({ faults, ...sample }) => ({
      ...sample,
      ...(faults ? { faults: [...faults] } : {}),
    })),
    wallets: WALLET_FAMILIES.map((family) => {
      const { fits, formats, reasons } = fitnessOf(family, facts)
      return {
        family: family.family,
        name: typeof family.name === 'string' ? family.name : family.name[language],
        fits,
        protocols: [...family.protocols],
        formats: [...formats],
        reasons: reasons.map(({ code, severity, params }) => ({
          code,
          severity,
          message: say(REASONS[code], language, params),
        })),
      }
    }),
  }
}
