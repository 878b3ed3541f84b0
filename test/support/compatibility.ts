import type { Compatibility } from '../../src/compatibility/schema.ts'
import { createDraft, type Tenant } from './factories.ts'

/** A draft with an image: a PNG as bytes, an SVG as text, or none. */
export async function createDraftWith(
  tenant: Tenant,
  image: Buffer | string | undefined,
  overrides: object = {},
): Promise<string> {
  const { id } = await createDraft(tenant, overrides)
  if (image === undefined) return id
  const type = typeof image === 'string' ? 'image/svg+xml' : 'image/png'
  await tenant.call('PUT', `/v1/badge-classes/${id}/image`, image, { 'content-type': type })
  return id
}

/** The same, published. */
export async function createBadgeWith(...draft: Parameters<typeof createDraftWith>): Promise<string> {
  const id = await createDraftWith(...draft)
  await draft[0].call('POST', `/v1/badge-classes/${id}/publish`)
  return id
}

/** Which wallets the badge fits, as the service tells it. */
export async function assess(tenant: Tenant, id: string, language = 'en'): Promise<Compatibility> {
  const answer = await tenant.call('GET', `/v1/badge-classes/${id}/compatibility`, undefined, {
    'accept-language': language,
  })
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.body
}

export const familyOf = ({ wallets }: Compatibility, name: string) =>
  wallets.find((one) => one.family === name)!

/** Codes of the reasons, the gravest first. */
export const codesOf = (found: Compatibility, name: string): string[] =>
  familyOf(found, name).reasons.map(({ code }) => code)

/** The families that a badge fits like this. */
export const fitting = ({ wallets }: Compatibility, fits: 'yes' | 'partly' | 'no'): string[] =>
  wallets.filter((one) => one.fits === fits).map((one) => one.family)

/** Families that keep no Open Badges at all. */
export const NEVER = ['europass', 'eudi', 'phone-wallets']
