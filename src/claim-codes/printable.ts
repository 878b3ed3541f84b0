import { type BadgeClassAtVersion, getBadgeClass } from '../badge-classes/queries.ts'
import { requestPage } from '../badge-classes/request-page.ts'
import type { Actor, Context } from '../context.ts'
import { NotFound } from '../errors.ts'
import { grouped } from './code.ts'
import { type ClaimCodeSetRow, getClaimCodeSet, getSealedCodes } from './queries.ts'

/** A code as it is handed out. */
export interface PrintableCode {
  /** Its place in the set, from 1. */
  readonly number: number
  /** In groups of four. */
  readonly code: string
  /** Where its QR code leads. */
  readonly url: string
}

/** A set, its badge class at its newest version, and its codes in their order. */
export interface PrintableSet {
  readonly set: ClaimCodeSetRow
  readonly badge: BadgeClassAtVersion
  readonly codes: readonly PrintableCode[]
}

/** Unseals the codes of a set. @throws NotFound */
export async function getPrintableSet(ctx: Context, actor: Actor, id: string): Promise<PrintableSet> {
  const set = await getClaimCodeSet(ctx.db, actor, id)
  const badge = await getBadgeClass(ctx.db, actor, set.badgeClassId)
  const codes = JSON.parse(await ctx.sealer.unseal(await getSealedCodes(ctx.db, id))) as string[]
  return {
    set,
    badge,
    codes: codes.map((plain, i) => {
      const code = grouped(plain)
      return { number: i + 1, code, url: requestPage(badge, ctx.config.publicUrl, code) }
    }),
  }
}

/** One code of a set. @throws NotFound, also when the set has fewer */
export async function getPrintableCode(
  ctx: Context,
  actor: Actor,
  { id, number }: { id: string; number: number },
): Promise<PrintableCode> {
  const found = (await getPrintableSet(ctx, actor, id)).codes[number - 1]
  if (!found) throw new NotFound()
  return found
}
