import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../vc/contexts.ts'
import { CHECK_MESSAGES, type CheckCode, type CheckName } from './messages.ts'

const ISSUER = 'did:key:z6MkgjXnancVjEjRrcN32n3pF1YmtumJHvb9L24CW9PfYPZh'
export const EXAMPLE_HOLDER = 'did:key:z6MkfYGULCnd7Axyh7LpEr2ST1y7KyHZupLJPxAydUkbTvYs'

/** A badge that verifies, of an issuer that no service knows: its key was forgotten. */
export const EXAMPLE_BADGE = {
  '@context': [CREDENTIALS_V2, OPEN_BADGES_V3],
  id: 'urn:uuid:6f2e33e5-7a29-4155-840a-59483ba10164',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: ISSUER, type: ['Profile'], name: 'Association Exemple' },
  validFrom: '2026-01-15T09:00:00Z',
  name: 'Engagement solidaire',
  credentialSubject: {
    id: EXAMPLE_HOLDER,
    type: ['AchievementSubject'],
    achievement: {
      id: 'urn:uuid:3f0c7c52-6d0c-4b8c-9a54-0f7d6c1f2b11',
      type: ['Achievement'],
      name: 'Engagement solidaire',
      description: 'Trois mois au service des autres.',
      criteria: { narrative: 'Avoir participé à douze journées.' },
    },
  },
  proof: [
    {
      type: 'DataIntegrityProof',
      created: '2026-01-15T09:00:00Z',
      verificationMethod: `${ISSUER}#${ISSUER.slice('did:key:'.length)}`,
      cryptosuite: 'eddsa-rdfc-2022',
      proofPurpose: 'assertionMethod',
      proofValue: 'z3coDwi5ArK4yfia37pYD2VLRBuQWDFbBdChCbKGdtw8CyacZfWCfmPLr1Axvm98ATRZDTquFrk1JpcVzcsBhQUz1',
    },
  ],
}

/** Bodies of `POST /verify`. */
export const EXAMPLE_BODIES = [
  EXAMPLE_BADGE,
  { url: 'https://badges.example.org/credentials/3f0c7c52-6d0c-4b8c-9a54-0f7d6c1f2b11' },
]

const FOUND: readonly [CheckName, CheckCode][] = [
  ['parse', 'parse-ok'],
  ['terms', 'terms-ok'],
  ['context', 'context-ok'],
  ['type', 'type-ok'],
  ['schema', 'schema-ok'],
  ['named-schemas', 'named-schemas-none'],
  ['subject', 'subject-ok'],
  ['evidence', 'evidence-none'],
  ['issuer', 'issuer-foreign'],
  ['proof', 'proof-ok'],
  ['refresh', 'refresh-none'],
  ['status', 'status-none'],
  ['expiration', 'expiration-none'],
  ['issuance', 'issuance-ok'],
  ['endorsements', 'endorsements-none'],
]

/** What `POST /verify` answers of that badge. */
export const EXAMPLE_ANSWER = {
  valid: true,
  verdict: {
    code: 'valid-issuer-unknown',
    message: `This badge is intact and currently valid, but this service does not know its issuer, which calls itself Association Exemple (${ISSUER}). Check with this issuer that the badge is theirs, at an address that you find yourself and not at the one in the badge.`,
  },
  issuer: { id: ISSUER, name: 'Association Exemple', trust: 'confirmed' },
  checks: FOUND.map(([check, code]) => ({
    check,
    outcome: code === 'issuer-foreign' ? 'warning' : 'passed',
    code,
    message: CHECK_MESSAGES[code].en.replace('{en}', '15 January 2026'),
  })),
  credential: EXAMPLE_BADGE,
}
