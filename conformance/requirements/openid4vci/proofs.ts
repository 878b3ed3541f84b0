import { by, notApplicable, notMet, type Row } from '../../requirement.ts'

/** Appendix F: proofs of the key that a credential is bound to. */
export const PROOFS: readonly Row[] = [
  [
    'F.1',
    'The typ of a proof is openid4vci-proof+jwt',
    by('delivery/oid4vci/proofs', 'a proof is refused: another typ', 'a proof is refused: no typ'),
  ],
  [
    'F.1',
    'Its alg is neither none nor symmetric, and one of the metadata',
    by(
      'delivery/oid4vci/proofs',
      'a proof is refused: alg none',
      'a proof is refused: alg HS256 with the public key as the secret',
      'a proof is refused: the algorithm of another key',
    ),
  ],
  [
    'F.1',
    'It has one of kid, jwk and x5c',
    by(
      'delivery/oid4vci/proofs',
      'a proof is refused: a key and its name in the header',
      'a proof is refused: no key in the header',
      'a proof is refused: a certificate beside the key',
    ),
  ],
  [
    'F.1',
    'Its aud is the identifier of the issuer',
    by('delivery/oid4vci/proofs', 'a proof is refused: another audience', 'a proof is refused: no audience'),
  ],
  [
    'F.1',
    'aud is a string, the very identifier',
    notMet('a list that holds it and a slash at its end are taken too, as wallets in use send them'),
  ],
  [
    'F.1',
    'Its iat is the time at which it was made',
    by(
      'delivery/oid4vci/proofs',
      'a proof is refused: made at no time',
      'a proof is refused: made at a time that is text',
    ),
  ],
  [
    'F.1',
    'Its nonce is a c_nonce, a string',
    by(
      'delivery/oid4vci/proofs',
      'a proof is refused: no nonce',
      'a proof is refused: a nonce that is a number',
    ),
  ],
  [
    'F.1',
    'iss is absent with anonymous access',
    notApplicable('binds the wallet: an iss that is there is passed over'),
  ],
  [
    'F.1',
    'It is signed by the key that its header names',
    by(
      'delivery/oid4vci/proofs',
      'a proof is refused: a signature by another key',
      'a proof is refused: a signature that is noise',
    ),
  ],
  [
    'F.2',
    'The holder of a presentation, if any, controls its method',
    by('delivery/oid4vci/proofs', 'a proof is refused: a holder who did not sign'),
  ],
  [
    'F.2',
    'It has a Data Integrity proof with a suite of the metadata',
    by('delivery/oid4vci/proofs', 'a proof is refused: no proof in it'),
    by(
      'delivery/oid4vci/wallets',
      'drafts that call a presentation ldp_vp, and Ed25519Signature2020, are understood',
    ),
  ],
  [
    'F.2',
    'Its purpose is authentication',
    by('delivery/oid4vci/proofs', 'a proof is refused: another purpose'),
  ],
  [
    'F.2',
    'Its domain is the identifier of the issuer',
    by('delivery/oid4vci/proofs', 'a proof is refused: no domain', 'a proof is refused: another domain'),
  ],
  [
    'F.2',
    'Its challenge is a c_nonce',
    by(
      'delivery/oid4vci/proofs',
      'a proof is refused: no challenge',
      'a nonce that is not a live one of this issuer is refused, each edition in its words',
    ),
  ],
  [
    'F.2',
    'It is signed by a key of the holder',
    by(
      'delivery/oid4vci/proofs',
      'a proof is refused: a key of somebody else',
      'a proof is refused: changed after it was signed',
    ),
  ],
  ['F.3', 'Attestations are as the section says', notApplicable('the proof type attestation is not offered')],
  [
    'F.4',
    'The header has no private key',
    by('delivery/oid4vci/proofs', 'a proof is refused: the private key in the header'),
  ],
  [
    'F.4',
    'A proof was made within an acceptable time',
    by(
      'delivery/oid4vci/proofs',
      'a proof is refused: made ten minutes ago',
      'a proof is refused: made in ten minutes',
      'a proof is refused: expired ten minutes ago',
    ),
  ],
  [
    'F.4',
    'A nonce is the server’s',
    by(
      'delivery/oid4vci/proofs',
      'a nonce that is not a live one of this issuer is refused, each edition in its words',
      'of twenty requests at once with one nonce one is answered',
    ),
  ],
]
