import fc from 'fast-check'

/** Texts that break careless writers of N-Quads and JSON, and careless sorting. */
const HOSTILE_TEXTS = [
  '',
  ' ',
  '"',
  '\\',
  '\\"',
  '\\u0041 \\n',
  '\0',
  '\b\t\n\f\r\x01\x1f',
  '\x7f',
  '\u0080\u009f\u00a0\u00ad',
  '\u2028\u2029\u0085',
  '\ufeff\ufffe\uffff',
  // In UTF-16 the second stands before the first, in UTF-8 and by code points after it.
  '\ue000\uff5e',
  '\u{1f3c5}\u{10ffff}',
  'e\u0301 é \u0344',
  '\u202eمرحبا שלום\u2069',
  '👩🏽‍🔧',
  '"^^<http://www.w3.org/2001/XMLSchema#date>',
  '"@fr',
  '" .\n<https://x.example/> <https://x.example/> "',
  ' .\n',
  ' _:z .\n',
  '_:c14n0',
  '_:a',
  '@fr',
  '@id',
  '<https://x.example/>',
  '{}&<>]]> &quot;',
  '$',
  '$&$1$`',
  'probe 1.',
  'https://probe.invalid/1/',
  '2001-01-01T00:00:01Z',
  '__proto__',
  'constructor',
  'x'.repeat(20_000),
  '"\\\n'.repeat(500),
]

/** IRIs that the fast path may take. */
const ORDINARY_ENDS = [
  '',
  'é',
  '../y',
  './',
  '%3E%20',
  '?a=1&b=2',
  '#c14n0',
  '\u{1f3c5}',
  '\ue000',
  "'()*;=@",
]

/** IRIs, or what stands in their place, on which the fast path should rather ask the library. */
export const HOSTILE_IRIS = [
  '',
  'x',
  '/x',
  '//x.example/',
  'not absolute',
  '_:c14n0',
  '_:b0',
  '@id',
  'schema:foo',
  'id:foo',
  'xsd:date',
  'HTTPS://X.EXAMPLE/',
  'Did:example:x',
  'URN:UUID:5A1D9A35-3B2A-4F0C-8C12-0F7D6C1F2B11',
  'mailto:a@b.example',
  'https://x.example/>',
  'https://x.example/> <https://y.example/',
  'https://x.example/"',
  'https://x.example/\\u003E',
  'https://x.example/ a',
  'https://x.example/\0',
  'https://x.example/\x7f',
  'https://x.example/\u0085',
  'https://x.example/\u00a0',
  'https://x.example/\u2028',
  'https://x.example/\u3000',
  'https://x.example/\ufeff',
  'did:example:\u00a0',
  'urn:uuid:\u2003',
  'https://x.example/\ud800',
  'https://',
  'https://[',
  'https://[::g]/',
  'https://%/',
  'https://x.example:99999/',
  'https://a b.example/',
  'https:x.example',
  'did:',
  'did:x',
  'did:example:a b',
  'did://x',
  'did:#',
  'urn:uuid:',
  'urn:uuid:x',
]

/** What looks like a time and is none, or is none of our form. */
export const HOSTILE_TIMES = [
  '',
  'hier',
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-01-32T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T25:00:00Z',
  '2026-01-01T00:60:00Z',
  '2026-01-01T00:00:60Z',
  '2026-02-30T00:00:00Z',
  '2026-01-01',
  '2026-01-01T00:00:00+02:00',
  '2026-01-01T00:00:00.123Z',
  '2026-01-01T00:00:00',
  '12026-01-01T00:00:00Z',
  '-0001-01-01T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '２026-01-01T00:00:00Z',
  '2026-01-01T00:00:00Z\n',
]

const anyCharacters = fc
  .array(fc.oneof(fc.nat(0x7f), fc.nat(0xffff), fc.nat(0x10ffff)), { maxLength: 6 })
  .map((codes) => String.fromCodePoint(...codes).toWellFormed())

/** Any well-formed text, likely a hostile one. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 2, arbitrary: anyCharacters },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...HOSTILE_TEXTS), fc.string()).map((two) => two.join('')),
  },
)

/** An IRI of its own for each place, all of them such as the fast path takes. */
export const ordinaryIri = (place: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('https://w.example/', 'http://w.example:8080/', 'did:example:', 'urn:uuid:'),
      fc.constantFrom(...ORDINARY_ENDS),
    )
    .map(([start, end]) => `${start}${place}-${end}`)

/** RFC 3339 in UTC and whole seconds. */
export const ordinaryTime = (from: string, to: string): fc.Arbitrary<string> =>
  fc
    .date({ min: new Date(from), max: new Date(to), noInvalidDate: true })
    .map((date) => `${date.toISOString().slice(0, 19)}Z`)
