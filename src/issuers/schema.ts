import { type Static, Type } from 'typebox'
import {
  Closed,
  DateTime,
  Did,
  Email,
  HttpUrl,
  LanguageTag,
  Line,
  Removable,
  Slug,
  Text,
  Uuid,
} from '../fields.ts'
import { PROOF_SUITES } from '../vc/credential.ts'

const ProofSuite = Type.Enum([...PROOF_SUITES])

const described = {
  name: Line(200, ['INAÉ']),
  url: HttpUrl,
}

export const NewIssuer = Closed({
  slug: Slug,
  ...described,
  email: Type.Optional(Email),
  description: Type.Optional(Text(2000)),
  language: Type.Optional(LanguageTag),
  didMethod: Type.Optional(Type.Enum(['web', 'key'])),
  proofSuite: Type.Optional(ProofSuite),
})
export type NewIssuer = Static<typeof NewIssuer>

export const IssuerChange = Closed({
  name: Type.Optional(described.name),
  url: Type.Optional(described.url),
  email: Removable(Email),
  description: Removable(Text(2000)),
  language: Removable(LanguageTag),
  proofSuite: Type.Optional(ProofSuite),
})
export type IssuerChange = Static<typeof IssuerChange>

export const Issuer = Closed(
  {
    id: Uuid,
    slug: Slug,
    did: Did,
    didMethod: Type.Enum(['web', 'key']),
    proofSuite: ProofSuite,
    name: Type.String(),
    url: HttpUrl,
    email: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    language: Type.Optional(Type.String()),
    imageUrl: Type.Optional(HttpUrl),
    profileUrl: HttpUrl,
    revision: Type.Integer({ minimum: 1, description: 'The ETag, without its quotes' }),
    createdAt: DateTime,
    updatedAt: DateTime,
  },
  { $id: 'Issuer' },
)
export type Issuer = Static<typeof Issuer>
