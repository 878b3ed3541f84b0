import { CREDENTIALS_V1, OPEN_BADGES_V3 } from './contexts.ts'
import type { Json, UnsignedCredential } from './credential.ts'

const STATUS = 'https://www.w3.org/ns/credentials/status#'

/** The contexts of a credential in the older data model. */
export const VCDM1_CONTEXTS = [CREDENTIALS_V1, OPEN_BADGES_V3]

/**
 * What the older data model does not define of a status entry, as https://www.w3.org/ns/credentials/status/v1 does.
 * It stands in the credential itself, for wallets that fetch no contexts and bundle none but the best known.
 */
export const STATUS_TERMS = {
  BitstringStatusListEntry: {
    '@id': `${STATUS}BitstringStatusListEntry`,
    '@context': {
      '@protected': true,
      id: '@id',
      type: '@type',
      statusListCredential: { '@id': `${STATUS}statusListCredential`, '@type': '@id' },
      statusListIndex: `${STATUS}statusListIndex`,
      statusPurpose: `${STATUS}statusPurpose`,
    },
  },
}

/**
 * The same credential in the data model of 2022, for wallets that know no other: dates by their older names.
 * Source: Verifiable Credentials Data Model 1.1, sections 4.1 (Contexts), 4.6 (Issuance Date), 4.8 (Expiration).
 */
export function toVcdm1({ validFrom, validUntil, ...credential }: UnsignedCredential): Vcdm1Credential {
  return {
    ...credential,
    '@context': [...VCDM1_CONTEXTS, STATUS_TERMS],
    issuanceDate: validFrom,
    ...(validUntil === undefined ? {} : { expirationDate: validUntil }),
  } as Vcdm1Credential
}

/** A credential before its proof (VCDM 1.1, section 4). */
export interface Vcdm1Credential extends Json {
  '@context': (string | object)[]
  id: string
  credentialSubject: Json
  issuanceDate: string
  expirationDate?: string
}
