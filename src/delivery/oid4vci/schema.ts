import { type Static, Type } from 'typebox'
import { Closed } from '../../fields.ts'
import type { Json } from '../../vc/credential.ts'

/** OpenID4VCI 1.0, section 6.1; `user_pin` is the name that draft 11 had for the code of the person. */
export const TokenRequest = Type.Object(
  {
    grant_type: Type.Optional(
      Type.String({ examples: ['urn:ietf:params:oauth:grant-type:pre-authorized_code'] }),
    ),
    'pre-authorized_code': Type.Optional(Type.String()),
    tx_code: Type.Optional(
      Type.String({ examples: ['048213'], description: 'The code that the person was given' }),
    ),
    user_pin: Type.Optional(Type.String({ description: 'The same, as draft 11 called it' })),
    authorization_details: Type.Optional(Type.String({ description: 'A JSON array' })),
  },
  { additionalProperties: true },
)

const nonce = {
  c_nonce: Type.String(),
  c_nonce_expires_in: Type.Integer({ description: 'Seconds' }),
}

export const TokenResponse = Closed({
  access_token: Type.String(),
  token_type: Type.Literal('bearer'),
  expires_in: Type.Integer({ description: 'Seconds' }),
  ...nonce,
  authorization_details: Type.Optional(Type.Array(Type.Object({}, { additionalProperties: true }))),
})

export const NonceResponse = Closed(nonce)

const Anything = Type.Unsafe<Json>(Type.Object({}, { additionalProperties: true }))

/** OpenID4VCI 1.0, section 8.2, and draft 13, section 7.2: what each asks for, and the proof of the key. */
export const CredentialRequest = Type.Object(
  {
    credential_configuration_id: Type.Optional(Type.String({ examples: ['OpenBadgeCredential_ldp_vc'] })),
    credential_identifier: Type.Optional(Type.String()),
    proofs: Type.Optional({ ...Anything, examples: [{ jwt: ['eyJ…'] }] }),
    format: Type.Optional(Type.String()),
    credential_definition: Type.Optional(Anything),
    proof: Type.Optional(Anything),
    credential_response_encryption: Type.Optional(Type.Unknown({ description: 'Refused' })),
  },
  { additionalProperties: true },
)

export type CredentialRequest = Static<typeof CredentialRequest>

/** `credentials` to a request of the final edition, `credential` to one of draft 13; never both. */
export const CredentialResponse = Closed({
  credentials: Type.Optional(Type.Array(Closed({ credential: Type.Unknown() }))),
  notification_id: Type.Optional(Type.String()),
  credential: Type.Optional(Type.Unknown({ description: 'An object, or a JWT' })),
  c_nonce: Type.Optional(nonce.c_nonce),
  c_nonce_expires_in: Type.Optional(nonce.c_nonce_expires_in),
})

export const DeferredRequest = Type.Object({ transaction_id: Type.String() }, { additionalProperties: true })

/** OpenID4VCI 1.0, section 11.1. */
export const Notification = Type.Object(
  {
    notification_id: Type.String(),
    event: Type.Enum(['credential_accepted', 'credential_failure', 'credential_deleted']),
    event_description: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  { additionalProperties: true },
)

export type Notification = Static<typeof Notification>
