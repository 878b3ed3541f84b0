import { type Static, Type } from 'typebox'
import { Assertion, CREDENTIAL_FORMATS } from '../../assertions/schema.ts'
import { Closed, DateTime, HttpUrl, Uuid } from '../../fields.ts'

/** How long a claim may last: a year, in seconds. */
export const LONGEST_SECONDS = 366 * 24 * 3600

/** What a claim is to be. */
export const NewClaim = Closed({
  expiresIn: Type.Optional(
    Type.Union(
      [
        Type.Integer({ minimum: 1, maximum: LONGEST_SECONDS }),
        Type.String({
          pattern: '^P(?=.)(\\d{1,3}W)?(\\d{1,3}D)?(T(?=\\d)(\\d{1,4}H)?(\\d{1,5}M)?(\\d{1,8}S)?)?$',
        }),
      ],
      {
        description:
          'Seconds, or an ISO 8601 duration in weeks, days, hours, minutes and seconds; P7D where absent',
        examples: ['P7D', 604_800],
      },
    ),
  ),
  binding: Type.Optional(
    Type.Enum(['none', 'did'], {
      description:
        'did: the wallet proves its DID, which the credential then names. Where absent, what the badge class asks for (`claimBinding`), else did',
    }),
  ),
  pin: Type.Optional(
    Type.Enum(['mailed', 'returned'], {
      description:
        'The wallet asks for a code of six digits: mailed to the person, or returned in this answer',
    }),
  ),
  maxCollections: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 100, description: 'How many wallets may collect; 1 where absent' }),
  ),
})
export type NewClaim = Static<typeof NewClaim>

const Format = Type.Enum([...CREDENTIAL_FORMATS])

/** One time that a wallet collected. */
const Collection = Closed({
  at: DateTime,
  protocol: Type.Enum(['vcapi', 'openid4vci']),
  format: Format,
  did: Type.Optional(Type.String({ description: 'Of the wallet, where the credential names it' })),
})

const CLAIM_STATES = ['offered', 'collected', 'expired', 'withdrawn'] as const

const claim = {
  id: Type.Optional({ ...Uuid, description: 'For keys with `assertions:write`: it opens the claim' }),
  state: Type.Enum([...CLAIM_STATES]),
  binding: Type.Enum(['none', 'did']),
  pinDelivery: Type.Optional(
    Type.Enum(['mailed', 'returned'], { description: 'How the code went out that the wallet asks for' }),
  ),
  maxCollections: Type.Integer({ minimum: 1 }),
  expiresAt: DateTime,
  collections: Type.Array(Collection, { description: 'When, by which protocol and by which DID' }),
  withdrawnAt: Type.Optional(DateTime),
  withdrawal: Type.Optional(
    Type.Enum(['asked', 'wrong-codes'], { description: 'wrong-codes: five wrong codes were typed' }),
  ),
  createdAt: DateTime,
}

export const Claim = Closed(claim, { $id: 'Claim' })
export type Claim = Static<typeof Claim>

const Link = Type.String()
const links = {
  interactionUrl: HttpUrl,
  openid: Type.Optional(
    Closed(
      { ldp_vc: Link, jwt_vc_json: Link, ldp_vc_v1: Link },
      { description: 'One OpenID offer per format' },
    ),
  ),
  lcw: Type.Optional(Link),
  learncard: Type.Optional(Link),
  asu: Type.Optional(Link),
  msp: Type.Optional(Link),
  hosted: Type.Optional(HttpUrl),
  json: Type.Optional(HttpUrl),
  jwt: Type.Optional(HttpUrl),
  png: Type.Optional(HttpUrl),
  svg: Type.Optional(HttpUrl),
  linkedin: Type.Optional(HttpUrl),
  verifierplus: Type.Optional(HttpUrl),
  qr: Type.Record(Type.String(), HttpUrl, { description: 'Images of the links as QR codes, SVG; .png too' }),
}

/** Every way in, and what to hand to a person without a wallet. */
export const ClaimLinks = Closed(links)
export type ClaimLinks = Static<typeof ClaimLinks>

/** A claim as it is answered once, with its links. */
export const ClaimOffer = Closed(
  {
    ...claim,
    id: Uuid,
    ...links,
    pin: Type.Optional(
      Type.String({ description: 'The code that the wallet will ask for: told once', examples: ['048213'] }),
    ),
  },
  { $id: 'ClaimOffer' },
)
export type ClaimOffer = Static<typeof ClaimOffer>

const Rendering = Closed({
  format: Format,
  did: Type.Optional(Type.String()),
  credentialId: Uuid,
  served: Type.Integer({ minimum: 1, description: 'How often a wallet collected it' }),
  signedAt: DateTime,
})

/** An assertion with all that can be told of its delivery. */
export const DeliveredAssertion = Closed(
  {
    ...Assertion.properties,
    claims: Type.Array(Type.Unsafe<Claim>({ $ref: 'Claim#' })),
    renderings: Type.Array(Rendering, { description: 'What wallets collected: each was signed once' }),
  },
  { $id: 'DeliveredAssertion' },
)
export type DeliveredAssertion = Static<typeof DeliveredAssertion>
