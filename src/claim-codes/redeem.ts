import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { type Fault, Invalid } from '../errors.ts'
import { hashOfCode } from './code.ts'
import { claimCodeSets, claimCodes } from './table.ts'

/**
 * Counts one use of a claim code. The code and its set stay locked until the caller's transaction ends, so that
 * however many redeem at once, none goes beyond what they give; what fails afterwards gives the use back.
 * @throws Invalid for a code that is not known or of another badge class, not yet or no longer valid, used up or
 * revoked
 */
export async function redeemClaimCode(
  ctx: Context,
  { badgeClassId, code }: { badgeClassId: string; code: string },
): Promise<void> {
  const { sealedCodes: _, ...setColumns } = getTableColumns(claimCodeSets)
  const [found] = await ctx.db
    .select({ set: setColumns, number: claimCodes.number, uses: claimCodes.uses })
    .from(claimCodes)
    .innerJoin(claimCodeSets, eq(claimCodeSets.id, claimCodes.setId))
    .where(and(eq(claimCodes.codeHash, hashOfCode(code)), eq(claimCodeSets.badgeClassId, badgeClassId)))
    .for('update')
  const fault = found ? faultOf(found, ctx.clock()) : ({ code: 'claim-code-unknown' } as const)
  if (!found || fault) throw new Invalid({ path: '/code', ...fault! })
  const { set, number } = found
  await ctx.db
    .update(claimCodes)
    .set({ uses: sql`${claimCodes.uses} + 1` })
    .where(and(eq(claimCodes.setId, set.id), eq(claimCodes.number, number)))
  await ctx.db
    .update(claimCodeSets)
    .set({ used: sql`${claimCodeSets.used} + 1`, revision: sql`${claimCodeSets.revision} + 1` })
    .where(eq(claimCodeSets.id, set.id))
}

type Found = {
  set: Pick<
    typeof claimCodeSets.$inferSelect,
    'revokedAt' | 'validFrom' | 'validUntil' | 'used' | 'maxUses' | 'usesPerCode'
  >
  uses: number
}

function faultOf({ set, uses }: Found, now: Date): Omit<Fault, 'path'> | undefined {
  const { revokedAt, validFrom, validUntil } = set
  if (revokedAt) return { code: 'claim-code-revoked' }
  if (validFrom && now < validFrom) {
    return { code: 'claim-code-too-early', params: { validFrom: toMinute(validFrom) } }
  }
  if (validUntil && validUntil <= now) {
    return { code: 'claim-code-expired', params: { validUntil: toMinute(validUntil) } }
  }
  if (uses >= set.usesPerCode || set.used >= set.maxUses) return { code: 'claim-code-used-up' }
  return undefined
}

function toMinute(time: Date): string {
  return `${time.toISOString().slice(0, 16)}Z`
}
