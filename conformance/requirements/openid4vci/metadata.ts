import { by, notApplicable, notMet, type Row } from '../../requirement.ts'
import { BYTES, DOCUMENT, FINAL, LIBRARY, METADATA_FILE, OFFER, TLS } from './tests.ts'

/** Sections 12 and 13, and the formats of appendix A. */
export const METADATA: readonly Row[] = [
  [
    '12.2.1',
    'The identifier is an https URL without query and fragment',
    by(
      'conformance/openid4vci',
      'OpenID4VCI 1.0, section 12.2.1: the identifier is a URL without query and fragment, and every endpoint an https one',
    ),
  ],
  ['12.2.2', 'The metadata is at /.well-known/openid-credential-issuer before the path', BYTES],
  ['12.2.2', 'It is 200, unsigned, application/json', BYTES],
  ['12.2.3', 'Signed metadata is as the section says', notApplicable('metadata is not signed')],
  ['12.2.4', 'credential_issuer is the very identifier', DOCUMENT],
  [
    '12.2.4',
    'credential_endpoint is there; endpoints are https URLs',
    DOCUMENT,
    by(
      'conformance/openid4vci',
      'OpenID4VCI 1.0, section 12.2.1: the identifier is a URL without query and fragment, and every endpoint an https one',
    ),
  ],
  ['12.2.4', 'display has one object for a language', DOCUMENT],
  ['12.2.4', 'A logo has a uri', by(METADATA_FILE, 'an issuer with a logo and another suite says so')],
  ['12.2.4', 'credential_configurations_supported is there, each with its format', DOCUMENT],
  [
    '12.2.4',
    'Binding methods and proof types are there both, where keys are bound',
    by(
      'conformance/openid4vci',
      'OpenID4VCI 1.0, section 12.2.4: who binds keys says how, and by which algorithms',
    ),
  ],
  [
    '12.2.4',
    'proof_signing_alg_values_supported is there; key_attestations_required is not',
    by(
      'conformance/openid4vci',
      'OpenID4VCI 1.0, section 12.2.4: who binds keys says how, and by which algorithms',
    ),
  ],
  ['12.2.4', 'batch_size is 2 or more', notApplicable('several credentials at once are not offered')],
  ['12.2.4', 'A display of a credential has a name', DOCUMENT],
  [
    '12.3',
    'The server document is one of RFC 8414',
    by(METADATA_FILE, 'the server document is one of RFC 8414'),
  ],
  ['13.5', 'An offer releases no private data', OFFER],
  ['13.9', 'TLS is that of BCP 195', TLS],
  [
    '13.10',
    'Bearer tokens live no longer than five minutes',
    notMet('they live ten minutes, for wallets that tell later what became of the credential'),
  ],
  [
    'A.1.1.2, A.1.2.2',
    'credential_definition has the types, and for ldp_vc the contexts',
    DOCUMENT,
    by(METADATA_FILE, 'the contexts of a configuration are those of the credential'),
  ],
  [
    'A.1.1.4',
    'A credential of jwt_vc_json is a JWT',
    by(LIBRARY, 'the jwt_vc_json is what wallets keep: ES256, a vc claim, nbf and sub'),
  ],
  ['A.1.2.4', 'A credential of ldp_vc is an object', FINAL],
  [
    'A.1.3, A.2, A.3',
    'Other formats are as the sections say',
    notApplicable('jwt_vc_json-ld, mso_mdoc and dc+sd-jwt are not offered'),
  ],
  ['D', 'A need of key attestations is told', notApplicable('none are needed')],
]
