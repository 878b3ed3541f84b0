import { Type } from 'typebox'
import { CompactJws, Day, extensible, oneOrMore, optional, typeWith, Uri, Words, wordOf } from './shapes.ts'
import { IDENTITY_TYPES } from './vocabularies.ts'

/** OB 3.0, section B.1.13 (Image); closed. */
export const Image = Type.Object(
  { id: Uri, type: Type.Literal('Image'), caption: Type.Optional(Words) },
  { additionalProperties: false },
)

/** Closed. */
export const IdentifierEntry = Type.Object(
  { type: Type.Literal('IdentifierEntry'), identifier: Words, identifierType: wordOf(IDENTITY_TYPES) },
  { additionalProperties: false },
)

/** Closed. */
export const IdentityObject = Type.Object(
  {
    type: Type.Literal('IdentityObject'),
    hashed: Type.Boolean(),
    identityHash: Words,
    identityType: wordOf(IDENTITY_TYPES),
    salt: Type.Optional(Words),
  },
  { additionalProperties: false },
)

const GeoCoordinates = extensible({
  type: Type.Literal('GeoCoordinates'),
  latitude: Type.Number(),
  longitude: Type.Number(),
})

const Address = extensible({
  type: typeWith('Address'),
  ...optional({
    addressCountry: Words,
    addressCountryCode: Words,
    addressRegion: Words,
    addressLocality: Words,
    streetAddress: Words,
    postOfficeBoxNumber: Words,
    postalCode: Words,
    geo: GeoCoordinates,
  }),
})

/** What a Profile says of itself; its endorsements and the organisation above it are beside these. */
export const profileMembers = {
  id: Uri,
  type: typeWith('Profile'),
  ...optional({
    name: Words,
    url: Uri,
    phone: Words,
    description: Words,
    image: Image,
    email: Words,
    address: Address,
    otherIdentifier: oneOrMore(IdentifierEntry),
    official: Words,
    familyName: Words,
    givenName: Words,
    additionalName: Words,
    patronymicName: Words,
    honorificPrefix: Words,
    honorificSuffix: Words,
    familyNamePrefix: Words,
    dateOfBirth: Day,
  }),
}

/** Endorsements of the thing at hand: embedded or as tokens. */
export const endorsementMembers = optional({
  endorsement: oneOrMore(Type.Ref('EndorsementCredential')),
  endorsementJwt: oneOrMore(CompactJws),
})

/** OB 3.0, section B.1.15. */
export const Profile = extensible({
  ...profileMembers,
  ...endorsementMembers,
  parentOrg: Type.Optional(Type.Ref('Profile')),
})
