import { by, notApplicable, requirementsOf, type Standard } from '../requirement.ts'
import { CREDENTIAL } from './openid4vci/credential.ts'
import { METADATA } from './openid4vci/metadata.ts'
import { OFFER_AND_TOKEN } from './openid4vci/offer-and-token.ts'
import { PROOFS } from './openid4vci/proofs.ts'
import { BAD_REQUESTS, BYTES, DOCUMENT, LIBRARY, ONCE, REQUESTS } from './openid4vci/tests.ts'

export const OPENID4VCI: Standard = {
  name: 'OpenID for Verifiable Credential Issuance 1.0',
  url: 'https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html',
  requirements: requirementsOf('openid-issuer', [...OFFER_AND_TOKEN, ...CREDENTIAL, ...METADATA, ...PROOFS]),
}

const DRAFT = by(LIBRARY, 'draft 13 flow: nonce of the token answer, format and proof, credential')

/** Where it differs from 1.0. */
export const OPENID4VCI_DRAFT_13: Standard = {
  name: 'OpenID for Verifiable Credential Issuance, draft 13',
  url: 'https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0-13.html',
  requirements: requirementsOf('openid-issuer', [
    ['6.2', 'c_nonce and c_nonce_expires_in stand in the token answer', DRAFT, ONCE],
    ['7.2', 'format is there without credential_identifier', DRAFT, BAD_REQUESTS],
    [
      '7.2',
      'proof has its proof_type, and what it says',
      by(REQUESTS, 'a request that does not fit its token gets the code of what does not'),
    ],
    [
      '7.2.1.3',
      'ldp_vp: the presentation has domain, challenge and the purpose authentication',
      by(
        'delivery/oid4vci/wallets',
        'drafts that call a presentation ldp_vp, and Ed25519Signature2020, are understood',
      ),
      by(
        'delivery/oid4vci/proofs',
        'a proof is refused: no domain',
        'a proof is refused: another domain',
        'a proof is refused: no challenge',
        'a proof is refused: another purpose',
      ),
    ],
    [
      '7.3',
      'credential is there, with a c_nonce',
      DRAFT,
      by(REQUESTS, 'an answer has the form of the edition that the request speaks'),
    ],
    ['7.3.1.2', 'unsupported_credential_format, unsupported_credential_type, invalid_proof', BAD_REQUESTS],
    [
      '7.3.2',
      'invalid_proof gives a new c_nonce',
      by(
        'delivery/oid4vci/wallets',
        'asked without a proof: 400 invalid_proof with a nonce, and then the credential',
      ),
      by('delivery/oid4vci/proofs', 'what was refused used up nothing: the right proof is taken, once'),
    ],
    [
      '8',
      'The batch credential endpoint is as the section says',
      notApplicable('several credentials at once are not offered'),
    ],
    ['11.2.2', 'The metadata is at /.well-known/openid-credential-issuer behind the path', BYTES],
    ['11.2.3', 'display stands in the configuration', DOCUMENT],
  ]),
}
