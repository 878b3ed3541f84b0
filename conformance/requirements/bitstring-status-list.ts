import { by, notApplicable, notMet, requirementsOf, type Standard } from '../requirement.ts'

const DATA_MODEL = 'vc-api/data-model'
const STATUS = 'vc-api/status'
const LIST = 'status-lists/signed-list'
const FOREIGN = 'verification/status-foreign'

const rule = (how: 'issued' | 'verified', ...rules: string[]) =>
  by(DATA_MODEL, ...rules.map((one) => `${how}: Bitstring Status List 1.0, section 2.1: ${one}`))
const PURPOSE = 'a BitstringStatusListEntry has a statusPurpose, a text'
const INDEX = 'a statusListIndex is a whole number from 0, as a text'
const LIST_URL = 'a statusListCredential is a URL'
const SIZE = 'a statusSize is a whole number above 0'
const ENTRY_ID = 'the id of an entry is not the URL of its list'
const MESSAGES = 'an entry of several bits says what its values mean'
const COUNT = 'there are as many messages as values'
const HEX = 'the status of a message is hexadecimal, with the prefix 0x'

const ASKED_FOR = by(STATUS, 'a credential gets a status entry when one is asked for, and only then')
const SHAPE = by(LIST, 'the list has the shape that the standard gives it')
const OWN_BITS = by(LIST, 'a revocation sets its own bit and no other')
const stranger = (title: string) => by(FOREIGN, `the status lists of strangers › ${title}`)
const VERIFIED_LIST = stranger('a list is verified as the credential that it is')
const BITS = stranger('its bits are unpacked to 16 MiB and have the length that protects people')
const MALFORMED = stranger('an entry that is not written as it should be is refused')
const SET = stranger('an entry that is set is revoked or suspended, another is not')
const MESSAGE = stranger('a status can be a message, which is told and is no failure')
const TYPED = by(
  'conformance/status-list',
  'Bitstring Status List 1.0, section 3.2: STATUS_LIST_LENGTH_ERROR, RANGE_ERROR and STATUS_VERIFICATION_ERROR',
)

