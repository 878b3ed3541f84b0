import { randomUUID } from 'node:crypto'
import { getBadgeClass } from '../badge-classes/queries.ts'
import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { Conflict, type Fault, Invalid } from '../errors.ts'
import { hashOfCode, newCode } from './code.ts'
import { insertClaimCodeSet, presentClaimCodeSet } from './queries.ts'
import type { ClaimCodeSet, NewClaimCodes } from './schema.ts'

/**
 * Makes claim codes of a badge class, which may still be a draft: cards are printed ahead.
 * @throws NotFound, Invalid, Conflict when the badge class is archived
 */
export async function createClaimCodes(
  ctx: Context,
  actor: Actor,
  badgeClassId: string,
  input: NewClaimCodes,
): Promise<ClaimCodeSet> {
  const { badgeClass } = await getBadgeClass(ctx.db, actor, badgeClassId)
  if (badgeClass.status === 'archived') throw new Conflict('archived')
  const now = ctx.clock()
  assertTimes(input, now)
  const { count, usesPerCode = 1, maxUses = count * usesPerCode, label = null } = input
  const codes = [...distinct(count)]
  const set = {
    id: randomUUID(),
    issuerId: badgeClass.issuerId,
    badgeClassId,
    label,
    count,
    usesPerCode,
    maxUses,
    validFrom: input.validFrom === undefined ? null : new Date(input.validFrom),
    validUntil: input.validUntil === undefined ? null : new Date(input.validUntil),
    sealedCodes: await ctx.sealer.seal(JSON.stringify(codes)),
    createdAt: now,
  }
  const row = await inTransaction(ctx.db, (tx) => insertClaimCodeSet(tx, set, codes.map(hashOfCode)))
  return presentClaimCodeSet(row)
}

function assertTimes({ validFrom, validUntil }: NewClaimCodes, now: Date): void {
  if (validUntil === undefined) return
  const faults: Fault[] = []
  const end = new Date(validUntil)
  if (end <= now) faults.push({ path: '/validUntil', code: 'in-the-past' })
  if (validFrom !== undefined && end <= new Date(validFrom)) {
    faults.push({ path: '/validUntil', code: 'ends-before-start' })
  }
  if (faults.length > 0) throw new Invalid(...faults)
}

function distinct(count: number): Set<string> {
  const codes = new Set<string>()
  while (codes.size < count) codes.add(newCode())
  return codes
}
