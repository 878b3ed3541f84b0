import { by, notApplicable, notMet, requirementsOf, type Standard } from '../requirement.ts'
import { OF_CREDENTIALS, OF_PRESENTATIONS, type Rules } from './data-model-rules.ts'

const DATA_MODEL = 'vc-api/data-model'
const TERMS = 'vc-api/terms-and-resources'
const WITHIN = 'vc-api/within-presentations'
const VERIFY = 'vc-api/verify'
const ISSUE = 'vc-api/issue'

const titled = (how: 'issued' | 'verified', rows: readonly Rules[]) =>
  rows.map(([section, must, ...rules]) => {
    const titles = rules.map((rule) => `${how}: VCDM 2.0, section ${section}: ${rule}`)
    return [section, must, by(DATA_MODEL, ...titles)] as const
  })

const UNDERSTOOD = by(TERMS, 'VCDM 2.0, section 4.3: each context is one that can be processed')
const FOR_AUTHORS = notApplicable('binds the authors of other specifications')

/** The model of credentials and presentations; each document goes through the service. */
export const DATA_MODEL_2: Standard = {
  name: 'Verifiable Credentials Data Model 2.0',
  url: 'https://www.w3.org/TR/2025/REC-vc-data-model-2.0-20250515/',
  requirements: [
    ...requirementsOf('issuer', [
      [
        '1.3, 4.12',
        'A document is secured by a securing mechanism',
        by(ISSUE, 'did:web, eddsa-rdfc-2022: a credential of VCDM 2.0 is signed, and verifies'),
      ],
      ...titled('issued', OF_CREDENTIALS),
      ['4.3', 'Every JSON-LD context in use is understood', UNDERSTOOD],
      [
        '4.5',
        'A type that is a term is defined by the contexts',
        by(TERMS, 'VCDM 2.0, section 4.5: a type is a term that the contexts define'),
      ],
      [
        '4.13',
        'Presentations are made as the section says',
        notApplicable('presentations are not made here'),
      ],
      [
        '4.10, 5.7, 5.11, 5.13',
        'Status, securing and transformation specifications protect people',
        FOR_AUTHORS,
      ],
      [
        '5.2',
        'Contexts define every term, or the last one is for those that are not',
        by(
          TERMS,
          'VCDM 2.0, section 5.2: contexts define all terms, or the last one is for those that are not',
        ),
      ],
      [
        '5.2',
        'No context redefines a term of the base context',
        by(TERMS, 'VCDM 2.0, section 5.2: no context redefines a term of the base context'),
      ],
      ['B.1', 'The base context is already retrieved, never fetched', UNDERSTOOD],
    ]),
    ...requirementsOf('verifier', [
      [
        '1.3',
        'Errors are produced for documents that do not conform',
        by(VERIFY, 'what does not verify is a 400 that says why, with the types of the standards'),
        by('vc-api/unreadable', '/credentials/verify: what is no document at all is a PARSING_ERROR'),
      ],
      [
        '1.3, 4.12',
        'The securing mechanism is verified',
        by(VERIFY, 'a badge of ours verifies here too, in every embedded form and in an envelope'),
        by('verification/proofs', 'a member that was added or taken away breaks the signature'),
      ],
      ...titled('verified', OF_CREDENTIALS),
      [
        '4.12',
        'An embedded proof has a type',
        by(
          DATA_MODEL,
          'verified: VCDM 2.0, section 4.12: an embedded proof is one or more objects with their type',
        ),
      ],
      ...titled('verified', OF_PRESENTATIONS),
      [
        '4.13',
        'An enveloped credential is verified as what it holds',
        by(
          WITHIN,
          'VCDM 2.0, section 4.13: an enveloped credential is verified by itself, and its envelope too',
        ),
      ],
      [
        '4.13',
        'Credentials in a presentation are secured',
        by(WITHIN, 'a genuine presentation vouches for no credential in it'),
      ],
      [
        '5.3',
        'A digest that does not match its resource is an error',
        by(TERMS, 'VCDM 2.0, section 5.3: a digest that does not match its resource is an error'),
      ],
      [
        '5.8',
        'A time without an offset is read as UTC',
        notMet('such a time is refused as malformed, as section 4.9 demands the offset'),
      ],
      [
        '7.1',
        'A verifier runs the algorithm: reading, proof and conformance, with the result that it has',
        by(
          VERIFY,
          'reading, the proof and the data model: each is enough to fail, whatever the others say',
          'a credential that verifies is answered with every check, in the reader’s language',
        ),
      ],
      [
        '7.1',
        'A presentation is verified with each credential in it',
        by(VERIFY, 'one credential that does not verify spoils the presentation, and is named'),
      ],
      [
        '7.3',
        'Problem details have a type, a URL',
        by(VERIFY, 'what does not verify is a 400 that says why, with the types of the standards'),
      ],
      [
        'B.1',
        'Its copy has the published digest',
        notMet(
          'the copy is that of an npm package, in bytes of its own: digests of it in relatedResource are compared with the published ones',
        ),
      ],
      [
        'B.1',
        'The base context is already retrieved, never fetched',
        by(
          'outgoing/did-web',
          'issuers of elsewhere, by did:web › nothing is fetched for our own issuers, nor for a context',
        ),
      ],
      ['5.11, 5.13', 'Rules for transformations and securing mechanisms', FOR_AUTHORS],
    ]),
  ],
}
