import { type Award, buildCredential, credentialBase } from '../assertions/credential.ts'
import type { Identity } from '../assertions/recipient.ts'
import type { AssertionDetails } from '../assertions/schema.ts'
import { validityOf } from '../assertions/validity.ts'
import { achievementOf } from '../badge-classes/achievement.ts'
import type { BadgeClassAtVersion } from '../badge-classes/queries.ts'
import type { Context } from '../context.ts'
import { bakedPng, bakedSvg } from '../delivery/baking/bake.ts'
import type { IssuerRow } from '../issuers/queries.ts'
import { verificationMethodOf } from '../keys/active-key.ts'
import { isTooComplex } from '../vc/complexity.ts'
import type { Json, ProofSuite } from '../vc/credential.ts'
import { createEngine } from '../vc/engine/engine.ts'
import { type Constants, layoutOf, valuesOf } from '../vc/engine/layout.ts'
import { signJwt, signVcClaim } from '../vc/jwt.ts'
import { generateKeyPair, type KeyAlgorithm, privateKeyFrom, type SigningKey } from '../vc/keys.ts'
import { toVcdm1 } from '../vc/vcdm1.ts'
import { jwtFaults, pngFaults, proofFaults, svgFaults } from './check-sample.ts'

/**
 * The forms in which a credential leaves the house: two with an embedded proof (VCDM 2.0), the JWT at its own
 * address, the two that are made for wallets of the older data model, and the pictures.
 */
export const SAMPLE_FORMATS = [
  'eddsa-rdfc-2022',
  'Ed25519Signature2020',
  'vc-jwt',
  'ldp_vc_v1',
  'jwt_vc_json',
  'png',
  'svg',
] as const
export type SampleFormat = (typeof SAMPLE_FORMATS)[number]

/** A token is signed with the P-256 key, and nobody canonicalises it. */
export function isToken(format: string): boolean {
  return format === 'vc-jwt' || format === 'jwt_vc_json'
}

/** A credential of a badge in one form, as it would be, and what an independent check finds. */
export interface Sample {
  readonly format: SampleFormat
  readonly bytes: number
  readonly verified: boolean
  /** Why not: JSON Pointers of what breaks the standard, and the reasons of verifiers, in English. */
  readonly faults?: readonly string[]
}

/** Of the values of an Achievement: verifiers, ours too, stop a little beyond, as JSON-LD takes ever longer. */
export const MOST_VALUES = 2400

/** Has the badge so many parts that a proof inside its credentials could not be checked in good time? */
export function hasTooManyParts(badge: BadgeClassAtVersion, publicUrl: string): boolean {
  return isTooComplex(achievementOf(badge, publicUrl), { values: MOST_VALUES, contexts: 1 })
}

interface Made {
  readonly body: string | Buffer
  readonly faults: readonly string[]
}

/** A status entry that stands in no list. */
const NO_ENTRY = { listId: '00000000-0000-4000-8000-000000000000', index: 0 }
const NO_CREDENTIAL = '00000000-0000-4000-8000-000000000001'

/**
 * Makes a credential of a badge in every form, by the code that awards, for a made-up recipient and with keys that
 * are forgotten at once; and has each verified by an independent path. Nothing is stored.
 */
export async function makeSamples(
  ctx: Context,
  issuer: IssuerRow,
  badge: BadgeClassAtVersion,
): Promise<readonly Sample[]> {
  const { publicUrl } = ctx.config
  const signs = throwawayKeys(issuer, publicUrl)
  const base = credentialBase(signs.issuer, badge, publicUrl)
  const build = (identity: Identity) => buildCredential(base, awardTo(identity, badge, ctx.clock()))
  const awarded = build({ type: 'emailAddress', value: 'somebody@example.org' })
  const held = build({ type: 'did', value: `did:key:${generateKeyPair('Ed25519').publicKeyMultibase}` })

  const embed = signEmbedded(base.constants, signs.ed25519, ctx.clock())
  const inSuite: { [suite in ProofSuite]?: ReturnType<typeof embed> } = {}
  const award = (suite: ProofSuite) => (inSuite[suite] ??= embed(awarded, suite))
  const token = async (body: string) => ({ body, faults: jwtFaults(body, signs.p256) })
  const picture = async (bake: typeof bakedPng, faultsOf: typeof pngFaults) => {
    const json = (await award(issuer.proofSuite)).body
    const body = await bake(ctx.storage, badge, json)
    return { body, faults: faultsOf(body, json) }
  }
  const makers: Record<SampleFormat, () => Promise<Made>> = {
    'eddsa-rdfc-2022': () => award('eddsa-rdfc-2022'),
    Ed25519Signature2020: () => award('Ed25519Signature2020'),
    'vc-jwt': async () => token(await signJwt(held, signs.p256)),
    ldp_vc_v1: () => embed(toVcdm1(held), 'Ed25519Signature2020'),
    jwt_vc_json: async () => token(await signVcClaim(toVcdm1(held), signs.p256)),
    png: () => picture(bakedPng, pngFaults),
    svg: () => picture(bakedSvg, svgFaults),
  }
  const isTooMuch = hasTooManyParts(badge, publicUrl)
  const samples: Sample[] = []
  for (const format of SAMPLE_FORMATS) {
    const isSkipped = isTooMuch && !isToken(format)
    samples.push(isSkipped ? tooMuch(format) : await sampleOf(ctx, format, makers[format]))
  }
  return samples
}

