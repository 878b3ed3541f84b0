import { credential, type Document, type ModelCase, secured } from './vcdm-documents.ts'

const SPACED = 'https ://not-a-url'
const asIssuer = (members: Document) => credential({ issuer: { id: 'did:example:issuer', ...members } })

const TEXTS: ModelCase[] = ['name', 'description'].flatMap((member) =>
  [
    { where: 'a credential', path: '', build: credential },
    { where: 'an issuer', path: '/issuer', build: asIssuer },
  ].flatMap(({ where, path, build }): ModelCase[] => [
    {
      title: `VCDM 2.0, section 4.6: the ${member} of ${where} is a string or a language value object`,
      kind: 'credential',
      good: [
        build({ [member]: 'Diplôme' }),
        build({ [member]: { '@value': 'Degree' } }),
        build({ [member]: { '@value': 'Degree', '@language': 'en' } }),
        build({ [member]: { '@value': 'شهادة', '@language': 'ar', '@direction': 'rtl' } }),
        build({ [member]: ['en', 'fr-CA', 'it'].map((tag) => ({ '@value': tag, '@language': tag })) }),
      ],
      bad: [
        [build({ [member]: 5 }), [`${path}/${member}`, 'model-text']],
        [build({ [member]: null }), [`${path}/${member}`, 'model-text']],
        [build({ [member]: [] }), [`${path}/${member}`, 'model-list-empty']],
        [build({ [member]: ['a', true] }), [`${path}/${member}/1`, 'model-text']],
      ],
    },
    {
      title: `VCDM 2.0, section 11.1: a language value object as ${member} of ${where} has @value, @language and @direction only`,
      kind: 'credential',
      good: [build({ [member]: { '@value': 'Degree', '@language': 'en', '@direction': 'ltr' } })],
      bad: [
        [build({ [member]: { '@language': 'en' } }), [`${path}/${member}/@value`, 'model-required']],
        [build({ [member]: { '@value': 5 } }), [`${path}/${member}/@value`, 'model-text-value']],
        [
          build({ [member]: { '@value': 'a', '@language': 'en_GB' } }),
          [`${path}/${member}/@language`, 'model-language'],
        ],
        [
          build({ [member]: { '@value': 'a', '@direction': 'up' } }),
          [`${path}/${member}/@direction`, 'model-direction'],
        ],
        [
          build({ [member]: { '@value': 'a', '@language': 'en', url: 'did:example:1' } }),
          [`${path}/${member}`, 'model-text-member'],
        ],
      ],
    },
  ]),
)

