import { credential1, type ModelCase, V1, V2 } from './vcdm-documents.ts'

const SPACED = 'https ://not-a-url/1'
const EXAMPLES_V1 = 'https://www.w3.org/2018/credentials/examples/v1'
const TYPE = 'https://example.org/#ExampleType'
const presentation1 = (changes: object) => ({
  '@context': [V1],
  type: ['VerifiablePresentation'],
  verifiableCredential: [credential1({ proof: { type: 'Ed25519Signature2020' } })],
  ...changes,
})

/** The data model of 2022, told by the first context. */
export const MODEL_1_CASES: readonly ModelCase[] = [
  {
    title: 'VCDM 1.1, section 4.1: the @context is an ordered set of URIs and objects',
    kind: 'credential',
    good: [
      credential1(),
      credential1({ '@context': [V1, EXAMPLES_V1, { note: 'https://example.org/#note' }] }),
    ],
    bad: [
      [credential1({ '@context': V1 }), ['/@context', 'model-context-list']],
      [credential1({ '@context': [V1, 5] }), ['/@context/1', 'model-context-item']],
      [credential1({ '@context': [V1, SPACED] }), ['/@context/1', 'model-context-item']],
    ],
  },
  {
    title: 'VCDM 1.1, section 4.2: an id is a single URI',
    kind: 'credential',
    good: [credential1({ id: 'http://example.edu/credentials/3732' }), credential1({ id: undefined })],
    bad: [
      [credential1({ id: ['did:example:1'] }), ['/id', 'model-url']],
      [credential1({ id: 'not-a-uri' }), ['/id', 'model-url']],
    ],
  },
  {
    title: 'VCDM 1.1, section 4.3: a credential has the type VerifiableCredential',
    kind: 'credential',
    good: [credential1()],
    bad: [
      [credential1({ type: undefined }), ['/type', 'model-required']],
      [credential1({ type: ['UniversityDegreeCredential'] }), ['/type', 'model-type-credential']],
      [credential1({ type: [] }), ['/type', 'model-list-empty'], ['/type', 'model-type-credential']],
    ],
  },
  {
    title: 'VCDM 1.1, section 4.4: a credential has a credentialSubject with claims',
    kind: 'credential',
    good: [credential1({ credentialSubject: [{ id: 'did:example:1' }, { id: 'did:example:2' }] })],
    bad: [
      [credential1({ credentialSubject: undefined }), ['/credentialSubject', 'model-required']],
      [credential1({ credentialSubject: {} }), ['/credentialSubject', 'model-subject-empty']],
      [credential1({ credentialSubject: 'did:example:1234' }), ['/credentialSubject', 'model-object']],
    ],
  },
  {
    title: 'VCDM 1.1, section 4.5: a credential has an issuer, a URI or an object whose id is one',
    kind: 'credential',
    good: [credential1({ issuer: { id: 'did:example:issuer' } })],
    bad: [
      [credential1({ issuer: undefined }), ['/issuer', 'model-required']],
      [credential1({ issuer: [] }), ['/issuer', 'model-party']],
      [credential1({ issuer: { name: 'Example' } }), ['/issuer/id', 'model-required']],
    ],
  },
  {
    title: 'VCDM 1.1, section 4.6: a credential has an issuanceDate, an XML Schema dateTime',
    kind: 'credential',
    good: [credential1({ issuanceDate: '2026-01-01T19:23:24+01:00' })],
    bad: [
      [credential1({ issuanceDate: undefined }), ['/issuanceDate', 'model-required']],
      [credential1({ issuanceDate: '2026-01-01' }), ['/issuanceDate', 'model-date-1']],
      [credential1({ issuanceDate: 5 }), ['/issuanceDate', 'model-date-1']],
    ],
  },
  {
    title: 'VCDM 1.1, section 4.7: a proof says its type',
    kind: 'credential',
    good: [credential1({ proof: { type: 'Ed25519Signature2020' } })],
    bad: [
      [credential1({ proof: {} }), ['/proof/type', 'model-required']],
      [credential1({ proof: [] }), ['/proof', 'model-list-empty']],
    ],
  },
  {
    title: 'VCDM 1.1, section 4.8: an expirationDate is an XML Schema dateTime',
    kind: 'credential',
    good: [credential1({ expirationDate: '2030-01-01T19:23:24Z' })],
    bad: [[credential1({ expirationDate: 'tomorrow' }), ['/expirationDate', 'model-date-1']]],
  },
  ...(
    [
      ['4.9', 'credentialStatus'],
      ['5.4', 'credentialSchema'],
      ['5.5', 'refreshService'],
    ] as const
  ).map(
    ([section, member]): ModelCase => ({
      title: `VCDM 1.1, section ${section}: ${member} has an id and a type`,
      kind: 'credential',
      good: [credential1({ [member]: { id: 'did:example:1', type: TYPE } })],
      bad: [
        [credential1({ [member]: { type: TYPE } }), [`/${member}/id`, 'model-required']],
        [credential1({ [member]: { id: 'did:example:1' } }), [`/${member}/type`, 'model-required']],
        [credential1({ [member]: 'did:example:1' }), [`/${member}`, 'model-object']],
      ],
    }),
  ),
  ...(
    [
      ['5.6', 'termsOfUse'],
      ['5.7', 'evidence'],
    ] as const
  ).map(
    ([section, member]): ModelCase => ({
      title: `VCDM 1.1, section ${section}: ${member} has a type`,
      kind: 'credential',
      good: [credential1({ [member]: { type: TYPE } })],
      bad: [[credential1({ [member]: { id: 'did:example:1' } }), [`/${member}/type`, 'model-required']]],
    }),
  ),
  {
    title: 'VCDM 1.1, section 4.10: a presentation has the type VerifiablePresentation and holds credentials',
    kind: 'presentation',
    good: [presentation1({}), presentation1({ holder: 'did:example:holder' })],
    bad: [
      [presentation1({ type: ['Other'] }), ['/type', 'model-type-presentation']],
      [presentation1({ verifiableCredential: [5] }), ['/verifiableCredential/0', 'model-object']],
      [presentation1({ holder: 'nobody' }), ['/holder', 'model-party']],
      [presentation1({ id: 'nowhere' }), ['/id', 'model-url']],
      [presentation1({ proof: {} }), ['/proof/type', 'model-required']],
      [presentation1({ refreshService: { type: TYPE } }), ['/refreshService/id', 'model-required']],
      [presentation1({ termsOfUse: {} }), ['/termsOfUse/type', 'model-required']],
      [presentation1({ '@context': [V1, V2, V2] }), ['/@context/2', 'model-context-twice']],
    ],
  },
]
