import { type Static, Type } from 'typebox'
import { achievementUrl } from '../badge-classes/queries.ts'
import type { Context } from '../context.ts'
import { Closed, HttpUrl } from '../fields.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { type FormOfRequest, getForm } from './form.ts'
import type { RequestRow } from './queries.ts'
import { REQUEST_STATES, ReferentAnswer } from './schema.ts'

export const Attestation = Closed({
  badge: Closed({
    name: Type.String(),
    description: Type.String(),
    achievementUrl: HttpUrl,
    imageUrl: Type.Optional(HttpUrl),
  }),
  applicant: Type.String(),
  structure: Type.Optional(Type.String()),
  issuer: Closed({ name: Type.String() }),
  state: Type.Enum([...REQUEST_STATES]),
  answer: Type.Optional(ReferentAnswer),
})
/** What the accompanying professional is asked: no more of the request than it takes to answer. */
export type Attestation = Static<typeof Attestation>

export async function presentAttestation(
  ctx: Context,
  row: RequestRow,
): Promise<{ attestation: Attestation; form: FormOfRequest }> {
  const form = await getForm(ctx.db, row)
  const { name } = await getIssuerById(ctx.db, row.issuerId)
  const { publicUrl } = ctx.config
  const attestation: Attestation = {
    badge: {
      name: form.content.name,
      description: form.content.description,
      achievementUrl: achievementUrl(publicUrl, row.badgeClassId),
      ...(form.image === null ? {} : { imageUrl: `${publicUrl}/images/${form.image}` }),
    },
    applicant: row.name ?? '',
    ...(row.structureName === null ? {} : { structure: row.structureName }),
    issuer: { name },
    state: row.state,
    ...(row.referentAnswer === null ? {} : { answer: row.referentAnswer }),
  }
  return { attestation, form }
}
