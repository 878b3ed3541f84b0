import { credential, type Document, type ModelCase } from './vcdm-documents.ts'

const SPACED = 'https ://not-a-url/1'
const TYPE = 'https://example.org/#ExampleType'
const SHA_384 = 'sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU'
const MULTIBASE = 'uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ'
const V2 = 'https://www.w3.org/ns/credentials/v2'
const NOT_OBJECTS = ['a text', 5, true, null]

interface TypedMember {
  readonly section: string
  readonly member: string
  /** Its id is required, too. */
  readonly identified?: true
  readonly where?: (value: unknown) => Document
  readonly path?: string
}

const TYPED: TypedMember[] = [
  { section: '4.10', member: 'credentialStatus' },
  { section: '4.11', member: 'credentialSchema', identified: true },
  { section: '5.4', member: 'refreshService' },
  { section: '5.5', member: 'termsOfUse' },
  { section: '5.6', member: 'evidence' },
  { section: '5.10', member: 'confidenceMethod' },
  { section: '5.10', member: 'renderMethod' },
  {
    section: '5.10',
    member: 'confidenceMethod of a subject',
    where: (confidenceMethod) => credential({ credentialSubject: { confidenceMethod } }),
    path: '/credentialSubject/confidenceMethod',
  },
]

/** VCDM 2.0, sections 4.10, 4.11, 5.4 to 5.6 and 5.10: objects that say their type. */
const OBJECTS = TYPED.flatMap(
  ({
    section,
    member,
    identified,
    where = (value) => credential({ [member]: value }),
    path = `/${member}`,
  }) => {
    const one = { id: 'did:example:thing', type: TYPE }
    const says = (requirement: string) => `VCDM 2.0, section ${section}: ${member} ${requirement}`
    const cases: ModelCase[] = [
      {
        title: says('is one object or more'),
        kind: 'credential',
        good: [where(one), where([one, { ...one, id: 'did:example:other' }])],
        bad: [
          ...NOT_OBJECTS.map((value) => [where(value), [path, 'model-object']] as const),
          [where([]), [path, 'model-list-empty']],
          [where([one, 'did:example:other']), [`${path}/1`, 'model-object']],
        ],
      },
      {
        title: says('says its type (section 4.5)'),
        kind: 'credential',
        good: [where({ ...one, type: [TYPE, 'ExampleType'] })],
        bad: [
          [where({ id: one.id }), [`${path}/type`, 'model-required']],
          [where([one, { id: one.id }]), [`${path}/1/type`, 'model-required']],
          [where({ ...one, type: 2 }), [`${path}/type`, 'model-type']],
          [where({ ...one, type: [] }), [`${path}/type`, 'model-list-empty']],
        ],
      },
      {
        title: says(
          `has ${identified ? 'an' : 'no'} id ${identified ? 'that' : 'or one that'} is a URL (section 4.4)`,
        ),
        kind: 'credential',
        good: [where(identified ? one : { type: TYPE })],
        bad: [
          [where({ ...one, id: SPACED }), [`${path}/id`, 'model-url']],
          [where({ ...one, id: ['did:example:1', 'did:example:2'] }), [`${path}/id`, 'model-url']],
          [where({ ...one, id: null }), [`${path}/id`, 'model-url']],
          ...(identified ? [[where({ type: TYPE }), [`${path}/id`, 'model-required']] as const] : []),
        ],
      },
    ]
    return cases
  },
)

const related = (relatedResource: unknown) => credential({ relatedResource })
const resource = { id: V2, digestSRI: SHA_384 }

const RESOURCES: ModelCase[] = [
  {
    title: 'VCDM 2.0, section 5.3: relatedResource is one object or more',
    kind: 'credential',
    good: [related(resource), related([resource])],
    bad: [
      ...NOT_OBJECTS.map((value) => [related(value), ['/relatedResource', 'model-object']] as const),
      [related([]), ['/relatedResource', 'model-list-empty']],
      [related([V2]), ['/relatedResource/0', 'model-object']],
    ],
  },
  {
    title: 'VCDM 2.0, section 5.3: each relatedResource has an id that is a URL',
    kind: 'credential',
    good: [related([resource])],
    bad: [
      [related([{ digestMultibase: MULTIBASE }]), ['/relatedResource/0/id', 'model-required']],
      [related({ ...resource, id: SPACED }), ['/relatedResource/id', 'model-url']],
    ],
  },
  {
    title: 'VCDM 2.0, section 5.3: the id of a relatedResource is unique in the list',
    kind: 'credential',
    good: [related([resource])],
    bad: [
      [
        related([resource, { ...resource, digestMultibase: MULTIBASE }]),
        ['/relatedResource/1/id', 'model-resource-twice'],
      ],
    ],
  },
  {
    title: 'VCDM 2.0, section 5.3: each relatedResource has a digestSRI or a digestMultibase',
    kind: 'credential',
    good: [related({ id: V2, digestSRI: SHA_384 }), related({ id: V2, digestMultibase: MULTIBASE })],
    bad: [
      [related({ id: V2 }), ['/relatedResource', 'model-digest-missing']],
      [related([{ id: V2, mediaType: 'text/plain' }]), ['/relatedResource/0', 'model-digest-missing']],
    ],
  },
  {
    title: 'VCDM 2.0, section 5.3: a digestSRI is one or more hash expressions of Subresource Integrity',
    kind: 'credential',
    good: [related({ id: V2, digestSRI: [SHA_384] })],
    bad: [
      ...[5, null, '', 'md5-AAAA', 'sha384', 'sha384-', 'sha384-a b', 'sha384-é', `${SHA_384} `].map(
        (digestSRI) =>
          [related({ id: V2, digestSRI }), ['/relatedResource/digestSRI', 'model-digest-sri']] as const,
      ),
      [related({ id: V2, digestSRI: [] }), ['/relatedResource/digestSRI', 'model-list-empty']],
    ],
  },
  {
    title: 'VCDM 2.0, section 5.3: a digestMultibase is one or more digests in Multibase',
    kind: 'credential',
    good: [related({ id: V2, digestMultibase: [MULTIBASE] })],
    bad: [
      ...[5, null, '', 'u', 'AAAA', 'zO0Il', 'uAA=='].map(
        (digestMultibase) =>
          [
            related({ id: V2, digestMultibase }),
            ['/relatedResource/digestMultibase', 'model-digest-multibase'],
          ] as const,
      ),
    ],
  },
  {
    title: 'VCDM 2.0, section 5.3: a mediaType is one that IANA could list',
    kind: 'credential',
    good: [related({ ...resource, mediaType: 'application/ld+json' })],
    bad: [
      ...[5, null, '', 'json', 'a/b/c', 'text/plain; charset=utf-8', 'text /plain'].map(
        (mediaType) =>
          [related({ ...resource, mediaType }), ['/relatedResource/mediaType', 'model-media-type']] as const,
      ),
    ],
  },
]

export const OBJECT_CASES: readonly ModelCase[] = [...OBJECTS, ...RESOURCES]
