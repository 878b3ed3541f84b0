import { getCredentialForm } from '../../assertions/credential-form.ts'
import { type AssertionRow, type CredentialForm, findByCredential } from '../../assertions/queries.ts'
import { getBadgeClassAtVersion } from '../../badge-classes/queries.ts'
import type { Context } from '../../context.ts'
import { type Body, toBody } from '../../storage/body-cache.ts'
import type { ProofSuite } from '../../vc/credential.ts'
import { bakedPng, bakedSvg } from '../baking/bake.ts'

const EXTENSIONS = ['json', 'jwt', 'png', 'svg'] as const
export type Extension = (typeof EXTENSIONS)[number]

/**
 * A credential in one representation. JSON and JWT are kept in memory, as a signed form never changes: what can
 * change about a credential is in its status list. Not for use inside a transaction, which may roll back.
 * @throws NotFound
 */
export async function representation(
  ctx: Context,
  id: string,
  extension: Extension,
  proof: ProofSuite | undefined,
): Promise<Body> {
  if (extension === 'png' || extension === 'svg') return baked(ctx, id, extension, proof)
  const form: Exclude<CredentialForm, 'issued'> | undefined = extension === 'jwt' ? 'vc-jwt' : proof
  const kept = ctx.credentialBodies.get(id, form ?? 'issued')
  if (kept) return kept
  const body = toBody((await getCredentialForm(ctx, id, form)).body)
  ctx.credentialBodies.set(id, form ?? 'issued', body)
  return body
}

async function baked(
  ctx: Context,
  id: string,
  extension: 'png' | 'svg',
  proof: ProofSuite | undefined,
): Promise<Body> {
  const { body } = await getCredentialForm(ctx, id, proof)
  const assertion = (await findByCredential(ctx.db, id)) as AssertionRow
  const badge = await getBadgeClassAtVersion(ctx.db, assertion.badgeClassId, assertion.badgeClassVersion)
  return toBody(await (extension === 'png' ? bakedPng : bakedSvg)(ctx.storage, badge, body))
}
