import { by, notApplicable, type Row } from '../../requirement.ts'
import {
  ASCII,
  BAD_REQUESTS,
  DOCUMENT,
  EVENTS,
  FINAL,
  IDENTIFIERS,
  MEDIA_TYPES,
  NO_ENCRYPTION,
  NO_TOKEN,
  REQUESTS,
  TLS,
  TOLD,
} from './tests.ts'

/** Sections 8 to 11: requests, answers, errors and notifications. */
export const CREDENTIAL: readonly Row[] = [
  ['8', 'There is a credential endpoint', DOCUMENT, FINAL],
  ['8, 9, 11, 12.2.2', 'Endpoints are spoken to by TLS', TLS],
  [
    '8.2',
    'credential_identifier is for tokens with authorization_details, not beside credential_configuration_id',
    IDENTIFIERS,
    BAD_REQUESTS,
  ],
  ['8.2', 'credential_configuration_id is a key of the metadata', BAD_REQUESTS],
  [
    '8.2',
    'proofs has one kind of proof, a list that is not empty',
    by(
      'delivery/oid4vci/proofs',
      'a proof is refused: an empty list',
      'a proof is refused: no list',
      'a proof is refused: two kinds of proof',
    ),
  ],
  [
    '8.2',
    'proofs is there where the metadata has proof_types_supported',
    by(
      'delivery/oid4vci/wallets',
      'asked without a proof: 400 invalid_proof with a nonce, and then the credential',
    ),
  ],
  ['8.2', 'What the request has beside is ignored', BAD_REQUESTS],
  ['8.2, 8.3, 10', 'Encryption is as the sections say', NO_ENCRYPTION],
  ['8.3', 'Issued at once: 200, application/json', FINAL, MEDIA_TYPES],
  [
    '8.3, 9',
    'Issued later: 202 with transaction_id and interval',
    notApplicable('nothing is deferred; the endpoint tells every transaction_id as unknown'),
  ],
  [
    '8.3',
    'credentials is a list of objects with credential; there is no transaction_id beside',
    FINAL,
    by(REQUESTS, 'an answer has the form of the edition that the request speaks'),
  ],
  [
    '8.3',
    'Each key is bound to one credential at most',
    FINAL,
    by('delivery/oid4vci/proofs', 'a proof is refused: two proofs'),
  ],
  [
    '8.3',
    'notification_id stands beside credentials alone',
    by(REQUESTS, 'an answer has the form of the edition that the request speaks'),
  ],
  ['8.3.1.1', 'Without a token that gives it: an error of RFC 6750', NO_TOKEN],
  ['8.3.1.2', 'Errors of the request have their codes, not invalid_request', BAD_REQUESTS],
  ['8.3.1.2', 'They are 400, application/json, with error', BAD_REQUESTS, ASCII],
  ['8.3.1.2', 'error_description is of the ASCII of RFC 6749', ASCII],
  [
    '8.3.1.2',
    'invalid_nonce: a nonce that is not a good one',
    by(
      'delivery/oid4vci/proofs',
      'a nonce that is not a live one of this issuer is refused, each edition in its words',
    ),
  ],
  ['9.3', 'invalid_transaction_id', by(EVENTS, 'nothing is ever deferred')],
  ['11', 'The token is good at the notification endpoint', TOLD],
  ['11', 'The same notification again is a success', TOLD],
  ['11.1', 'event is one of three, by upper and lower case', TOLD],
  [
    '11.1',
    'What the request has beside is ignored',
    by('conformance/openid4vci', 'OpenID4VCI 1.0, section 11.1: what a notification has beside is ignored'),
  ],
  ['11.2', 'A success is 2xx', TOLD],
  ['11.3', 'Without a good token: an error of RFC 6750', NO_TOKEN],
  ['11.3', 'invalid_notification_id is 400, application/json, with error', TOLD, ASCII],
]
