import { randomUUID } from 'node:crypto'
import { getBadgeClassAtVersion } from '../badge-classes/queries.ts'
import type { Context } from '../context.ts'
import { getIssuerById, type IssuerRow } from '../issuers/queries.ts'
import { activeKey } from '../keys/active-key.ts'
import { BETWEEN } from '../signing/signer.ts'
import type { StatusEntry } from '../status-lists/allocate.ts'
import type { ProofSuite, UnsignedCredential } from '../vc/credential.ts'
import { layoutOf, valuesOf } from '../vc/engine/layout.ts'
import { selfCheckToken } from '../vc/engine/self-check.ts'
import { signVcClaim } from '../vc/jwt.ts'
import { toVcdm1 } from '../vc/vcdm1.ts'
import { buildCredential, type CredentialBase, credentialBase } from './credential.ts'
import type { AssertionRow } from './queries.ts'
import type { CredentialFormat } from './schema.ts'

/** A credential for one holder, before it is signed. */
export interface Rendering {
  readonly assertion: AssertionRow
  readonly format: CredentialFormat
  readonly subject: string | undefined
  readonly status: StatusEntry
  readonly credentialId: string
}

/** What the renderings of one badge version have in common. */
export interface RenderBasis {
  readonly issuer: IssuerRow
  readonly base: CredentialBase
}

/** @throws NotFound */
export async function loadRenderBasis(ctx: Context, assertion: AssertionRow): Promise<RenderBasis> {
  const { issuerId, badgeClassId, badgeClassVersion } = assertion
  const issuer = await getIssuerById(ctx.db, issuerId)
  const badge = await getBadgeClassAtVersion(ctx.db, badgeClassId, badgeClassVersion)
  return { issuer, base: credentialBase(issuer, badge, ctx.config.publicUrl) }
}

/**
 * Signs renderings of one badge version with the keys that are active now, those of one layout together.
 * @returns for each the JSON or the compact JWS, in their order
 */
export async function signRenderings(
  ctx: Context,
  basis: RenderBasis,
  renderings: readonly Rendering[],
): Promise<string[]> {
  const bodies = new Map<Rendering, string>()
  const embedded = renderings.filter(({ format }) => format !== 'jwt_vc_json')
  const layouts = Map.groupBy(
    embedded.map((rendering) => {
      const document = documentOf(basis.base, rendering)
      const unsigned = rendering.format === 'ldp_vc_v1' ? toVcdm1(document) : document
      const { key, values } = valuesOf(unsigned, basis.base.constants)
      return { rendering, unsigned, key, values }
    }),
    ({ key, rendering }) => `${rendering.format} ${key}`,
  )
  for (const group of layouts.values()) {
    const { rendering, unsigned, key } = group[0]!
    const isOld = rendering.format === 'ldp_vc_v1'
    const suite: ProofSuite = isOld ? 'Ed25519Signature2020' : basis.issuer.proofSuite
    const options = { key: await activeKey(ctx, basis.issuer, 'Ed25519'), suite, created: ctx.clock() }
    const layout = layoutOf(unsigned, basis.base.constants, key)
    const signed = await ctx.signer.sign({ layout, rows: group.map(({ values }) => values), options })
    const texts = Buffer.from(signed).toString().split(BETWEEN)
    for (const [i, one] of group.entries()) bodies.set(one.rendering, texts[i]!)
  }
  for (const rendering of renderings.filter(({ format }) => format === 'jwt_vc_json')) {
    bodies.set(rendering, await signToken(ctx, basis, rendering))
  }
  return renderings.map((rendering) => bodies.get(rendering)!)
}

async function signToken(ctx: Context, { issuer, base }: RenderBasis, rendering: Rendering): Promise<string> {
  const document = documentOf(base, rendering)
  // `sub` is required: without a holder a name of no meaning stands there.
  const id = document.credentialSubject.id ?? `urn:uuid:${randomUUID()}`
  const credential = toVcdm1({ ...document, credentialSubject: { id, ...document.credentialSubject } })
  const key = await activeKey(ctx, issuer, 'P-256')
  const token = await signVcClaim(credential, key)
  await selfCheckToken(token, credential, key)
  return token
}

/** A wallet's DID takes the place of the hashed address: whoever shows the badge need not show that too. */
function documentOf(base: CredentialBase, rendering: Rendering): UnsignedCredential {
  const { assertion, credentialId, subject, status } = rendering
  return buildCredential(base, {
    credentialId,
    identity:
      subject === undefined
        ? { type: assertion.recipientType, value: assertion.recipientIdentity }
        : { type: 'did', value: subject },
    recipientName: assertion.recipientName,
    validity: assertion,
    details: assertion.details,
    status,
  })
}
