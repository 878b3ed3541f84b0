import { type Static, Type } from 'typebox'
import { Closed } from '../fields.ts'
import { SIGNING_SUITES } from '../vc/credential.ts'
import { OUTCOMES } from '../verification/check.ts'
import { TRUSTS } from '../verification/verdict.ts'
import { PRESENT_EXAMPLES, VERIFY_EXAMPLES } from './examples.ts'

// Documents of the data model come as they are: what they must hold is checked against it, not here.
const Document = (description: string) => Type.Object({}, { additionalProperties: true, description })

const StatusPurpose = Type.Enum(['revocation', 'suspension'])

/** How to sign, in the words of this service and in those that clients of VC API use. Others are passed over. */
const IssueOptions = Type.Object(
  {
    proofSuite: Type.Optional(Type.Enum([...SIGNING_SUITES], { description: 'The embedded proof to make' })),
    cryptosuite: Type.Optional(Type.Enum(['eddsa-rdfc-2022', 'eddsa-jcs-2022'])),
    type: Type.Optional(Type.Enum(['DataIntegrityProof', 'Ed25519Signature2020'])),
    status: Type.Optional(
      Type.Boolean({ description: 'Give it a status entry, so that it can be revoked or suspended later' }),
    ),
    statusPurpose: Type.Optional(
      Type.Enum(['revocation', 'suspension'], {
        description: 'Of the status entry; one that is named asks for it',
      }),
    ),
    credentialId: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2000,
        description:
          'What its status is changed by later, in place of its `id`; it need not stand in the credential',
      }),
    ),
  },
  { additionalProperties: true },
)
export type IssueOptions = Static<typeof IssueOptions>

export const NewCredential = Closed({
  credential: Document('A credential of VCDM 2.0 or 1.1 without proof: signed as given'),
  options: Type.Optional(IssueOptions),
})
export type NewCredential = Static<typeof NewCredential>

export const IssuedCredential = Closed({
  verifiableCredential: Document('The credential with its proof'),
})

/** Members that VC API has and this service has no use for (`indexAllocator`), and all others, are passed over. */
export const StatusChange = Type.Object(
  {
    credentialId: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2000,
        description: 'The `id` of the credential, or the `credentialId` that it was issued with',
      }),
    ),
    credentialStatus: Type.Optional(
      Type.Object(
        {
          // VC API's own example names the type of the list, not that of the entry.
          type: Type.Optional(Type.Enum(['BitstringStatusListEntry', 'BitstringStatusList'])),
          statusPurpose: Type.Optional(StatusPurpose),
          statusListCredential: Type.Optional(Type.String({ maxLength: 2000 })),
          statusListIndex: Type.Optional(Type.String({ pattern: '^\\d{1,9}$' })),
        },
        {
          additionalProperties: true,
          description: 'Which of its entries; a credential without `id` is found by it',
        },
      ),
    ),
    status: Type.Optional(
      Type.Boolean({
        description: 'true (also when left out): revoked or suspended; false: no longer suspended',
      }),
    ),
  },
  { additionalProperties: true },
)
export type StatusChange = Static<typeof StatusChange>

export const ChangedStatus = Closed({
  credentialId: Type.Optional(Type.String()),
  status: Type.Boolean(),
  entries: Type.Array(
    Closed({
      statusPurpose: StatusPurpose,
      statusListCredential: Type.String(),
      statusListIndex: Type.String(),
    }),
  ),
})
export type ChangedStatus = Static<typeof ChangedStatus>

const verifyOptions = {
  checks: Type.Optional(
    Type.Array(Type.String(), {
      maxItems: 10,
      description: '`proof` alone leaves status and dates aside; left out or empty: every check is made',
    }),
  ),
  challenge: Type.Optional(Type.String({ maxLength: 2000 })),
  domain: Type.Optional(Type.String({ maxLength: 2000 })),
  expectedProofPurpose: Type.Optional(Type.String({ maxLength: 200 })),
}

/** What to hold a document against. Options that are not known are passed over, as VC API has it. */
const VerifyOptions = Type.Object(verifyOptions, { additionalProperties: true })
export type VerifyOptions = Static<typeof VerifyOptions>

const Returned = Type.Optional(
  Type.Boolean({ description: 'true: what verifies is given back, as it was handed in' }),
)
const open = { additionalProperties: true }

export const CredentialToVerify = Type.Object(
  {
    verifiableCredential: Document('A secured credential, or one in an envelope (VCDM 2.0, section 4.13)'),
    options: Type.Optional(Type.Object({ ...verifyOptions, returnCredential: Returned }, open)),
  },
  { ...open, examples: VERIFY_EXAMPLES },
)

export const PresentationToVerify = Type.Object(
  {
    verifiablePresentation: Document('A secured presentation: with a proof, or in an envelope'),
    options: Type.Optional(Type.Object({ ...verifyOptions, returnPresentation: Returned }, open)),
  },
  { ...open, examples: PRESENT_EXAMPLES },
)

const Issuer = Closed({
  id: Type.String(),
  trust: Type.Enum([...TRUSTS], {
    description:
      'Whether the key that signed is one that this id publishes (an issuer of this service, or another), or stands in the proof alone: then anybody can have signed',
  }),
})
export type Issuer = Static<typeof Issuer>

const PlacedIssuer = Closed({
  path: Type.String({
    description: 'Which credential: a JSON Pointer',
    examples: ['/verifiableCredential/0'],
  }),
  ...Issuer.properties,
})
export type PlacedIssuer = Static<typeof PlacedIssuer>

export const Verified = Closed({
  verified: Type.Literal(true),
  verifiableCredential: Type.Optional(Document('Where `returnCredential` asks for it')),
  verifiablePresentation: Type.Optional(Document('Where `returnPresentation` asks for it')),
  issuer: Type.Optional(Issuer),
  issuers: Type.Optional(
    Type.Array(PlacedIssuer, { description: 'Of a presentation: those of the credentials in it' }),
  ),
  checks: Type.Array(
    Closed({
      check: Type.String({ description: 'The name of the check, in the order in which they are made' }),
      outcome: Type.Enum([...OUTCOMES]),
      code: Type.String(),
      message: Type.String(),
      path: Type.Optional(
        Type.String({
          description: 'Where in the document: a JSON Pointer',
          examples: ['/verifiableCredential/0'],
        }),
      ),
    }),
  ),
})
