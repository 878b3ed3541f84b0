import { by, notApplicable, requirementsOf, type Standard } from '../requirement.ts'

const ISSUE = 'vc-api/issue'
const SETS = 'verification/proof-sets'
const SIGNED = by(
  ISSUE,
  'did:key, eddsa-rdfc-2022: a credential of VCDM 2.0 is signed, and verifies',
  'did:key, eddsa-jcs-2022: a credential of VCDM 2.0 is signed, and verifies',
)
const CONFIGURED = by(
  ISSUE,
  'what a proof says of itself is right, whatever is asked for',
  'the suite is asked for in several words, which must agree',
)
const CREATED = by(SETS, 'when a proof was made is a moment with a zone, in every suite')
const MEMBERS = by(SETS, 'each member of a proof is what it should be, even where it is signed')
const VECTOR = by('vc/vectors', 'the published vector of eddsa-rdfc-2022 is reproduced byte for byte')
const DID_DOCUMENT = by(
  'issuers/keys',
  'the DID document of a did:web issuer says its keys in the words of the standards',
)
const LIBRARY_JCS = by(
  SETS,
  'what the library signs in JCS holds, with its contexts first and others after them',
)
const OTHER_SUITE = by(SETS, 'a proof of one suite is none of another, nor by a key of another kind')

export const EDDSA_CRYPTOSUITES: Standard = {
  name: 'Data Integrity EdDSA Cryptosuites 1.0',
  url: 'https://www.w3.org/TR/2025/REC-vc-di-eddsa-20250515/',
  requirements: [
    ...requirementsOf('issuer', [
      ['2.1.1', 'publicKeyMultibase is an Ed25519 Multikey in base58-btc, and nothing else', DID_DOCUMENT],
      [
        '2.1.1',
        'secretKeyMultibase is encoded in the same way',
        notApplicable('private keys are never published'),
      ],
      ['2.2.1', 'The type is DataIntegrityProof', SIGNED],
      ['2.2.1', 'The cryptosuite is eddsa-rdfc-2022 or eddsa-jcs-2022', SIGNED],
      ['2.2.1', 'proofValue is an EdDSA signature in base58-btc', SIGNED, VECTOR],
      [
        '3.2.3',
        'eddsa-rdfc-2022: text is UTF-8, transformed by RDF Canonicalization',
        VECTOR,
        by('vc/library', 'eddsa-rdfc-2022: the library signs the bytes that we compute without it'),
      ],
      [
        '3.2.5',
        'eddsa-rdfc-2022: type, suite and created of the configuration are right, or an error',
        CONFIGURED,
      ],
      ['3.3.3', 'eddsa-jcs-2022: text is UTF-8, transformed by JCS', LIBRARY_JCS],
      [
        '3.3.5',
        'eddsa-jcs-2022: type, suite and created of the configuration are right, or an error',
        CONFIGURED,
      ],
    ]),
    ...requirementsOf('verifier', [
      ['1.3', 'Errors are produced for documents that do not conform', MEMBERS],
      [
        '2.1.1',
        'No encoding of a key is taken but an Ed25519 Multikey in base58-btc',
        OTHER_SUITE,
        by('outgoing/did-web', 'issuers of elsewhere, by did:web › a document of any shape gets a verdict'),
      ],
      [
        '2.2.1',
        'type, cryptosuite and proofValue are those of the suites',
        OTHER_SUITE,
        MEMBERS,
        by(SETS, 'others may sign beside the issuer'),
      ],
      [
        '3.2.2',
        'eddsa-rdfc-2022 is verified by the algorithm',
        by(SETS, 'each suite holds, for an issuer that is a did:key or a did:jwk'),
        by('vc/vectors', 'the published credentials verify, or fail, as they should'),
      ],
      [
        '3.2.3, 3.2.5',
        'eddsa-rdfc-2022: another type or suite, or a wrong created, is an error',
        OTHER_SUITE,
        CREATED,
      ],
      ['3.3.2', 'eddsa-jcs-2022: the contexts of the proof come first in those of the document', LIBRARY_JCS],
      [
        '3.3.2',
        'eddsa-jcs-2022 is verified by the algorithm',
        by(SETS, 'each suite holds, for an issuer that is a did:key or a did:jwk'),
      ],
      [
        '3.3.3, 3.3.5',
        'eddsa-jcs-2022: another type or suite, or a wrong created, is an error',
        OTHER_SUITE,
        CREATED,
        MEMBERS,
      ],
    ]),
  ],
}
