import { by, notApplicable, notMet, requirementsOf, type Standard } from '../requirement.ts'

const ISSUE = 'vc-api/issue'
const STATUS = 'vc-api/status'
const VERIFY = 'vc-api/verify'
const WHY = by(VERIFY, 'what does not verify is a 400 that says why, with the types of the standards')
const RETURNED = by(VERIFY, 'what verifies is given back where that is asked for, as it came')
const UNREADABLE = 'vc-api/unreadable'
const UNKNOWN = notMet(
  'unknown options, and unknown members of a change of status, are passed over: clients and the public test suites send many that say nothing here; unknown values of known ones are refused',
)
const JSON_ALONE = notMet(
  'bodies are JSON, also under the media types of the data model; problems are application/problem+json',
)

export const VC_API: Standard = {
  name: 'VC API 0.7',
  url: 'https://w3c-ccg.github.io/vc-api/',
  requirements: [
    ...requirementsOf('issuer', [
      [
        'Forbidden Authorization',
        'No long-lived static credentials authorize requests',
        notMet('requests are authorized by API keys, which can be given an end (expiresAt) but need none'),
      ],
      [
        'OAuth 2.0',
        'OAuth 2.0, where it is used, has these scopes',
        notApplicable('OAuth 2.0 is not used here'),
      ],
      ['Content Serialization', 'Bodies are JSON, as application/json', JSON_ALONE],
      ['Unknown Options and Data', 'What is not understood is an error', UNKNOWN],
      [
        'Issue Credential',
        'POST /credentials/issue: 201 with the credential',
        by(
          ISSUE,
          'did:key, eddsa-rdfc-2022: a credential of VCDM 2.0 is signed, and verifies',
          'what the body says survives: id, dates, texts, contexts that are objects',
        ),
      ],
      [
        'Issue Credential',
        'POST /credentials/issue: 400 for what is not valid',
        by(
          ISSUE,
          'nothing is signed with no credential',
          'nothing is signed with a credential that is a text',
          'nothing is signed with no subject',
          'every fault of the model is told at once, in the reader’s language',
        ),
      ],
      [
        'Issue Credential',
        'options.credentialId names the credential later, and need not stand in it',
        by(
          STATUS,
          'a credential without an id is found by the name that its issuer gave it',
          'a name that the issuer gave goes before the id',
        ),
      ],
      ['Issue Credential', 'All proofs are attached in one call', notApplicable('one call makes one proof')],
      [
        'Update Status',
        'POST /credentials/status: 200 where the status was set, 400 or 404 where not',
        by(
          STATUS,
          'a revocation is for good',
          'a suspension can be lifted, and its list says what it is',
          'nothing is changed where nothing is meant',
        ),
      ],
      [
        'Update Status',
        'credentialId, credentialStatus, status and indexAllocator are understood',
        by(STATUS, 'a request in the words of VC API is understood, and what is not known passed over'),
      ],
      [
        'Get, Delete a Credential',
        'Credentials are got and deleted by their id',
        notApplicable('what is signed as given is kept nowhere'),
      ],
    ]),
    ...requirementsOf('verifier', [
      ['Content Serialization', 'Bodies are JSON, as application/json', JSON_ALONE],
      ['Unknown Options and Data', 'What is not understood is an error', UNKNOWN],
      [
        'Verify Credential',
        'POST /credentials/verify: 200 for what verifies',
        by(
          VERIFY,
          'a credential that verifies is answered with every check, in the reader’s language',
          'options say what is asked',
        ),
      ],
      [
        'Verify Credential',
        'POST /credentials/verify: 400 with problem details for what does not',
        WHY,
        by(UNREADABLE, '/credentials/verify: what is no document at all is a PARSING_ERROR'),
      ],
      [
        'Verify Credential',
        'The verified credential is returned where returnCredential asks for it, and only there',
        RETURNED,
      ],
      [
        'Verify Presentation',
        'POST /presentations/verify: 200 for what verifies',
        by(
          VERIFY,
          'a presentation verifies with its holder, its challenge, its domain and every credential in it',
        ),
      ],
      [
        'Verify Presentation',
        'POST /presentations/verify: 400 with problem details for what does not',
        by(VERIFY, 'one credential that does not verify spoils the presentation, and is named'),
        by(UNREADABLE, '/presentations/verify: what is no document at all is a PARSING_ERROR'),
      ],
      [
        'Verify Presentation',
        'The verified presentation is returned where returnPresentation asks for it, and only there',
        RETURNED,
      ],
      [
        'Create Challenge',
        'POST /challenges',
        notApplicable('challenges are the caller’s, in options.challenge'),
      ],
    ]),
  ],
}
