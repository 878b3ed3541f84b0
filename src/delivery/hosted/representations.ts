import { getCredentialForm } from '../../assertions/credential-form.ts'
import { type AssertionRow, type CredentialForm, findByCredential } from '../../assertions/queries.ts'
import { getBadgeClassAtVersion } from '../../badge-classes/queries.ts'
import type { Context } from '../../context.ts'
import type { ProofSuite } from '../../vc/credential.ts'
import { bakedPng, bakedSvg } from '../baking/bake.ts'

const EXTENSIONS = ['json', 'jwt', 'png', 'svg'] as const
export type Extension = (typeof EXTENSIONS)[number]

/** The bytes of a credential in one representation. @throws NotFound */
export async function representation(
  ctx: Context,
  id: string,
  extension: Extension,
  proof: ProofSuite | undefined,
): Promise<Buffer> {
  const form: Exclude<CredentialForm, 'issued'> | undefined = extension === 'jwt' ? 'vc-jwt' : proof
  const { body } = await getCredentialForm(ctx, id, form)
  if (extension === 'json' || extension === 'jwt') return Buffer.from(body)
  const assertion = (await findByCredential(ctx.db, id)) as AssertionRow
  const badge = await getBadgeClassAtVersion(ctx.db, assertion.badgeClassId, assertion.badgeClassVersion)
  return extension === 'png' ? bakedPng(ctx.storage, badge, body) : bakedSvg(ctx.storage, badge, body)
}
