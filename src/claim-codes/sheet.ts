import type { Actor, Context } from '../context.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { drawSheet } from './draw-sheet.ts'
import { getPrintableSet } from './printable.ts'

/** The codes of a set as cards to be cut out, as a PDF. @throws NotFound */
export async function claimCodesSheet(ctx: Context, actor: Actor, id: string): Promise<Buffer> {
  const { set, badge, codes } = await getPrintableSet(ctx, actor, id)
  const issuer = await getIssuerById(ctx.db, set.issuerId)
  const { name, language = 'fr' } = badge.version.content
  return drawSheet({ name, issuer: issuer.name, language, codes, now: ctx.clock() })
}
