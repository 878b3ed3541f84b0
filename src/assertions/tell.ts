import { ourLanguage } from '../badge-classes/localized-text.ts'
import type { Context } from '../context.ts'
import { queueMail } from '../mail/queue-mail.ts'
import type { AwardBasis } from './basis.ts'
import { credentialUrl } from './credential.ts'
import { type AssertionRow, markNotified } from './queries.ts'

/**
 * Writes to the people of assertions that were just stored, in the badge's language.
 * @param ctx inside the transaction that stored them
 */
export async function tellAwarded(
  ctx: Context,
  { issuer, badge: { version } }: AwardBasis,
  rows: readonly AssertionRow[],
): Promise<void> {
  const { publicUrl } = ctx.config
  const { content, imagePng } = version
  if (rows.length === 0) return
  await markNotified(
    ctx.db,
    rows.map(({ id }) => id),
  )
  for (const row of rows) {
    await queueMail(ctx, {
      issuerId: issuer.id,
      about: row.id,
      to: row.recipientIdentity,
      language: ourLanguage(content.language),
      template: 'badge-awarded',
      values: {
        badge: content.name,
        ...(row.recipientName === null ? {} : { name: row.recipientName }),
        credentialUrl: credentialUrl(publicUrl, row.credentialId),
        ...(imagePng === null ? {} : { imageUrl: `${publicUrl}/images/${imagePng}` }),
      },
    })
  }
}
