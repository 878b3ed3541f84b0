import { ourLanguage, textIn } from '../badge-classes/localized-text.ts'
import type { BadgeClassAtVersion } from '../badge-classes/queries.ts'
import { requestPage } from '../badge-classes/request-page.ts'
import type { BadgeContent } from '../badge-classes/schema.ts'
import type { Context } from '../context.ts'
import { forPrint } from '../images/for-print.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { type Language, say } from '../messages.ts'
import { drawPoster } from './draw-poster.ts'
import { PHRASES } from './phrases.ts'

/**
 * The poster of a published badge class, as a PDF.
 * @param language absent, the badge's own
 */
export async function posterOf(
  ctx: Context,
  { badgeClass, version }: BadgeClassAtVersion,
  language: Language | undefined,
): Promise<Buffer> {
  const { content } = version
  const issuer = await getIssuerById(ctx.db, badgeClass.issuerId)
  const ofReader = language ?? ourLanguage(content.language)
  const png = version.imagePng === null ? undefined : await ctx.storage.get(`images/${version.imagePng}`)
  const form = content.requestForm
  return drawPoster({
    language: ofReader,
    name: content.name,
    description: content.description,
    issuer: issuer.name,
    criteria: criteriaOf(content, ofReader),
    evidenceExamples: (form?.evidenceExamples ?? []).map((text) => textIn(text, ofReader, content.language)),
    image: png ? await forPrint(png) : undefined,
    url: requestPage({ badgeClass, version }, ctx.config.publicUrl),
    isForm: form?.formUrl !== undefined,
    contact: form?.contact ?? issuer.email ?? issuer.url,
    now: ctx.clock(),
  })
}

function criteriaOf({ criteria }: BadgeContent, language: Language): string {
  const { narrative, id } = criteria
  const link = id === undefined ? undefined : say(PHRASES.criteriaAt, language, { url: id })
  return narrative ?? link ?? ''
}
