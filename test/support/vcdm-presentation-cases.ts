import {
  credential,
  credential1,
  EXAMPLES_V2,
  envelope,
  type ModelCase,
  presentation,
  secured,
  V2,
} from './vcdm-documents.ts'

const SPACED = 'https ://not-a-url/1'
const ENVELOPE = 'EnvelopedVerifiablePresentation'
const holding = (verifiableCredential: unknown, holder?: unknown) =>
  presentation({ verifiableCredential, holder })
const at = '/verifiableCredential'

/** VCDM 2.0, sections 4.3 to 4.5 and 4.13: presentations. */
const FORM: ModelCase[] = [
  {
    title: 'VCDM 2.0, section 4.3: a presentation has a @context',
    kind: 'presentation',
    good: [presentation()],
    bad: [[presentation({ '@context': undefined }), ['/@context', 'model-required']]],
  },
  {
    title:
      'VCDM 2.0, section 4.3: the @context of a presentation is an ordered set that begins with that of VCDM 2.0',
    kind: 'presentation',
    good: [presentation({ '@context': [V2], type: 'VerifiablePresentation' })],
    bad: [
      [presentation({ '@context': V2 }), ['/@context', 'model-context-list']],
      [presentation({ '@context': [] }), ['/@context/0', 'model-context-first']],
      [presentation({ '@context': [EXAMPLES_V2, V2] }), ['/@context/0', 'model-context-first']],
      [presentation({ '@context': [V2, V2] }), ['/@context/1', 'model-context-twice']],
    ],
  },
  {
    title: 'VCDM 2.0, section 4.3: further contexts of a presentation are URLs or contexts',
    kind: 'presentation',
    good: [
      presentation({
        '@context': [V2, EXAMPLES_V2, { ExampleVerifiablePresentation: 'https://example.com/#VP' }],
      }),
    ],
    bad: [
      [presentation({ '@context': [V2, SPACED] }), ['/@context/1', 'model-context-item']],
      [presentation({ '@context': [V2, 123192875] }), ['/@context/1', 'model-context-item']],
      [presentation({ '@context': [V2, { Type: SPACED }] }), ['/@context/1', 'model-context-term']],
    ],
  },
  {
    title: 'VCDM 2.0, section 4.13: the id of a presentation is a URL (section 4.4)',
    kind: 'presentation',
    good: [presentation({ id: 'urn:uuid:3978344f-8596-4c3a-a978-8fcaba3903c5' })],
    bad: [
      [presentation({ id: null }), ['/id', 'model-url']],
      [presentation({ id: ['did:example:1', 'did:example:2'] }), ['/id', 'model-url']],
      [presentation({ id: SPACED }), ['/id', 'model-url']],
    ],
  },
  {
    title: 'VCDM 2.0, section 4.13: a presentation has the type VerifiablePresentation (section 4.5)',
    kind: 'presentation',
    good: [presentation({ type: 'VerifiablePresentation' })],
    bad: [
      [presentation({ type: undefined }), ['/type', 'model-required']],
      [presentation({ type: ['ExamplePresentation'] }), ['/type', 'model-type-presentation']],
      [presentation({ type: ['NonconformingDocument'] }), ['/type', 'model-type-presentation']],
      [presentation({ type: [] }), ['/type', 'model-list-empty'], ['/type', 'model-type-presentation']],
      [presentation({ type: ['VerifiablePresentation', SPACED] }), ['/type/1', 'model-type']],
    ],
  },
]

