import type { Context } from '../../context.ts'
import { isClash, isUnavailable } from '../../db/db.ts'
import { together } from '../../together.ts'
import { collectTogether } from './collect-together.ts'
import type { Asked, Collected, Collecting, KnownClaim } from './collecting.ts'

/**
 * Collects the credential of a claim, by whatever protocol. The assertion is locked meanwhile: of wallets that come at
 * once one is the first, and nothing is collected of what is revoked at that moment. The same wallet may come again
 * until the claim ends, and gets the same bytes. Wallets that arrive at once share their statements and their
 * transaction.
 * @throws NotFound; CallerError 410 when the claim has ended or was collected as often as it may, 403 for a wallet
 * to which the credential is not bound or one that did not prove its DID, 409 when the challenge was used meanwhile
 */
export async function collectClaim(
  ctx: Context,
  { id, issuerId, assertionId }: KnownClaim,
  how: Collecting,
): Promise<Collected> {
  const asked = { id, issuerId, assertionId, how }
  return together(ctx, 'collect', asked, (group) => collectGroup(ctx, group))
}

type Outcome = Collected | Error

/** One that cannot be served stops none of the others. */
async function collectGroup(ctx: Context, group: Asked[]): Promise<Outcome[]> {
  const again = (error: unknown) => {
    // A clash ends the transaction around it too: there is no second try inside of one.
    if (isClash(error) && ctx.shared) return collectTogether(ctx, group)
    throw error
  }
  try {
    return await collectTogether(ctx, group).catch(again)
  } catch (error) {
    if (group.length === 1 || isUnavailable(error)) throw error
    const outcomes: Outcome[] = []
    for (const one of group) {
      const [outcome] = await collectTogether(ctx, [one]).catch((reason) => [reason as Error])
      outcomes.push(outcome!)
    }
    return outcomes
  }
}
