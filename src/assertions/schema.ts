import { type Static, Type } from 'typebox'
import { Closed, DateTime, Did, Email, HttpUrl, Line, Text, Uuid } from '../fields.ts'
import { IDENTITY_TYPES, RESULT_STATUSES } from '../vc/open-badges/vocabularies.ts'

/** An identifier of another kind: a text alone is of type `identifier` (OB 3.0, IdentifierTypeEnum). */
const Identifier = Type.Union([
  Line(500, ['SIAE-33-0042']),
  Closed({
    type: Type.String({
      pattern: `^(${IDENTITY_TYPES}|ext:[A-Za-z0-9._-]+)$`,
      maxLength: 100,
      examples: ['systemId'],
    }),
    value: Line(500),
  }),
])

export const Recipient = Closed(
  {
    email: Type.Optional(Email),
    did: Type.Optional(Did),
    identifier: Type.Optional(Identifier),
    name: Type.Optional(Line(300, ['Aïcha Benhaddou'])),
  },
  { description: 'Exactly one of email, did and identifier' },
)

const Evidence = Closed(
  {
    id: Type.Optional(HttpUrl),
    name: Type.Optional(Line(300)),
    description: Type.Optional(Text(5000)),
    narrative: Type.Optional(Text(10_000)),
    genre: Type.Optional(Line(200)),
    audience: Type.Optional(Line(200)),
  },
  { minProperties: 1 },
)

const Result = Closed({
  resultDescription: Type.String({
    minLength: 1,
    maxLength: 2048,
    description: 'Id of a result description of the badge class',
    examples: ['score'],
  }),
  value: Type.Optional(Line(200, ['87'])),
  status: Type.Optional(Type.Enum([...RESULT_STATUSES])),
  achievedLevel: Type.Optional(Type.String({ minLength: 1, maxLength: 2048 })),
})
export type Result = Static<typeof Result>

const details = {
  evidence: Type.Optional(Type.Array(Evidence, { minItems: 1, maxItems: 50 })),
  narrative: Type.Optional(Text(10_000)),
  results: Type.Optional(Type.Array(Result, { minItems: 1, maxItems: 50 })),
  activityStartDate: Type.Optional(DateTime),
  activityEndDate: Type.Optional(DateTime),
}

/**
 * What wallets collect: VCDM 2.0 with the issuer's own proof, a JWT with the claim `vc`, and VCDM 1.1 with
 * Ed25519Signature2020.
 */
export const CREDENTIAL_FORMATS = ['ldp_vc', 'jwt_vc_json', 'ldp_vc_v1'] as const
export type CredentialFormat = (typeof CREDENTIAL_FORMATS)[number]

/** What an award says beyond who, what and when. */
export const AssertionDetails = Closed({ ...details, discloseName: Type.Optional(Type.Boolean()) })
export type AssertionDetails = Static<typeof AssertionDetails>

export const NewAssertion = Closed({
  recipient: Recipient,
  awardedDate: Type.Optional(DateTime),
  validFrom: Type.Optional(DateTime),
  validUntil: Type.Optional(DateTime),
  ...AssertionDetails.properties,
  allowDuplicate: Type.Optional(
    Type.Boolean({ description: 'Award it once more to a person who holds it already' }),
  ),
  notify: Type.Optional(
    Type.Boolean({
      description:
        'Send the person a link by which a wallet collects it; `notified` says whether there is an address to write to',
    }),
  ),
  language: Type.Optional(
    Type.Enum(['en', 'fr'], { description: 'Of that mail; the language of the badge class where absent' }),
  ),
})
export type NewAssertion = Static<typeof NewAssertion>

export const Revocation = Closed({ reason: Text(2000, ['Attribué par erreur']) })
export type Revocation = Static<typeof Revocation>

export const ASSERTION_STATUSES = ['active', 'expired', 'revoked'] as const

export const Assertion = Closed(
  {
    id: Uuid,
    status: Type.Enum([...ASSERTION_STATUSES]),
    badgeClass: Uuid,
    badgeClassVersion: Type.Integer({ minimum: 1 }),
    recipient: Recipient,
    awardedDate: DateTime,
    validFrom: DateTime,
    validUntil: Type.Optional(DateTime),
    ...AssertionDetails.properties,
    notified: Type.Boolean(),
    credentialId: Uuid,
    credentialUrl: HttpUrl,
    revokedAt: Type.Optional(DateTime),
    revocationReason: Type.Optional(Type.String()),
    revision: Type.Integer({ minimum: 1, description: 'The ETag, without its quotes' }),
    createdAt: DateTime,
  },
  { $id: 'Assertion' },
)
export type Assertion = Static<typeof Assertion>
