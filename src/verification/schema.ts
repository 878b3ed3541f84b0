import { Type } from 'typebox'
import { Closed } from '../fields.ts'
import { OUTCOMES } from './check.ts'
import { EXAMPLE_ANSWER } from './examples.ts'
import { CHECKS, OVERALL, type OverallCode } from './messages.ts'
import { TRUSTS } from './verdict.ts'

const Check = Closed({
  check: Type.Enum([...CHECKS]),
  outcome: Type.Enum([...OUTCOMES]),
  code: Type.String({ description: 'What was found, for a program' }),
  message: Type.String({ description: 'The same, for a person' }),
})

const Overall = Closed(
  {
    code: Type.Enum(Object.keys(OVERALL.badge) as OverallCode[]),
    message: Type.String({ description: 'What it means for the reader, and what to do' }),
  },
  { description: 'The most severe of what was found' },
)

const Issuer = Closed({
  id: Type.String(),
  name: Type.Optional(
    Type.String({
      description:
        'Of an issuer of this service as known here. A stranger says it of itself, and nobody has checked it: do not decide by it',
    }),
  ),
  trust: Type.Enum([...TRUSTS], {
    description:
      '`ours`: an issuer of this service signed it. `confirmed`: a key of this id signed it, which is not of this service. That says whose key signed, not whose name it is: anybody can make a did:key and call it by the name of another, so that a program accepts the ids that it knows. `unconfirmed`: nothing proves that it comes from this id',
  }),
})

const Endorsement = Closed({
  path: Type.String({ description: 'Where it stands in the credential (JSON Pointer)' }),
  id: Type.Optional(Type.String()),
  issuer: Type.Optional(Issuer),
  about: Type.Optional(Type.String({ description: 'The id of what it endorses' })),
  comment: Type.Optional(Type.String()),
  valid: Type.Boolean(),
  verdict: Overall,
  checks: Type.Array(Check),
})

/** What `POST /verify` answers. */
export const VerificationAnswer = Closed(
  {
    valid: Type.Boolean({ description: 'The signature holds and no check failed; there can be warnings' }),
    verdict: Overall,
    issuer: Type.Optional(Issuer),
    checks: Type.Array(Check),
    endorsements: Type.Optional(
      Type.Array(Endorsement, {
        maxItems: 20,
        description: 'Absent when there are none. One that is not valid leaves the credential valid',
      }),
    ),
    credential: Type.Optional(Type.Object({}, { additionalProperties: true })),
  },
  { examples: [EXAMPLE_ANSWER] },
)
