import { changed, credential, type Document, type ModelCase } from './vcdm-documents.ts'

const path = '/credentialStatus'
const revocation = {
  id: 'https://example.org/status/3#94567',
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '94567',
  statusListCredential: 'https://example.org/status/3',
}
const entry = (changes: Document = {}) => credential({ credentialStatus: changed(revocation, changes) })
const meanings = [
  { status: '0x0', message: 'pending_review' },
  { status: '0x1', message: 'accepted' },
]
const fourMeanings = [
  ...meanings,
  { status: '0x2', message: 'rejected' },
  { status: '0x3', message: 'undefined' },
]
const counts = (statusSize: number | undefined, statusMessage: readonly object[]) =>
  entry({ statusPurpose: 'message', statusSize, statusMessage })

/** Bitstring Status List 1.0, section 2.1: the entry of a credential. */
export const STATUS_ENTRY_CASES: readonly ModelCase[] = [
  {
    title: 'Bitstring Status List 1.0, section 2.1: a BitstringStatusListEntry has a statusPurpose, a text',
    kind: 'credential',
    good: [entry(), entry({ id: undefined }), entry({ statusPurpose: 'suspension' })],
    bad: [
      [entry({ statusPurpose: undefined }), [`${path}/statusPurpose`, 'model-required']],
      ...[5, '', null, ['revocation']].map(
        (statusPurpose) =>
          [entry({ statusPurpose }), [`${path}/statusPurpose`, 'model-status-purpose']] as const,
      ),
    ],
  },
  {
    title: 'Bitstring Status List 1.0, section 2.1: a statusListIndex is a whole number from 0, as a text',
    kind: 'credential',
    good: [entry({ statusListIndex: '0' }), entry({ statusListIndex: '9'.repeat(41) })],
    bad: [
      [entry({ statusListIndex: undefined }), [`${path}/statusListIndex`, 'model-required']],
      ...[94567, '', '-1', '1.5', '0x1', null].map(
        (statusListIndex) =>
          [entry({ statusListIndex }), [`${path}/statusListIndex`, 'model-status-index']] as const,
      ),
    ],
  },
  {
    title: 'Bitstring Status List 1.0, section 2.1: a statusListCredential is a URL',
    kind: 'credential',
    good: [entry({ statusListCredential: 'did:example:list' })],
    bad: [
      [entry({ statusListCredential: undefined }), [`${path}/statusListCredential`, 'model-required']],
      [entry({ statusListCredential: 'status/3' }), [`${path}/statusListCredential`, 'model-url']],
    ],
  },
  {
    title: 'Bitstring Status List 1.0, section 2.1: a statusSize is a whole number above 0',
    kind: 'credential',
    good: [entry({ statusSize: 1 })],
    bad: [0, -1, 0.5, '1', null].map(
      (statusSize) => [entry({ statusSize }), [`${path}/statusSize`, 'model-status-size']] as const,
    ),
  },
  {
    title: 'Bitstring Status List 1.0, section 2.1: the id of an entry is not the URL of its list',
    kind: 'credential',
    good: [entry({ id: `${revocation.statusListCredential}#` }), entry({ id: 'urn:example:entry' })],
    bad: [[entry({ id: revocation.statusListCredential }), [`${path}/id`, 'model-status-id']]],
  },
  {
    title: 'Bitstring Status List 1.0, section 2.1: an entry of several bits says what its values mean',
    kind: 'credential',
    good: [
      entry({ statusPurpose: 'message', statusMessage: meanings }),
      entry({
        statusPurpose: 'message',
        statusMessage: meanings,
        statusReference: 'https://example.org/meanings',
      }),
    ],
    bad: [
      [entry({ statusSize: 2 }), [`${path}/statusMessage`, 'model-required']],
      [entry({ statusPurpose: 'message' }), [`${path}/statusMessage`, 'model-required']],
      ...['a', [], {}, [{ status: '0x0' }], [...meanings, null]].map(
        (statusMessage) =>
          [entry({ statusMessage }), [`${path}/statusMessage`, 'model-status-messages']] as const,
      ),
      [entry({ statusReference: 'somewhere' }), [`${path}/statusReference`, 'model-url']],
    ],
  },
  {
    title: 'Bitstring Status List 1.0, section 2.1: there are as many messages as values',
    kind: 'credential',
    good: [counts(1, meanings), counts(2, fourMeanings)],
    bad: [
      [undefined, fourMeanings],
      [undefined, meanings.slice(1)],
      [1, fourMeanings],
      [2, meanings],
      [2, fourMeanings.slice(1)],
      [Number.MAX_SAFE_INTEGER, fourMeanings],
    ].map(
      ([size, told]) =>
        [
          counts(size as number, told as object[]),
          [`${path}/statusMessage`, 'model-status-messages-count'],
        ] as const,
    ),
  },
  {
    title:
      'Bitstring Status List 1.0, section 2.1: the status of a message is hexadecimal, with the prefix 0x',
    kind: 'credential',
    good: [counts(1, [meanings[0]!, { status: '0xA', message: 'accepted' }])],
    bad: ['1', '0x', 'x1', '0xg', '0x1 ', 1, null].map(
      (status) =>
        [
          counts(1, [meanings[0]!, { status, message: 'accepted' }]),
          [`${path}/statusMessage`, 'model-status-messages'],
        ] as const,
    ),
  },
]
