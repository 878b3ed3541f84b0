import { type TSchema, Type } from 'typebox'
import { CREDENTIALS_V1, CREDENTIALS_V2 } from '../contexts.ts'
import { endorsementMembers, Image, Profile } from './profile.ts'
import { extensible, Moment, oneOrMore, optional, typeWith, Uri, Words } from './shapes.ts'
import { AchievementSubject, EndorsementSubject, Evidence } from './subject.ts'

/** The data models that a badge may follow: VCDM 2.0, and 1.1 of the badges issued until 2024. */
type DataModel = 1 | 2

/** The two kinds of credential of OB 3.0. */
export type CredentialKind = 'AchievementCredential' | 'EndorsementCredential'

/** Every version of the context of OB 3.0. */
export const OPEN_BADGES_CONTEXT =
  '^https://purl\\.imsglobal\\.org/spec/ob/v3p0/context(-3\\.\\d\\.\\d)*\\.json$'

/**
 * The classes that name each other: a Profile is endorsed, and who endorses has a Profile. All other classes are
 * inside these.
 */
export function credentialClasses(model: DataModel): Record<CredentialKind | 'Profile', TSchema> {
  return {
    Profile,
    EndorsementCredential: endorsementCredential(model),
    AchievementCredential: achievementCredential(model),
  }
}

/** OB 3.0, section B.1.1. */
function achievementCredential(model: DataModel): TSchema {
  return extensible({
    ...commonMembers(model),
    type: Type.Intersect([
      Type.Array(Type.String(), { contains: { const: 'VerifiableCredential' } }),
      typeWith('AchievementCredential', 'OpenBadgeCredential'),
    ]),
    credentialSubject: AchievementSubject,
    ...endorsementMembers,
    ...optional({ name: Words, image: Image }),
  })
}

/** OB 3.0, section B.1.9. */
function endorsementCredential(model: DataModel): TSchema {
  return extensible({
    ...commonMembers(model),
    type: Type.Intersect([
      Type.Array(Type.String(), { contains: { const: 'VerifiableCredential' } }),
      typeWith('EndorsementCredential'),
    ]),
    name: Words,
    credentialSubject: EndorsementSubject,
  })
}

const Proof = extensible({
  type: Words,
  ...optional({
    created: Moment,
    cryptosuite: Words,
    challenge: Words,
    domain: Words,
    nonce: Words,
    proofPurpose: Words,
    proofValue: Words,
    verificationMethod: Uri,
  }),
})

function commonMembers(model: DataModel) {
  return {
    '@context': contexts(model === 2 ? CREDENTIALS_V2 : CREDENTIALS_V1),
    id: Uri,
    issuer: Type.Union([Uri, Type.Ref('Profile')]),
    ...dates(model),
    ...optional({
      awardedDate: Moment,
      credentialSchema: oneOrMore(extensible({ id: Uri, type: Words })),
      credentialStatus: extensible({ id: Type.Optional(Uri), type: Words }),
      description: Words,
      evidence: oneOrMore(Evidence),
      proof: oneOrMore(Proof),
      refreshService: extensible({ id: Uri, type: Words }),
      termsOfUse: oneOrMore(extensible({ id: Type.Optional(Uri), type: Words })),
    }),
  }
}

/** VCDM 1.1, sections 4.6 and 4.8; VCDM 2.0, section 4.9. */
function dates(model: DataModel): Record<string, TSchema> {
  return model === 2
    ? { validFrom: Moment, validUntil: Type.Optional(Moment) }
    : { issuanceDate: Moment, expirationDate: Type.Optional(Moment) }
}

function contexts(first: string): TSchema {
  const further = Type.Union([Type.String(), extensible({})])
  const ordered = {
    prefixItems: [{ const: first }, { type: 'string', pattern: OPEN_BADGES_CONTEXT }],
  }
  return Type.Array(further, { minItems: 2, ...ordered })
}
