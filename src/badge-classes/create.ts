import { randomUUID } from 'node:crypto'
import type { Actor, Context } from '../context.ts'
import { inTransaction, violatedUnique } from '../db/db.ts'
import { Conflict } from '../errors.ts'
import { getIssuerRow } from '../issuers/queries.ts'
import { checkContent } from './check-content.ts'
import { completeForm } from './default-form.ts'
import { insertBadgeClass, presentBadgeClass } from './queries.ts'
import type { BadgeClass, NewBadgeClass } from './schema.ts'

/**
 * Makes a badge class as a draft: it can be changed freely and nobody sees it.
 * @throws NotFound, Invalid, Conflict when the issuer has a badge class of this slug
 */
export async function createBadgeClass(
  ctx: Context,
  actor: Actor,
  issuerSlug: string,
  input: NewBadgeClass,
): Promise<BadgeClass> {
  const issuer = await getIssuerRow(ctx.db, actor, issuerSlug)
  const { slug = null, requestForm, ...rest } = input
  const content = { ...rest, ...(requestForm ? { requestForm: completeForm(requestForm, issuer) } : {}) }
  checkContent(content)
  const now = ctx.clock()
  const badgeClass = {
    id: randomUUID(),
    issuerId: issuer.id,
    slug,
    status: 'draft' as const,
    version: 1,
    revision: 1,
    createdAt: now,
    updatedAt: now,
  }
  const version = {
    badgeClassId: badgeClass.id,
    version: 1,
    content,
    image: null,
    imagePng: null,
    publishedAt: null,
  }
  try {
    await inTransaction(ctx.db, (tx) => insertBadgeClass(tx, badgeClass, version))
  } catch (error) {
    if (violatedUnique(error) === undefined) throw error
    throw new Conflict('slug-taken', { slug: String(slug) })
  }
  return presentBadgeClass({ badgeClass, version }, issuer.slug, ctx.config.publicUrl)
}
