import { by, notApplicable, notMet, requirementsOf, type Standard } from '../requirement.ts'

const ISSUE = 'vc-api/issue'
const VERIFY = 'vc-api/verify'
const TITLES = 'vc-api/problem-titles'
const PROOFS = 'verification/proofs'
const SETS = 'verification/proof-sets'

const SIGNED = by(
  ISSUE,
  'did:key, eddsa-rdfc-2022: a credential of VCDM 2.0 is signed, and verifies',
  'did:key, eddsa-jcs-2022: a credential of VCDM 2.0 is signed, and verifies',
)
const PROOF_OF_A_BADGE = by(
  'conformance/credential',
  'every term of a credential is defined by its contexts, and nothing is null or empty',
)
const UNDEFINED = by(
  ISSUE,
  'nothing is signed with a term that is not defined',
  'nothing is signed with a type that is no address',
)
const MEMBERS = by(SETS, 'each member of a proof is what it should be, even where it is signed')
const CHAIN = by(SETS, 'a proof can come after others, which it signs too', 'so does a proof in JCS')
const CONTROLLER = by(
  'outgoing/did-web',
  'issuers of elsewhere, by did:web › a key that the document does not give for assertions does not count',
)
const CONTENT = by(
  'verification/content',
  'each fault is told by the check that it breaks, and the rest is still checked',
)
const PRESENTED = by(SETS, 'a presentation is made for one challenge and one domain, by its holder')
const ASKED = by(VERIFY, 'options say what is asked')

