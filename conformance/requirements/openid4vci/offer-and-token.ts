import { by, notApplicable, type Row } from '../../requirement.ts'
import {
  BAD_TOKEN_REQUESTS,
  CODES,
  DOCUMENT,
  FINAL,
  MEDIA_TYPES,
  NO_AUTHORIZATION_ENDPOINT,
  NONCE,
  OFFER,
  ONCE,
  TX_CODES,
} from './tests.ts'

/** Sections 3 to 7: what is offered, and how a wallet gets in. */
export const OFFER_AND_TOKEN: readonly Row[] = [
  ['3.5', 'Who has a pre-authorized code without right is held off', ONCE, TX_CODES],
  [
    '4.1',
    'An offer has credential_offer or credential_offer_uri, not both; the latter is an https URL',
    by('conformance/openid4vci', 'OpenID4VCI 1.0, section 4.1: an offer is given by its https address alone'),
  ],
  ['4.1.1', 'credential_issuer is there, the identifier of the issuer', OFFER],
  ['4.1.1', 'credential_configuration_ids is there: unique keys of the metadata', OFFER, DOCUMENT],
  ['4.1.1', 'pre-authorized_code is there, short lived and used once', OFFER, ONCE],
  [
    '4.1.1',
    'tx_code is there where a code is expected, and absent where none is',
    OFFER,
    by(CODES, 'an offer with a code says how it looks'),
  ],
  [
    '4.1.1',
    'The description of a tx_code has 300 characters at most',
    by(CODES, 'an offer with a code says how it looks'),
  ],
  ['4.1.1', 'authorization_server stands in offers of issuers that have several alone', OFFER],
  ['4.1.3', 'The offer behind an address is application/json, not signed', OFFER],
  ['5', 'The authorization endpoint is as the section says', NO_AUTHORIZATION_ENDPOINT],
  ['6.1', 'pre-authorized_code is there in requests of its grant', BAD_TOKEN_REQUESTS],
  ['6.1', 'tx_code is there where the offer has one', TX_CODES],
  ['6.1', 'What the request of a token has beside is ignored', BAD_TOKEN_REQUESTS],
  [
    '6.1',
    'RFC 6749, section 3.2: a parameter stands once, and no token in an address',
    BAD_TOKEN_REQUESTS,
    by(CODES, 'no code and no token is taken from an address'),
  ],
  ['6.2', 'The answer is one of RFC 6749: application/json, no-store', MEDIA_TYPES, ONCE],
  [
    '6.2',
    'authorization_details is there where the request has it, with credential_identifiers',
    FINAL,
    BAD_TOKEN_REQUESTS,
  ],
  ['6.3', 'invalid_request: a tx_code that is missing or was not expected', BAD_TOKEN_REQUESTS, TX_CODES],
  ['6.3', 'invalid_grant: a wrong tx_code, a wrong or expired code', ONCE, TX_CODES],
  ['6.3', 'invalid_client where there is no anonymous access', notApplicable('anonymous access is given')],
  ['7', 'Who wants nonces offers a nonce endpoint', DOCUMENT, NONCE],
  ['7.2', 'c_nonce is there, unpredictable, in a 2xx answer of application/json', NONCE, MEDIA_TYPES],
  ['7.2', 'The answer has Cache-Control: no-store', NONCE],
]