/** Signs by an engine of its own: that of the awards keeps what it compiled, and a draft still changes. */
function signEmbedded(constants: Constants, key: SigningKey, created: Date) {
  const engine = createEngine(0)
  return async (document: Json, suite: ProofSuite) => {
    const { key: name, values } = valuesOf(document, constants)
    const [body] = await engine.sign(layoutOf(document, constants, name), [values], { key, suite, created })
    return { body: body!, faults: await proofFaults(body!, key) }
  }
}

/** An award to nobody, with the least that a person could have reached. */
function awardTo(identity: Identity, { version: { content } }: BadgeClassAtVersion, now: Date): Award {
  return {
    credentialId: NO_CREDENTIAL,
    identity,
    recipientName: null,
    validity: validityOf({ recipient: {} }, content.validFor, now),
    details: content.resultDescription ? { results: content.resultDescription.map(resultFor) } : {},
    status: NO_ENTRY,
  }
}

function tooMuch(format: SampleFormat): Sample {
  return { format, bytes: 0, verified: false, faults: [`more than ${MOST_VALUES} values`] }
}

async function sampleOf(ctx: Context, format: SampleFormat, make: () => Promise<Made>): Promise<Sample> {
  try {
    const { body, faults } = await make()
    const bytes = Buffer.byteLength(body)
    return faults.length === 0
      ? { format, bytes, verified: true }
      : { format, bytes, verified: false, faults }
  } catch (error) {
    // What cannot be made cannot be delivered either: that is the answer, and a matter for the operator.
    ctx.log.error({ err: error, format }, 'a sample of a credential cannot be made')
    return { format, bytes: 0, verified: false, faults: [String((error as Error).message).slice(0, 500)] }
  }
}

interface Signs {
  readonly issuer: IssuerRow
  readonly ed25519: SigningKey
  readonly p256: SigningKey
}

/** Keys named as the issuer's are. A did:key is its key: such an issuer gets another name, of the same length. */
function throwawayKeys(issuer: IssuerRow, publicUrl: string): Signs {
  const pairs = { Ed25519: generateKeyPair('Ed25519'), 'P-256': generateKeyPair('P-256') }
  const did = issuer.didMethod === 'key' ? `did:key:${pairs.Ed25519.publicKeyMultibase}` : issuer.did
  const key = (algorithm: KeyAlgorithm): SigningKey => ({
    id: verificationMethodOf(publicUrl, did, pairs[algorithm].publicKeyMultibase),
    controller: did,
    algorithm,
    privateKey: privateKeyFrom(pairs[algorithm].privateJwk),
  })
  return { issuer: { ...issuer, did }, ed25519: key('Ed25519'), p256: key('P-256') }
}

type Description = NonNullable<BadgeClassAtVersion['version']['content']['resultDescription']>[number]

function resultFor(description: Description): NonNullable<AssertionDetails['results']>[number] {
  const { id, resultType, rubricCriterionLevel, requiredValue, allowedValue, valueMin } = description
  return {
    resultDescription: id,
    ...(rubricCriterionLevel ? { achievedLevel: rubricCriterionLevel[0]!.id } : {}),
    ...(resultType === 'Status'
      ? { status: 'Completed' as const }
      : { value: requiredValue ?? allowedValue?.[0] ?? valueMin ?? '1' }),
  }
}
