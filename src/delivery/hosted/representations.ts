import { getCredentialForm } from '../../assertions/credential-form.ts'
import type { CredentialForm } from '../../assertions/credential-queries.ts'
import { type AssertionRow, findByCredential, getAssertionById } from '../../assertions/queries.ts'
import { findRendering } from '../../assertions/rendering-queries.ts'
import { getBadgeClassAtVersion } from '../../badge-classes/queries.ts'
import type { Context } from '../../context.ts'
import { CallerError, NotFound } from '../../errors.ts'
import { type Body, toBody } from '../../storage/body-cache.ts'
import type { ProofSuite } from '../../vc/credential.ts'
import { bakedPng, bakedSvg } from '../baking/bake.ts'

const EXTENSIONS = ['json', 'jwt', 'png', 'svg'] as const
export type Extension = (typeof EXTENSIONS)[number]

type WantedForm = Exclude<CredentialForm, 'issued'> | undefined

/**
 * A credential in one representation. JSON and JWT are kept in memory, as a signed form never changes: what can
 * change about a credential is in its status list. Not for use inside a transaction, which may roll back.
 * @throws NotFound; CallerError 406 for a wallet's own credential in another form than that wallet collected
 */
export async function representation(
  ctx: Context,
  id: string,
  extension: Extension,
  proof: ProofSuite | undefined,
): Promise<Body> {
  const form: WantedForm = extension === 'jwt' ? 'vc-jwt' : proof
  if (extension === 'png' || extension === 'svg') {
    const { text, assertion, forms } = await signedText(ctx, id, form)
    const of = assertion ?? ((await findByCredential(ctx.db, id)) as AssertionRow)
    return { ...(await baked(ctx, of, extension, text)), ...(forms ? { forms } : {}) }
  }
  const kept = ctx.credentialBodies.get(id, form ?? 'issued')
  if (kept) return kept
  const { text, forms } = await signedText(ctx, id, form)
  const body = { ...toBody(text), ...(forms ? { forms } : {}) }
  ctx.credentialBodies.set(id, form ?? 'issued', body)
  return body
}

interface Signed {
  readonly text: string
  /** Whose it is, where that was read on the way. */
  readonly assertion?: AssertionRow
  readonly forms?: readonly Extension[]
}

async function signedText(ctx: Context, id: string, form: WantedForm): Promise<Signed> {
  try {
    return { text: (await getCredentialForm(ctx, id, form)).body }
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    return collectedText(ctx, id, form)
  }
}

/** What a wallet collected is there as it was signed for that wallet, and in no other form. */
async function collectedText(ctx: Context, id: string, form: WantedForm): Promise<Signed> {
  const rendering = await findRendering(ctx.db, id)
  if (!rendering) throw new NotFound()
  const isJwt = rendering.format === 'jwt_vc_json'
  const forms: readonly Extension[] = isJwt ? ['jwt'] : ['json', 'png', 'svg']
  const isWanted = isJwt ? form === 'vc-jwt' : form === undefined || hasProof(rendering.body, form)
  if (!isWanted) {
    throw new CallerError(406, 'not-acceptable', {
      params: { types: forms.map((one) => `.${one}`).join(', ') },
    })
  }
  return { text: rendering.body, assertion: await getAssertionById(ctx.db, rendering.assertionId), forms }
}

function hasProof(body: string, form: WantedForm): boolean {
  const { proof } = JSON.parse(body) as { proof: { type: string; cryptosuite?: string }[] }
  return proof.some(({ type, cryptosuite }) => (cryptosuite ?? type) === form)
}

async function baked(
  ctx: Context,
  assertion: AssertionRow,
  extension: 'png' | 'svg',
  text: string,
): Promise<Body> {
  const badge = await getBadgeClassAtVersion(ctx.db, assertion.badgeClassId, assertion.badgeClassVersion)
  return toBody(await (extension === 'png' ? bakedPng : bakedSvg)(ctx.storage, badge, text))
}