const MEMBERS: ModelCase[] = [
  {
    title: 'VCDM 2.0, section 4.7: a credential has an issuer',
    kind: 'credential',
    good: [credential()],
    bad: [[credential({ issuer: undefined }), ['/issuer', 'model-required']]],
  },
  {
    title: 'VCDM 2.0, section 4.7: an issuer is a URL, or an object whose id is a URL',
    kind: 'credential',
    good: [
      credential({ issuer: 'https://university.example/issuers/14' }),
      asIssuer({ name: 'Example University' }),
    ],
    bad: [
      ...['fake-issuer', null, true, 4, [], ['did:example:issuer'], `${SPACED}/1`].map(
        (issuer) => [credential({ issuer }), ['/issuer', 'model-party']] as const,
      ),
      [credential({ issuer: {} }), ['/issuer/id', 'model-required']],
      [credential({ issuer: { id: null } }), ['/issuer/id', 'model-url']],
      [credential({ issuer: { id: 'fake-issuer' } }), ['/issuer/id', 'model-url']],
    ],
  },
  {
    title: 'VCDM 2.0, section 4.8: a credential has a credentialSubject',
    kind: 'credential',
    good: [credential()],
    bad: [[credential({ credentialSubject: undefined }), ['/credentialSubject', 'model-required']]],
  },
  {
    title: 'VCDM 2.0, section 4.8: each credentialSubject is the subject of a claim inside of it',
    kind: 'credential',
    good: [
      credential({ credentialSubject: [{ id: 'did:example:1' }, { id: 'did:example:2', name: 'Jane' }] }),
      credential({ credentialSubject: { alumniOf: 'Example University' } }),
    ],
    bad: [
      [credential({ credentialSubject: {} }), ['/credentialSubject', 'model-subject-empty']],
      [
        credential({ credentialSubject: [{ id: 'did:example:1' }, {}] }),
        ['/credentialSubject/1', 'model-subject-empty'],
      ],
      [credential({ credentialSubject: [] }), ['/credentialSubject', 'model-list-empty']],
      ...[null, true, 4, 'did:example:1234'].map(
        (credentialSubject) =>
          [credential({ credentialSubject }), ['/credentialSubject', 'model-object']] as const,
      ),
      [credential({ credentialSubject: [['a']] }), ['/credentialSubject/0', 'model-object']],
    ],
  },
  ...['validFrom', 'validUntil'].map(
    (member): ModelCase => ({
      title: `VCDM 2.0, section 4.9: ${member} is an XML Schema dateTimeStamp`,
      kind: 'credential',
      good: [
        '2026-02-25T19:10:39Z',
        '2026-02-25T19:10:39.123456789012Z',
        '2026-02-25T19:10:39-06:00',
        '2024-02-29T23:59:59+14:00',
      ].map((date) => credential({ validFrom: undefined, [member]: date })),
      bad: [
        null,
        1_700_000_000,
        '',
        '2026-02-25',
        '2026-02-25T19:10:39',
        '2026-02-25 19:10:39Z',
        '2026-02-25t19:10:39z',
        '2026-2-25T19:10:39Z',
        '2026-02-25T19:10Z',
        '2025-02-29T00:00:00Z',
        '2026-04-31T00:00:00Z',
        '2026-13-01T00:00:00Z',
        '2026-02-25T24:00:01Z',
        '2026-02-25T23:59:60Z',
        '2026-02-25T19:10:39+14:01',
        'Sat 25 Feb 2023 07:16:31 PM CST',
        'Sun, 26 Feb 2023 01:22:14 +0000',
        ['2026-02-25T19:10:39Z'],
      ].map(
        (date) =>
          [credential({ validFrom: undefined, [member]: date }), [`/${member}`, 'model-date']] as const,
      ),
    }),
  ),
  {
    title: 'VCDM 2.0, section 4.9: validUntil is the same moment as validFrom, or a later one',
    kind: 'credential',
    good: [
      ['2026-02-26T01:21:23Z', '2026-02-25T19:21:29-06:00'],
      ['2026-02-26T01:21:23Z', '2026-02-26T01:21:23.0Z'],
      ['2025-12-31T23:59:59.9Z', '2026-01-01T00:00:00Z'],
    ].map(([validFrom, validUntil]) => credential({ validFrom, validUntil })),
    bad: [
      ['2027-01-01T00:00:00Z', '2025-01-01T00:00:00Z'],
      ['2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00.45Z'],
      ['2026-01-01T12:00:00+02:00', '2026-01-01T11:59:59+02:00'],
      ['2026-01-01T12:00:00-01:00', '2026-01-01T12:30:00Z'],
    ].map(
      ([validFrom, validUntil]) =>
        [credential({ validFrom, validUntil }), ['/validUntil', 'model-dates-order']] as const,
    ),
  },
  {
    title: 'VCDM 2.0, section 4.12: an embedded proof is one or more objects with their type',
    kind: 'credential',
    good: [
      secured(),
      secured({
        proof: [{ type: 'DataIntegrityProof' }, { type: 'Ed25519Signature2020', id: 'urn:example:p' }],
      }),
    ],
    bad: [
      ...['string', null, 10, true].map(
        (proof) => [credential({ proof }), ['/proof', 'model-object']] as const,
      ),
      [credential({ proof: [] }), ['/proof', 'model-list-empty']],
      [credential({ proof: {} }), ['/proof/type', 'model-required']],
    ],
  },
]

/** VCDM 2.0, sections 4.6 to 4.9 and 4.12: what a credential says, of whom, and since when. */
export const CLAIM_CASES: readonly ModelCase[] = [...TEXTS, ...MEMBERS]
