import type { JWK } from 'jose'
import { type Static, Type } from 'typebox'
import { Closed, DateTime, Uuid } from '../fields.ts'
import type { KeyAlgorithm } from '../vc/keys.ts'

/** The public part of a key, as documents show it. */
export interface PublishedKey {
  readonly algorithm: KeyAlgorithm
  readonly publicKeyMultibase: string
  readonly publicJwk: JWK
}

export const SigningKeyRecord = Closed(
  {
    id: Uuid,
    algorithm: Type.Enum(['Ed25519', 'P-256']),
    publicKeyMultibase: Type.String(),
    status: Type.Enum(['active', 'retired']),
    createdAt: DateTime,
    retiredAt: Type.Optional(DateTime),
  },
  { $id: 'SigningKey' },
)
export type SigningKeyRecord = Static<typeof SigningKeyRecord>

export const SigningKeyList = Closed({ items: Type.Array(Type.Unsafe({ $ref: 'SigningKey#' })) })
