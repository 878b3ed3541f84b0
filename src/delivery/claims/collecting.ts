import type { CredentialFormat } from '../../assertions/schema.ts'
import type { ClaimRow, CollectionRow } from './queries.ts'

/** How a wallet collects. */
export interface Collecting {
  readonly protocol: CollectionRow['protocol']
  readonly format: CredentialFormat
  /** The DID that the wallet proved. */
  readonly subject?: string | undefined
  /** Of the claim when its challenge was given: one challenge is used once. */
  readonly sequence?: number
}

/** What a wallet takes with it. */
export interface Collected {
  /** JSON, or a compact JWS. */
  readonly body: string
  readonly credentialId: string
  readonly claim: ClaimRow
}

/** Whose claim it is and of what, which never changes. */
export type KnownClaim = Pick<ClaimRow, 'id' | 'issuerId' | 'assertionId'>

export interface Asked extends KnownClaim {
  readonly how: Collecting
}
