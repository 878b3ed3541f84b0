import { by, notApplicable } from '../../requirement.ts'

export const METADATA_FILE = 'delivery/oid4vci/metadata'
export const CODES = 'delivery/oid4vci/codes'
export const REQUESTS = 'delivery/oid4vci/requests'
export const LIBRARY = 'delivery/oid4vci/library-wallet'
export const EVENTS = 'delivery/oid4vci/nonce-and-notification'

export const OFFER = by(CODES, 'an offer is JSON that nobody keeps, the same until its code was used')
export const FINAL = by(LIBRARY, 'final flow: offer by reference, token, nonce, proofs.jwt, credentials')
export const ONCE = by(
  CODES,
  'a code is used once, within twenty minutes, at its issuer, and lives no longer than its claim',
  'of twenty requests at once with one code one gets a token',
)
export const BAD_TOKEN_REQUESTS = by(CODES, 'requests that are none get the code of what is wrong')
export const TX_CODES = by(
  'delivery/oid4vci/tx-codes',
  'five wrong codes end the claim, and then the right one is refused too',
  'a code that is not sent is asked for, and counts for nothing',
)
export const NONCE = by(EVENTS, 'a nonce is given to whoever posts, whatever they post')
export const BAD_REQUESTS = by(
  REQUESTS,
  'a request that does not fit its token gets the code of what does not',
)
export const NO_TOKEN = by(REQUESTS, 'without a good token: 401, and how to get in')
export const IDENTIFIERS = by(
  REQUESTS,
  'credential_identifier is for tokens that were asked for with authorization_details',
)
export const TOLD = by(EVENTS, 'a wallet tells what became of its credential, as often as it likes')
export const DOCUMENT = by(METADATA_FILE, 'the issuer document is what wallets of each edition look for')
export const BYTES = by(
  METADATA_FILE,
  'both forms of the metadata, with and without a slash at the end, are the same bytes',
)
export const ASCII = by(
  'delivery/oid4vci/hostile',
  'whatever is posted, the answer is an error in JSON, and never one of ours',
)
export const MEDIA_TYPES = by(
  'conformance/openid4vci',
  'OpenID4VCI 1.0, sections 6.2, 7.2, 8.3: answers are application/json, which nobody keeps',
)
export const TLS = notApplicable('TLS ends before the service')
export const NO_ENCRYPTION = notApplicable('encrypted requests and responses are not offered')
export const NO_AUTHORIZATION_ENDPOINT = notApplicable('the pre-authorized code is the only grant')