const CONTENTS: ModelCase[] = [
  {
    title: 'VCDM 2.0, section 4.13: verifiableCredential holds objects, no strings, numbers or URLs',
    kind: 'presentation',
    good: [holding(undefined), holding([]), holding(secured()), holding([secured(), envelope()])],
    bad: [
      ...['did:example:1', 5, true, null].map((one) => [holding(one), [at, 'model-object']] as const),
      [holding([secured(), 'https://example.org/credentials/1']), [`${at}/1`, 'model-object']],
      [holding([[secured()]]), [`${at}/0`, 'model-object']],
    ],
  },
  {
    title: 'VCDM 2.0, section 4.13: each verifiableCredential is a verifiable credential',
    kind: 'presentation',
    good: [holding([secured(), secured({ issuer: { id: 'did:example:other' } })])],
    bad: [
      [holding(secured({ issuer: 'fake-issuer' })), [`${at}/issuer`, 'model-party']],
      [holding([secured(), secured({ type: ['Other'] })]), [`${at}/1/type`, 'model-type-credential']],
      [holding([secured({ '@context': undefined })]), [`${at}/0/@context`, 'model-required']],
      [
        holding(
          [credential1({ issuanceDate: undefined, proof: { type: 'Ed25519Signature2020' } })],
          'did:example:issuer',
        ),
        [`${at}/0/issuanceDate`, 'model-required'],
      ],
    ],
  },
  {
    title: 'VCDM 2.0, section 4.13: a holder is a URL, or an object whose id is one',
    kind: 'presentation',
    good: [
      presentation({ holder: 'did:example:holder' }),
      presentation({ holder: { id: 'did:example:holder' } }),
    ],
    bad: [
      ...['z6Mkp', 5, null, ['did:example:holder']].map(
        (holder) => [presentation({ holder }), ['/holder', 'model-party']] as const,
      ),
      [presentation({ holder: {} }), ['/holder/id', 'model-required']],
      [presentation({ holder: { id: 'z6Mkp' } }), ['/holder/id', 'model-url']],
    ],
  },
  {
    title:
      'VCDM 2.0, section 4.13: with a credential that only its own proof secures, a presentation has a holder',
    kind: 'presentation',
    good: [holding([credential({ issuer: 'did:example:holder' })], 'did:example:holder')],
    bad: [
      [holding([secured(), credential()]), ['/holder', 'model-holder-missing']],
      [holding(credential()), ['/holder', 'model-holder-missing']],
    ],
  },
  {
    title:
      'VCDM 2.0, section 4.13: the issuer of a credential that only the presentation secures is its holder',
    kind: 'presentation',
    good: [holding([credential({ issuer: { id: 'did:example:holder' } })], { id: 'did:example:holder' })],
    bad: [
      [holding([secured(), credential()], 'did:example:holder'), [`${at}/1/issuer`, 'model-holder-other']],
      [holding(credential(), 'did:example:holder'), [`${at}/issuer`, 'model-holder-other']],
    ],
  },
  {
    title: 'VCDM 2.0, section 4.12: the proof of a presentation is one or more objects with their type',
    kind: 'presentation',
    good: [presentation({ proof: { type: 'DataIntegrityProof' } })],
    bad: [
      [presentation({ proof: [] }), ['/proof', 'model-list-empty']],
      [presentation({ proof: 'string' }), ['/proof', 'model-object']],
      [presentation({ proof: {} }), ['/proof/type', 'model-required']],
    ],
  },
  ...['refreshService', 'termsOfUse'].map(
    (member): ModelCase => ({
      title: `VCDM 2.0, section ${member === 'termsOfUse' ? '5.5' : '5.4'}: ${member} of a presentation is one object or more with their type`,
      kind: 'presentation',
      good: [presentation({ [member]: [{ type: 'https://example.org/#Policy' }] })],
      bad: [
        [presentation({ [member]: {} }), [`/${member}/type`, 'model-required']],
        [presentation({ [member]: 'https://example.org/terms' }), [`/${member}`, 'model-object']],
      ],
    }),
  ),
]

const ENVELOPES: ModelCase[] = [
  { name: 'a credential', path: at, build: (changes: object) => holding(envelope(changes)) },
  { name: 'a presentation', path: '', build: (changes: object) => envelope({ type: ENVELOPE, ...changes }) },
].flatMap(({ name, path, build }): ModelCase[] => [
  {
    title: `VCDM 2.0, section 4.13: the envelope of ${name} has a @context with that of VCDM 2.0`,
    kind: 'presentation',
    good: [build({}), build({ '@context': [V2, EXAMPLES_V2] })],
    bad: [
      [build({ '@context': undefined }), [`${path}/@context`, 'model-required']],
      [build({ '@context': [] }), [`${path}/@context`, 'model-enveloped-context']],
      [build({ '@context': EXAMPLES_V2 }), [`${path}/@context`, 'model-enveloped-context']],
      [build({ '@context': [V2, 5] }), [`${path}/@context/1`, 'model-context-item']],
    ],
  },
  {
    title: `VCDM 2.0, section 4.13: the id of the envelope of ${name} is a data: URL`,
    kind: 'presentation',
    good: [build({ id: 'data:application/vc+sd-jwt;charset=utf-8;base64,QzVjV' })],
    bad: [
      [build({ id: undefined }), [`${path}/id`, 'model-required']],
      ...[
        null,
        'https://example.org/1',
        'eyJhbGciOiJFZERTQSJ9.e30.AA',
        'data:',
        'data:,a',
        'data:application/vc+jwt',
        'data:application/vc+jwt,',
        'data:application/vc+jwt;QzVjV',
        'data:application/vc+jwt,a b',
      ].map((id) => [build({ id }), [`${path}/id`, 'model-data-url']] as const),
    ],
  },
  {
    title: `VCDM 2.0, section 4.13: the type of the envelope of ${name} says so, and nothing else`,
    kind: 'presentation',
    good: [build({})],
    bad: [
      [
        build({ type: ['EnvelopedVerifiableCredential', ENVELOPE] }),
        [`${path}/type`, 'model-enveloped-type'],
      ],
    ],
  },
])

export const PRESENTATION_CASES: readonly ModelCase[] = [...FORM, ...CONTENTS, ...ENVELOPES]