export const DATA_INTEGRITY: Standard = {
  name: 'Data Integrity 1.0',
  url: 'https://www.w3.org/TR/2025/REC-vc-data-integrity-20250515/',
  requirements: [
    ...requirementsOf('issuer', [
      ['2.1', 'The member proof holds the proof, one object or a set', SIGNED, PROOF_OF_A_BADGE],
      ['2.1', 'A proof has a type, a string that maps to a URL', SIGNED],
      ['2.1', 'A proof has a proofPurpose, a string that maps to a URL', SIGNED],
      ['2.1', 'verificationMethod is a string that maps to a URL', SIGNED, PROOF_OF_A_BADGE],
      ['2.1', 'A DataIntegrityProof has a cryptosuite, a string', SIGNED],
      ['2.1', 'created is an XML Schema dateTimeStamp', SIGNED, PROOF_OF_A_BADGE],
      ['2.1', 'proofValue has a Multibase header and its encoding', SIGNED],
      [
        '2.1',
        'id, expires, domain, previousProof are as the section says',
        notApplicable('no proof made here has them'),
      ],
      [
        '2.3',
        'digestMultibase is one Multibase value or more',
        by(
          'vc-api/data-model',
          'issued: VCDM 2.0, section 5.3: a digestMultibase is one or more digests in Multibase',
        ),
      ],
      [
        '2.4',
        'The contexts of the standard are already resolved',
        by(ISSUE, 'the context that defines the proof is added where it is missing'),
      ],
      [
        '2.4.2',
        'Without @context no extension is made',
        by('vc-api/data-model', 'issued: VCDM 2.0, section 4.3: a credential has a @context'),
      ],
      [
        '2.4.3',
        'Data that JSON-LD would drop is an error',
        UNDEFINED,
        by('vc/library', 'eddsa-rdfc-2022: what no context defines is not signed'),
      ],
      [
        '2.4.3',
        'The base URL is null: what is relative is an error',
        by('vc/library', 'eddsa-rdfc-2022: what no context defines is not signed'),
      ],
      ['3.1', 'The type is DataIntegrityProof, and proofValue is used', SIGNED],
      [
        '4.2',
        'An error of the suite is an error of the whole',
        by(
          ISSUE,
          'nothing is signed with no subject',
          'nothing is signed with a context that is not known here',
        ),
      ],
      ['4.2', 'type, verificationMethod and proofPurpose are set', SIGNED],
      [
        '4.2',
        'domain and challenge that are asked for stand in the proof',
        notApplicable('the signing route takes neither'),
      ],
      [
        '4.3',
        'Proofs are added to a set or a chain by the algorithm',
        notApplicable('a credential that has a proof is not signed again'),
      ],
    ]),
    ...requirementsOf('verifier', [
      [
        '1.2',
        'Errors are produced for documents that do not conform',
        MEMBERS,
        by(VERIFY, 'what does not verify is a 400 that says why, with the types of the standards'),
      ],
      ['2.1', 'The id of a proof is a URL', MEMBERS],
      [
        '2.1',
        'type, proofPurpose and verificationMethod are there, strings that map to URLs',
        MEMBERS,
        by(PROOFS, 'a proof that is missing, of another purpose or of an unknown kind does not count'),
      ],
      [
        '2.1',
        'A DataIntegrityProof has a cryptosuite, a string',
        by(PROOFS, 'a proof that is missing, of another purpose or of an unknown kind does not count'),
      ],
      ['2.1', 'created and expires are XML Schema dateTimeStamps', MEMBERS],
      [
        '2.1',
        'A time without an offset is read as UTC',
        notMet(
          'such a proof is refused: it has no dateTimeStamp, and the public test suite expects an error',
        ),
      ],
      ['2.1', 'domain is a string or a set of strings', MEMBERS],
      [
        '2.1',
        'proofValue is Multibase',
        by(PROOFS, 'a proof that is missing, of another purpose or of an unknown kind does not count'),
      ],
      ['2.1', 'Each proof that previousProof names verifies first', CHAIN],
      [
        '2.3',
        'Digests are compared with what the resource is',
        by(
          'vc-api/terms-and-resources',
          'VCDM 2.0, section 5.3: a digest that does not match its resource is an error',
        ),
      ],
      [
        '2.4',
        'The contexts of the standard are already resolved',
        by(
          'outgoing/did-web',
          'issuers of elsewhere, by did:web › nothing is fetched for our own issuers, nor for a context',
        ),
      ],
      [
        '2.4.1, 4.6',
        'Contexts are validated: local copies of known ones alone',
        CONTENT,
        by('vc-api/terms-and-resources', 'VCDM 2.0, section 4.3: each context is one that can be processed'),
      ],
      [
        '2.4.3',
        'Data that JSON-LD would drop is an error: DATA_LOSS_DETECTION_ERROR',
        by(
          TITLES,
          'a term that is not defined has the type that the standard gives it',
          'a type that is not defined has the type that the standard gives it',
        ),
        CONTENT,
      ],
      ['2.4.3', 'The base URL is null', CONTENT],
      [
        '4.4',
        'A document that is no object, or has no proof, is an error',
        by('vc-api/unreadable', '/credentials/verify: what is no document at all is a PARSING_ERROR'),
        by(
          TITLES,
          'a proof that is null has the type that the standard gives it',
          'a proof that is a text has the type that the standard gives it',
        ),
        by(VERIFY, 'what does not verify is a 400 that says why, with the types of the standards'),
      ],
      [
        '4.4',
        'type, verificationMethod and proofPurpose exist, or PROOF_VERIFICATION_ERROR',
        by(TITLES, 'a proof without type has the type that the standard gives it'),
        MEMBERS,
      ],
      ['4.4', 'The purpose is the expected one', MEMBERS, ASKED],
      ['4.4', 'The domain is the expected one', PRESENTED, ASKED],
      ['4.4', 'The challenge is the expected one', PRESENTED, ASKED],
      ['4.5', 'A previousProof that is not there is an error', CHAIN],
      [
        '4.5',
        'Every proof of a set is verified',
        by(PROOFS, 'of several proofs each one of a known kind must hold'),
        by(SETS, 'others may sign beside the issuer'),
      ],
      [
        '4.7',
        'Errors have a type that begins with https://w3id.org/security#',
        by(VERIFY, 'what does not verify is a 400 that says why, with the types of the standards'),
      ],
      ['CID 3.3', 'The verification method is a URL', MEMBERS],
      ['CID 3.3', 'The controller’s document has the id that it was asked for by', CONTROLLER],
      [
        'CID 3.3',
        'A document or method that is not valid is an error',
        by('outgoing/did-web', 'issuers of elsewhere, by did:web › a document of any shape gets a verdict'),
      ],
      ['CID 3.3', 'The method is one for the purpose of the proof', CONTROLLER],
      [
        'CID 2.2',
        'A method that was revoked or has expired is not used',
        by(
          'verification/foreign-keys',
          'keys at other addresses › a key that was withdrawn or has expired does not count',
        ),
      ],
    ]),
  ],
}