export const BITSTRING_STATUS_LIST: Standard = {
  name: 'Bitstring Status List 1.0',
  url: 'https://www.w3.org/TR/2025/REC-vc-bitstring-status-list-20250515/',
  requirements: [
    ...requirementsOf('issuer', [
      ['2.1', 'An entry stands in a conforming credential', by(STATUS, 'a revocation is for good')],
      ['2.1', 'The id of an entry is not the URL of its list', rule('issued', ENTRY_ID), ASKED_FOR],
      ['2.1', 'The type of an entry is BitstringStatusListEntry', ASKED_FOR],
      ['2.1', 'statusPurpose is a string', rule('issued', PURPOSE), ASKED_FOR],
      ['2.1', 'revocation is used to cancel, and cannot be reversed', by(STATUS, 'a revocation is for good')],
      [
        '2.1',
        'suspension is used to prevent acceptance for a time, and can be reversed',
        by(STATUS, 'a suspension can be lifted, and its list says what it is'),
      ],
      [
        '2.1',
        'refresh and message are used as they are meant',
        notApplicable('no such entries are made here'),
      ],
      [
        '2.1',
        'statusListIndex is a whole number from 0, as a string in base 10',
        rule('issued', INDEX),
        ASKED_FOR,
      ],
      ['2.1', 'statusListCredential is the URL of a list', rule('issued', LIST_URL), SHAPE],
      ['2.1', 'statusSize, if any, is a whole number above 0', rule('issued', SIZE)],
      ['2.1', 'statusMessage has as many messages as there are values', rule('issued', COUNT)],
      [
        '2.1',
        'Each message has a status, hexadecimal with the prefix 0x, and a message',
        rule('issued', MESSAGES, HEX),
      ],
      ['2.1', 'statusReference is one URL or more', rule('issued', MESSAGES)],
      [
        '2.2',
        'A published list is a conforming document',
        by(LIST, 'a stranger verifies the list with the unmodified library'),
      ],
      ['2.2', 'Its type includes BitstringStatusListCredential', SHAPE],
      ['2.2', 'Its subject has the type BitstringStatusList', SHAPE],
      [
        '2.2',
        'Its statusPurpose is one string or more',
        SHAPE,
        by(STATUS, 'revocations and suspensions stand in different lists'),
      ],
      [
        '2.2',
        'encodedList is the bits, in GZIP, in base64url without padding, in Multibase',
        SHAPE,
        OWN_BITS,
      ],
      ['2.2', 'The bits are at least 16 KB', OWN_BITS],
      ['2.2', 'Index 0 is the leftmost bit', OWN_BITS],
      [
        '3',
        'Malformed values raise MALFORMED_VALUE_ERROR',
        notMet('they are refused with their path, under a problem type of the service'),
      ],
      [
        '3.1',
        'A list is made by the algorithm, signed, and published where its entries say',
        by(
          LIST,
          'a stranger verifies the list with the unmodified library',
          'after a rotation the list is verified still, and signed by the new key when it changes',
        ),
      ],
      [
        '3.2',
        'A list of a past moment is that list, or STATUS_RETRIEVAL_ERROR',
        by(
          'conformance/status-list',
          'Bitstring Status List 1.0, section 3.2: a list of another moment is a STATUS_RETRIEVAL_ERROR',
        ),
      ],
      [
        '3.3',
        'The bits are made by the algorithm',
        OWN_BITS,
        by('status-lists/allocate', 'a hundred awards at once have a hundred status entries'),
      ],
      [
        '3.5',
        'Errors have a type of the standard',
        by(
          'conformance/status-list',
          'Bitstring Status List 1.0, section 3.2: a list of another moment is a STATUS_RETRIEVAL_ERROR',
        ),
      ],
    ]),
    ...requirementsOf('verifier', [
      ['2.1', 'An entry has a statusPurpose, a string', rule('verified', PURPOSE), MALFORMED],
      [
        '2.1',
        'Its statusListIndex is a whole number from 0, as a string',
        rule('verified', INDEX),
        MALFORMED,
      ],
      [
        '2.1',
        'A statusListIndex can be of any size',
        by(
          'verification/status',
          'the status of a stranger’s credential is looked up in its own lists alone',
        ),
      ],
      ['2.1', 'The id of an entry is not the URL of its list', rule('verified', ENTRY_ID)],
      ['2.1', 'Its statusListCredential is a URL', rule('verified', LIST_URL), MALFORMED],
      ['2.1', 'What it leads to has the type BitstringStatusListCredential', VERIFIED_LIST],
      ['2.1', 'Without a statusSize, it is 1', SET],
      ['2.1', 'A statusSize is a whole number above 0', rule('verified', SIZE), MALFORMED],
      [
        '2.1',
        'With more than one bit there is a message for each value, whose status is hexadecimal',
        rule('verified', MESSAGES, COUNT, HEX),
      ],
      ['2.2', 'The purposes of a list are one string or more', VERIFIED_LIST, SET],
      ['2.2', 'encodedList is read as GZIP in base64url in Multibase', BITS],
      [
        '2.2',
        'Index 0 is the leftmost bit',
        by('vc/vectors', 'the published status list says that entry 23 alone is revoked'),
        SET,
      ],
      [
        '3',
        'Malformed values raise MALFORMED_VALUE_ERROR',
        notMet(
          'they are refused; those of a list of somebody else are told as STATUS_VERIFICATION_ERROR, those of an entry as MALFORMED_VALUE_ERROR',
        ),
      ],
      [
        '3.2',
        'A list that cannot be fetched raises STATUS_RETRIEVAL_ERROR',
        notMet('it is a warning: the status stays open, and the credential is verified for the rest'),
      ],
      ['3.2', 'A list whose proof fails raises STATUS_VERIFICATION_ERROR', VERIFIED_LIST, TYPED],
      ['3.2', 'A list for another purpose raises STATUS_VERIFICATION_ERROR', VERIFIED_LIST, TYPED],
      ['3.2', 'A list of less than 131072 entries is refused', BITS],
      ['3.2', 'An index outside of the list is refused', BITS],
      [
        '3.2, 3.5',
        'A list that is too short, and an index outside of it, raise STATUS_LIST_LENGTH_ERROR and RANGE_ERROR',
        TYPED,
      ],
      [
        '3.2',
        'An entry that is set is not valid, one that is not is',
        SET,
        by('verification/status', 'a revoked badge is revoked in every form'),
      ],
      ['3.2', 'A message is the one of its value', MESSAGE],
      ['3.4', 'The bits are expanded by the algorithm', BITS],
      [
        '3.5',
        'Errors have a type that begins with https://www.w3.org/ns/credentials/status-list#',
        by(
          'conformance/status-list',
          'Bitstring Status List 1.0, section 3.5: a revoked credential is a problem of a type of the standard',
        ),
      ],
      [
        '5.2',
        'The context of the standard is already resolved, never fetched',
        by(
          'conformance/status-list',
          'Bitstring Status List 1.0, section 5.2: the context of the standard is at hand',
        ),
      ],
    ]),
  ],
}
