import t from 'tap'
import type { ModelCode } from '../../../src/model-messages.ts'
import { modelFaults } from '../../../src/vc/model/credential.ts'
import { credential, credential1, type Document } from '../../support/vcdm-documents.ts'

const codes = (document: Document): ModelCode[] => modelFaults(document).map(({ code }) => code)

t.test(
  'language tags: the examples of RFC 5646, appendix A, and tags that are not well-formed',
  async (t) => {
    const tagged = (tag: string) => codes(credential({ name: { '@value': 'x', '@language': tag } }))
    const wellFormed = [
      ...['de', 'fr', 'ja', 'i-enochian', 'zh-Hant', 'zh-Hans', 'sr-Cyrl', 'zh-cmn-Hans-CN', 'cmn-Hans-CN'],
      ...[
        'zh-yue-HK',
        'yue-HK',
        'zh-Hans-CN',
        'sr-Latn-RS',
        'sl-rozaj',
        'sl-rozaj-biske',
        'sl-nedis',
        'de-CH-1901',
      ],
      ...[
        'sl-IT-nedis',
        'hy-Latn-IT-arevela',
        'de-DE',
        'en-US',
        'es-419',
        'de-CH-x-phonebk',
        'az-Arab-x-AZE-derbend',
      ],
      ...[
        'x-whatever',
        'qaa-Qaaa-QM-x-southern',
        'de-Qaaa',
        'sr-Latn-QM',
        'en-US-u-islamcal',
        'zh-CN-a-myext-x-private',
      ],
      ...['en-a-myext-b-another', 'art-lojban', 'zh-min-nan', 'EN-gb'],
    ]
    for (const tag of wellFormed) t.same(tagged(tag), [], tag)
    for (const tag of [
      '',
      'a',
      'a-DE',
      'de-419-DE',
      'en_US',
      'en-',
      '-en',
      'en--US',
      'français',
      'en US',
      'x',
      'en-x',
      'en-a',
    ])
      t.same(tagged(tag), ['model-language'], tag)
  },
)

t.test('moments: XML Schema dateTime knows years and hours that RFC 3339 does not', async (t) => {
  const dated = (validFrom: string) => codes(credential({ validFrom }))
  for (const date of [
    '0000-01-01T00:00:00Z',
    '-0044-03-15T12:00:00+01:00',
    '12026-01-01T00:00:00Z',
    '2026-12-31T24:00:00.000Z',
  ])
    t.same(dated(date), [], date)
  for (const date of [
    '02026-01-01T00:00:00Z',
    '026-01-01T00:00:00Z',
    '+2026-01-01T00:00:00Z',
    '2026-01-01T24:30:00Z',
    '2026-01-01T00:00:00.Z',
  ])
    t.same(dated(date), ['model-date'], date)
  for (const year of ['1900', '2100', '-0001']) t.same(dated(`${year}-02-29T00:00:00Z`), ['model-date'], year)
  for (const year of ['2000', '0000', '-0004']) t.same(dated(`${year}-02-29T00:00:00Z`), [], year)
})

t.test('moments are compared on one line of time, over every end of a month', async (t) => {
  const start = Date.UTC(1999, 11, 25)
  for (let day = 0; day < 500; day++) {
    const [before, after] = [day, day + 1].map((days) => new Date(start + days * 86_400_000).toISOString())
    t.same(codes(credential({ validFrom: before, validUntil: after })), [])
    t.same(codes(credential({ validFrom: after, validUntil: before })), ['model-dates-order'])
  }
  const midnights = { validFrom: '2026-12-31T24:00:00Z', validUntil: '2027-01-01T00:00:00Z' }
  t.same(codes(credential(midnights)), [], 'hour 24 is hour 0 of the next day')
  t.same(codes(credential({ ...midnights, validUntil: '2026-12-31T23:59:59.999Z' })), ['model-dates-order'])
  t.same(codes(credential({ validFrom: '-0002-01-01T00:00:00Z', validUntil: '-0001-01-01T00:00:00Z' })), [])
})

t.test('VCDM 2.0, section 5.8: a time zone is missed in VCDM 2.0 alone', async (t) => {
  t.same(codes(credential({ validFrom: '2026-01-01T00:00:00' })), ['model-date'])
  t.same(codes(credential1({ issuanceDate: '2026-01-01T00:00:00' })), [])
})
