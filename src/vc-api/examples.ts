import { CREDENTIALS_V2 } from '../vc/contexts.ts'
import { EXAMPLE_BADGE, EXAMPLE_HOLDER } from '../verification/examples.ts'

/**
 * Bodies of `POST /v1/issuers/{slug}/credentials/issue`: a credential that is no badge, one that can be revoked, and
 * one that can be revoked though nothing in it names it.
 */
export const ISSUE_EXAMPLES = [
  {
    credential: {
      '@context': [CREDENTIALS_V2, 'https://www.w3.org/ns/credentials/examples/v2'],
      type: ['VerifiableCredential', 'ExampleDegreeCredential'],
      issuer: 'did:web:badges.example.org:issuers:inae',
      credentialSubject: {
        id: 'did:example:aicha',
        degree: { type: 'ExampleBachelorDegree', name: 'Licence de sociologie' },
      },
    },
  },
  {
    credential: {
      '@context': [CREDENTIALS_V2],
      id: 'urn:uuid:9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d',
      type: ['VerifiableCredential'],
      issuer: 'did:web:badges.example.org:issuers:inae',
      validFrom: '2026-10-15T14:00:00Z',
      credentialSubject: { id: 'did:example:aicha' },
    },
    options: { cryptosuite: 'eddsa-rdfc-2022', status: true, statusPurpose: 'revocation' },
  },
  {
    credential: {
      '@context': [CREDENTIALS_V2],
      type: ['VerifiableCredential'],
      issuer: 'did:web:badges.example.org:issuers:inae',
      credentialSubject: { id: 'did:example:aicha' },
    },
    options: { status: true, credentialId: 'dossier-2026-0042' },
  },
]

/**
 * Bodies of `POST /v1/issuers/{slug}/credentials/status`: revoked by its id, a suspension that is lifted, and revoked
 * by the name that the issuer gave it.
 */
export const STATUS_EXAMPLES = [
  { credentialId: 'urn:uuid:9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d', status: true },
  {
    credentialStatus: {
      type: 'BitstringStatusListEntry',
      statusPurpose: 'suspension',
      statusListCredential: 'https://badges.example.org/status-lists/3f0c7c52-6d0c-4b8c-9a54-0f7d6c1f2b11',
      statusListIndex: '4711',
    },
    status: false,
  },
  {
    credentialId: 'dossier-2026-0042',
    credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
    status: true,
  },
]

/** Bodies of `POST /credentials/verify`. */
export const VERIFY_EXAMPLES = [
  { verifiableCredential: EXAMPLE_BADGE },
  { verifiableCredential: EXAMPLE_BADGE, options: { checks: ['proof'] } },
]

/** A body of `POST /presentations/verify`: the holder shows the badge to whoever set the challenge. */
export const PRESENT_EXAMPLES = [
  {
    verifiablePresentation: {
      '@context': [CREDENTIALS_V2],
      type: ['VerifiablePresentation'],
      holder: EXAMPLE_HOLDER,
      verifiableCredential: [EXAMPLE_BADGE],
      proof: {
        type: 'DataIntegrityProof',
        cryptosuite: 'eddsa-rdfc-2022',
        created: '2026-02-28T12:00:00Z',
        verificationMethod: `${EXAMPLE_HOLDER}#${EXAMPLE_HOLDER.slice('did:key:'.length)}`,
        proofPurpose: 'authentication',
        challenge: '3f0c7c52',
        domain: 'verifier.example.org',
        proofValue:
          'z2bpbYwTFQjYAoPZPGe2Vzg2kVAzr9tuHNEbtWV1Z6GSymrESV6DNzMnk5gNjSLc24pKsZJAxHPbdRPSwBApbj1Mo',
      },
    },
    options: { challenge: '3f0c7c52', domain: 'verifier.example.org' },
  },
]
