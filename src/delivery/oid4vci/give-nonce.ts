import type { Context } from '../../context.ts'
import { NotFound } from '../../errors.ts'
import { findIssuersBySlug } from '../../issuers/queries.ts'
import { together } from '../../together.ts'
import { nonceMembers } from './nonce.ts'

/**
 * A fresh nonce for whoever asks an issuer (OpenID4VCI 1.0, section 7).
 * @throws NotFound when there is no such issuer
 */
export async function giveNonce(ctx: Context, slug: string) {
  const isKnown = await together(ctx, 'issuers', slug, async (slugs) => {
    const known = new Set((await findIssuersBySlug(ctx.db, slugs)).map((issuer) => issuer.slug))
    return slugs.map((one) => known.has(one))
  })
  if (!isKnown) throw new NotFound()
  return nonceMembers(ctx, slug)
}
