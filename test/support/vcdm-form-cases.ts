import { credential, EXAMPLES_V2, type ModelCase, V2 } from './vcdm-documents.ts'

const SPACED = 'https ://not-a-url/contexts/example'
const inline = (definition: unknown) => credential({ '@context': [V2, EXAMPLES_V2, definition] })
const asIssuer = (members: object) => credential({ issuer: { id: 'did:example:issuer', ...members } })

/** VCDM 2.0, sections 4.3 to 4.5: what every credential begins with. */
export const FORM_CASES: readonly ModelCase[] = [
  {
    title: 'VCDM 2.0, section 1.3: a conforming document is an object with all required members',
    kind: 'credential',
    good: [credential(), credential({ id: undefined, validFrom: undefined })],
    bad: [
      [
        {},
        ['/@context', 'model-required'],
        ['/type', 'model-required'],
        ['/issuer', 'model-required'],
        ['/credentialSubject', 'model-required'],
      ],
    ],
  },
  {
    title: 'VCDM 2.0, section 4.3: a credential has a @context',
    kind: 'credential',
    good: [credential()],
    bad: [[credential({ '@context': undefined }), ['/@context', 'model-required']]],
  },
  {
    title: 'VCDM 2.0, section 4.3: the @context of a credential is an ordered set',
    kind: 'credential',
    good: [credential({ '@context': [V2, EXAMPLES_V2] })],
    bad: [
      [credential({ '@context': V2 }), ['/@context', 'model-context-list']],
      [credential({ '@context': 'string' }), ['/@context', 'model-context-list']],
      [credential({ '@context': {} }), ['/@context', 'model-context-list']],
      [credential({ '@context': null }), ['/@context', 'model-context-list']],
      [credential({ '@context': 10 }), ['/@context', 'model-context-list']],
      [credential({ '@context': true }), ['/@context', 'model-context-list']],
      [credential({ '@context': [V2, EXAMPLES_V2, EXAMPLES_V2] }), ['/@context/2', 'model-context-twice']],
    ],
  },
  {
    title: 'VCDM 2.0, section 4.3: the first context of a credential is that of VCDM 2.0',
    kind: 'credential',
    good: [credential({ '@context': [V2, EXAMPLES_V2] })],
    bad: [
      [credential({ '@context': [] }), ['/@context/0', 'model-context-first']],
      [credential({ '@context': [EXAMPLES_V2] }), ['/@context/0', 'model-context-first']],
      [credential({ '@context': [EXAMPLES_V2, V2] }), ['/@context/0', 'model-context-first']],
      [credential({ '@context': [`${V2}/`] }), ['/@context/0', 'model-context-first']],
      [
        credential({ '@context': [{ '@vocab': 'https://example.com/' }, V2] }),
        ['/@context/0', 'model-context-first'],
      ],
    ],
  },
  {
    title: 'VCDM 2.0, section 4.3: further contexts of a credential are URLs or contexts',
    kind: 'credential',
    good: [
      inline({ ExampleTestCredential: 'https://example.com/#ExampleTestCredential' }),
      inline({ ex: 'https://example.com/#', Test: { '@id': 'ex:Test', '@protected': true } }),
      inline({
        '@version': 1.1,
        '@protected': true,
        keywords: { '@id': 'https://example.com/#k', '@container': '@set' },
      }),
      inline({ unwanted: null }),
    ],
    bad: [
      [inline(SPACED), ['/@context/2', 'model-context-item']],
      [inline('not-a-url'), ['/@context/2', 'model-context-item']],
      [inline(123192875), ['/@context/2', 'model-context-item']],
      [inline(null), ['/@context/2', 'model-context-item']],
      [inline([V2]), ['/@context/2', 'model-context-item']],
      [inline({ ExampleTestCredential: `${SPACED}#Test` }), ['/@context/2', 'model-context-term']],
      [inline({ Test: { '@id': SPACED } }), ['/@context/2', 'model-context-term']],
      [
        inline({ Test: { '@id': 'https://example.com/#Test', '@context': { note: SPACED } } }),
        ['/@context/2', 'model-context-term'],
      ],
      [inline({ Test: { '@reverse': SPACED } }), ['/@context/2', 'model-context-term']],
      [inline({ Test: 5 }), ['/@context/2', 'model-context-term']],
      [inline({ '@vocab': SPACED }), ['/@context/2', 'model-context-term']],
    ],
  },
  {
    title: 'VCDM 2.0, section 4.4: an id is a single URL',
    kind: 'credential',
    good: [
      credential({ id: 'https://example.org/credentials/1?a=b#c' }),
      credential({ id: 'did:example:1234abcd' }),
      credential({ id: 'urn:example:1' }),
      credential({ credentialSubject: { alumniOf: 'nobody in particular' } }),
    ],
    bad: [
      ...[
        null,
        5,
        '',
        'no-url',
        '/credentials/1',
        '_:b0',
        'https:example.org',
        'https://',
        `${SPACED}/1`,
        'https://example.org/a b',
        'https://example.org/\n',
        ['did:example:1', 'did:example:2'],
        ['did:example:1'],
        { id: 'did:example:1' },
      ].map((id) => [credential({ id }), ['/id', 'model-url']] as const),
      [
        credential({ credentialSubject: { id: ['did:example:1', 'did:example:2'] } }),
        ['/credentialSubject/id', 'model-url'],
      ],
      [credential({ credentialSubject: { id: `${SPACED}/1` } }), ['/credentialSubject/id', 'model-url']],
      [
        credential({ credentialSubject: [{ id: 'did:example:1' }, { id: null }] }),
        ['/credentialSubject/1/id', 'model-url'],
      ],
    ],
  },
  {
    title: 'VCDM 2.0, section 4.5: a credential has a type',
    kind: 'credential',
    good: [credential()],
    bad: [[credential({ type: undefined }), ['/type', 'model-required']]],
  },
  {
    title: 'VCDM 2.0, section 4.5: a type is one or more terms or absolute URLs, in any order',
    kind: 'credential',
    good: [
      credential({ type: 'VerifiableCredential' }),
      credential({ type: ['VerifiableCredential', 'https://example.org/#ExampleCredential'] }),
      credential({ type: ['https://example.org/#A', 'urn:example:b', 'VerifiableCredential'] }),
      credential({ type: ['https://example.org/#A', 'VerifiableCredential', 'https://example.org/#B'] }),
    ],
    bad: [
      ...[4, null, true, {}].map(
        (type) =>
          [credential({ type }), ['/type', 'model-type'], ['/type', 'model-type-credential']] as const,
      ),
      [credential({ type: [] }), ['/type', 'model-list-empty'], ['/type', 'model-type-credential']],
      ...['', ' ', 5, null, {}, '@graph', SPACED, 'https://'].map(
        (type) => [credential({ type: ['VerifiableCredential', type] }), ['/type/1', 'model-type']] as const,
      ),
      [credential({ credentialSubject: { type: 5 } }), ['/credentialSubject/type', 'model-type']],
      [asIssuer({ type: '' }), ['/issuer/type', 'model-type']],
    ],
  },
  {
    title: 'VCDM 2.0, section 4.5: a credential has the type VerifiableCredential',
    kind: 'credential',
    good: [credential({ type: ['ExampleDegreeCredential', 'VerifiableCredential'] })],
    bad: [
      [credential({ type: ['ExampleDegreeCredential'] }), ['/type', 'model-type-credential']],
      [credential({ type: 'NonconformingDocument' }), ['/type', 'model-type-credential']],
      [credential({ type: ['VerifiablePresentation'] }), ['/type', 'model-type-credential']],
    ],
  },
]
