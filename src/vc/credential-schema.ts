import { type TSchema, Type } from 'typebox'
import { DateTime } from '../fields.ts'

// The structure that OB 3.0, appendix B asks for, in our words. Members that the standard does not name are
// allowed: its classes are extensible.

const open = (properties: Record<string, TSchema>, options: object = {}) =>
  Type.Object(properties, { additionalProperties: true, ...options })
const optional = Type.Optional
/** JSON-LD lets a list of one stand as its member. */
const oneOrMore = (schema: TSchema) => Type.Union([schema, Type.Array(schema, { minItems: 1 })])
const Uri = Type.String({ minLength: 1 })
const typeWith = (...names: string[]) =>
  Type.Union([Type.Enum(names), Type.Array(Type.String(), { minItems: 1, contains: { enum: names } })])

const Image = open({ id: Uri, type: Type.Literal('Image'), caption: optional(Type.String()) })

const Profile = open({
  id: Uri,
  type: typeWith('Profile'),
  name: optional(Type.String()),
  url: optional(Uri),
  email: optional(Type.String()),
  description: optional(Type.String()),
  image: optional(Image),
})

const IdentityObject = Type.Object(
  {
    type: Type.Literal('IdentityObject'),
    hashed: Type.Boolean(),
    identityHash: Type.String(),
    identityType: Type.String(),
    salt: optional(Type.String()),
  },
  { additionalProperties: false },
)

const Achievement = open({
  id: Uri,
  type: typeWith('Achievement'),
  name: Type.String(),
  description: Type.String(),
  criteria: open({ id: optional(Uri), narrative: optional(Type.String()) }),
  achievementType: optional(Type.String()),
  image: optional(Image),
  tag: optional(oneOrMore(Type.String())),
  alignment: optional(
    oneOrMore(open({ type: typeWith('Alignment'), targetName: Type.String(), targetUrl: Uri })),
  ),
  resultDescription: optional(
    oneOrMore(
      open({ id: Uri, type: typeWith('ResultDescription'), name: Type.String(), resultType: Type.String() }),
    ),
  ),
})

const AchievementSubject = open({
  id: optional(Uri),
  type: typeWith('AchievementSubject'),
  achievement: Achievement,
  identifier: optional(oneOrMore(IdentityObject)),
  narrative: optional(Type.String()),
  result: optional(oneOrMore(open({ type: typeWith('Result') }))),
})

const Proof = open({ type: Type.String() })

/** An Achievement as a document of its own. */
export const AchievementDocument = open(
  { '@context': Type.Array(Type.String()), ...Achievement.properties },
  { $id: 'Achievement' },
)

/** A Profile as a document of its own. */
export const ProfileDocument = open(
  { '@context': Type.Array(Type.String()), ...Profile.properties },
  { $id: 'Profile' },
)

/** An OpenBadgeCredential (AchievementCredential: OB 3.0, section B.1.1), VCDM 1.1 or 2.0. */
export const OpenBadgeCredential = open({
  '@context': Type.Array(Type.Unknown(), { minItems: 2 }),
  id: Uri,
  type: Type.Intersect([
    typeWith('VerifiableCredential'),
    typeWith('OpenBadgeCredential', 'AchievementCredential'),
  ]),
  name: optional(Type.String()),
  description: optional(Type.String()),
  issuer: Type.Union([Uri, Profile]),
  validFrom: optional(DateTime),
  validUntil: optional(DateTime),
  issuanceDate: optional(DateTime),
  expirationDate: optional(DateTime),
  awardedDate: optional(DateTime),
  credentialSubject: AchievementSubject,
  credentialStatus: optional(open({ id: optional(Uri), type: Type.String() })),
  credentialSchema: optional(oneOrMore(open({ id: Uri, type: Type.String() }))),
  evidence: optional(oneOrMore(open({ type: typeWith('Evidence'), id: optional(Uri) }))),
  proof: optional(oneOrMore(Proof)),
})

/** Any signed credential, as a response body. */
export const SignedCredentialDocument = open(
  {
    '@context': Type.Array(Type.String()),
    id: Uri,
    type: Type.Array(Type.String()),
    issuer: Type.Union([Uri, Profile]),
    validFrom: DateTime,
    credentialSubject: open({}),
    proof: Type.Array(Proof),
  },
  { $id: 'SignedCredential' },
)
