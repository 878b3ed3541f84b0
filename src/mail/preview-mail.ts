import type { Context } from '../context.ts'
import type { IssuerRow } from '../issuers/queries.ts'
import type { Language } from '../messages.ts'
import type { TemplateName } from './templates/letter.ts'
import { type Rendered, renderMail } from './templates/render.ts'
import { samplesOf } from './templates/samples.ts'

/** A template as this issuer's mail, filled with samples; the issuer's picture stands for a badge's. */
export function previewMail(
  ctx: Context,
  issuer: IssuerRow,
  template: TemplateName,
  language: Language,
): Rendered {
  const { publicUrl } = ctx.config
  const imageUrl = issuer.image === null ? undefined : `${publicUrl}/images/${issuer.image}`
  const samples = samplesOf(language, { publicUrl, now: ctx.clock(), ...(imageUrl ? { imageUrl } : {}) })
  return renderMail({ template, values: samples[template], language, sender: issuer.name })
}
