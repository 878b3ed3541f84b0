import { readFileSync } from 'node:fs'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import t from 'tap'
import { faultsOf, readAll, refusalOf } from './lists.ts'

const ACCENTS = 'Prénom;Nom;Courriel\nAïcha;Bœuf;a@x.fr\nÉlodie;Château;b@x.fr\n'
const WINDOWS_1252 = Buffer.from(ACCENTS.replace('œ', '\x9c'), 'latin1')
const names = (list: Awaited<ReturnType<typeof readAll>>) => list.checked.map(({ name }) => name)
const utf16be = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()

t.test('the list of the examples is read as it is', async (t) => {
  const list = await readAll(t, readFileSync('examples/event/attendance.csv'))
  t.strictSame(
    list.columns.map(({ field }) => field),
    ['firstName', 'lastName', 'email', 'structure', null],
  )
  t.equal(list.delimiter, ';')
  t.equal(list.bom, true)
  t.equal(list.rows.length, 40)
  t.equal(list.rows[7]!.cells[3], 'Atelier du Médoc ; chantier d’insertion')
  t.equal(list.checked[12]!.structure, 'Recyclerie La Seconde Main')
  t.strictSame(
    list.checked.filter(({ fault }) => fault).map(({ line, suggestion }) => [line, suggestion]),
    [[6, 'amelie.roussel@insertion-plus.example']],
  )
})

t.test('every way to write its characters', async (t) => {
  const expected = ['Aïcha Bœuf', 'Élodie Château']
  const files: [string, string | Uint8Array, string?][] = [
    ['UTF-8', ACCENTS],
    ['UTF-8 with a mark', `\ufeff${ACCENTS}`],
    ['UTF-8, named', ACCENTS, 'UTF-8'],
    ['UTF-8, decomposed', ACCENTS.normalize('NFD')],
    ['Windows-1252, not named', WINDOWS_1252],
    ['Windows-1252, named', WINDOWS_1252, 'windows-1252'],
    ['Windows-1252, named as browsers take it', WINDOWS_1252, 'ISO-8859-1'],
    ['UTF-16, little end first', Buffer.from(`\ufeff${ACCENTS}`, 'utf16le')],
    ['UTF-16, big end first', utf16be(ACCENTS)],
    ['a mark that contradicts the name', `\ufeff${ACCENTS}`, 'windows-1252'],
  ]
  for (const [what, content, charset] of files) {
    t.strictSame(names(await readAll(t, content, charset)), expected, what)
  }
})

t.test('the first accent may come at the very end', async (t) => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `Jean;p${i}@x.fr`).join('\n')
  const late = await readAll(t, Buffer.from(`nom;mail\n${rows}\nAïcha;z@x.fr`, 'latin1'))
  t.equal(late.checked.at(-1)!.name, 'Aïcha')
  // A character of four bytes over every edge of the chunks of a file.
  for (const shift of [0, 1, 2, 3]) {
    const long = await readAll(
      t,
      `nom;mail\n${'x'.repeat(shift)}\n${`${'🙂'.repeat(2000)};a@x.fr\n`.repeat(20)}`,
    )
    t.equal(long.rows.at(-1)!.cells[0], '🙂'.repeat(2000), `shifted by ${shift}`)
  }
})

t.test('delimiters, quotes and line ends', async (t) => {
  for (const delimiter of [';', ',', '\t']) {
    for (const end of ['\r\n', '\n', '\r']) {
      const what = JSON.stringify(delimiter + end)
      const lines = [
        '"Nom, complet; ou\tnon";"nom complet";e-mail',
        '"a ""b"";,\t c";"X";a@x.fr',
        ';Y;b@x.fr',
      ]
      const content = lines
        .map((line) => line.replaceAll(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/g, delimiter))
        .join(end)
      const list = await readAll(t, content)
      t.equal(list.delimiter, delimiter, what)
      t.strictSame(
        list.rows.map(({ line, cells }) => [line, ...cells]),
        [
          [2, 'a "b";,\t c', 'X', 'a@x.fr'],
          [3, '', 'Y', 'b@x.fr'],
        ],
        what,
      )
    }
  }
})

t.test('the delimiter that makes sense of the headings wins over the more frequent one', async (t) => {
  const list = await readAll(t, 'Atelier, lieu, salle, heure;Courriel\nA, B;a@x.fr')
  t.equal(list.delimiter, ';')
  t.equal((await readAll(t, 'courriel\na@x.fr')).rows.length, 1, 'one column')
  const excel = await readAll(t, 'sep=,\r\nnom,mail\r\nA,a@x.fr')
  t.strictSame([excel.delimiter, excel.rows[0]!.line], [',', 3], 'the line of Excel')
})

t.test('a row is told by the line of the file where it begins; blank records are no rows', async (t) => {
  const content = [
    ';;',
    'nom;note;mail',
    '',
    'A;"one',
    'two\r\nthree";a@x.fr',
    ' ; ;\u00a0',
    ';;;;;',
    'B "the" second;;b@x.fr',
    'C;;c@x.fr;;',
  ]
  const list = await readAll(t, content.join('\n'))
  t.strictSame(
    list.rows.map(({ line, fields }) => [line, fields.name]),
    [
      [4, 'A'],
      [9, 'B "the" second'],
      [10, 'C'],
    ],
  )
})

t.test('a row with too many cells is invalid, one with too few is not', async (t) => {
  const list = await readAll(t, 'mail;nom\na@x.fr;A;more\nb@x.fr')
  t.strictSame(faultsOf(list.checked), [
    [2, 'row-too-many-cells'],
    [3, undefined],
  ])
  t.strictSame(list.rows[1]!.cells, ['b@x.fr', ''])
})

t.test('control characters make their row invalid and are not kept', async (t) => {
  const list = await readAll(t, 'mail;nom\na@x.fr;A\u001b[31m\nb@x.fr;B')
  t.strictSame(faultsOf(list.checked), [
    [2, 'row-text'],
    [3, undefined],
  ])
  t.equal(list.rows[0]!.cells[1], 'A\ufffd[31m')
})

const TAKEN = 'mail;nom\n'
const REFUSED: [string, string | Uint8Array, RegExp, string?][] = [
  ['nothing', '', /line of column headings/],
  ['blank lines', '\n;;\n', /line of column headings/],
  ['no headings', 'Aïcha;a@x.fr\nJean;b@x.fr', /line of column headings/],
  ['no recipient', 'Prénom;Nom;Ville\nA;B;C', /headings are: Prénom, Nom, Ville/],
  ['headings alone', TAKEN, /no rows/],
  ['headings and blank rows', `${TAKEN};\n\n;`, /no rows/],
  ['201 columns', `mail${';x'.repeat(200)}\na@x.fr`, /more than 200 columns/],
  ['a million columns', `mail${';x'.repeat(1_000_000)}\na@x.fr`, /more than 200 columns/],
  [
    'a million cells in a row',
    `${TAKEN}a@x.fr${';x'.repeat(1_000_000)}\n`,
    /line 2: .* more than 262144 bytes/,
  ],
  ['a million empty cells', `${TAKEN}a@x.fr;A\nb@x.fr${';'.repeat(1_000_000)}\n`, /line 3: .* bytes/],
  ['a row of 1 MB', `${TAKEN}a@x.fr;${'x'.repeat(1_000_000)}\n`, /line 2: .* bytes/],
  ['a cell of 10,001 characters', `${TAKEN}a@x.fr;${'x'.repeat(10_001)}\n`, /line 2: a cell .* 10000/],
  ['a quote never closed', `${TAKEN}a@x.fr;A\nb@x.fr;"B\nc@x.fr;C`, /line 3: a quote/],
  ['a quote never closed, long', `${TAKEN}b@x.fr;"B\n${'c@x.fr;C\n'.repeat(100_000)}`, /line 2: .* quote/],
  ['a quote never closed in the headings', `mail;"nom\na@x.fr;A`, /quote/],
  ['a NUL', `${TAKEN}a@x.fr;A\0`, /save it as CSV/],
  ['a NUL at the very end', `${TAKEN}${'a@x.fr;A\n'.repeat(50_000)}\0`, /save it as CSV/],
  ['a workbook', Buffer.from('504b0304140006000800', 'hex'), /XLSX.*save it as CSV/],
  ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /XLS\b.*save it as CSV/],
  ['a PNG', Buffer.from('89504e470d0a1a0a', 'hex'), /PNG.*save it as CSV/],
  ['a PDF', '%PDF-1.7\n', /PDF.*save it as CSV/],
  ['UTF-16 without a mark', Buffer.from(`${TAKEN}a@x.fr;A`, 'utf16le'), /save it as CSV/],
  ['Windows-1252 that is said to be UTF-8', WINDOWS_1252, /not UTF-8/, 'utf-8'],
  ['UTF-8 that is cut', Buffer.from(`${TAKEN}a@x.fr;é`).subarray(0, -1), /not UTF-8/, 'utf-8'],
  ['an unknown character set', ACCENTS, /not known: klingon/, 'klingon'],
]

t.test('a list that cannot be read as a whole is refused with its reason', async (t) => {
  for (const [what, content, reason, charset] of REFUSED) {
    const refusal = await refusalOf(readAll(t, content, charset))
    t.match(refusal, reason, what)
    t.match(refusal, /^400 /, what)
  }
})

t.test('200,001 rows are too many, 200,000 are not, and blank ones count', async (t) => {
  for (const row of ['a@x.fr\n', '\n', ' \r\n']) {
    const rows = (count: number) => `mail\na@x.fr\n${row.repeat(count - 1)}`
    const what = JSON.stringify(row)
    t.match(await refusalOf(readAll(t, rows(200_001))), /^413 has more than 200000 rows/, what)
    t.equal(await refusalOf(readAll(t, rows(200_000))), 'taken', what)
  }
})

t.test('what csv-stringify writes is read back cell by cell', async (t) => {
  const hostile = fc.constantFrom(
    '"',
    '""',
    ';',
    ',',
    '\t',
    '\n',
    '\r\n',
    '\r',
    ' ',
    "'",
    '\\',
    'é',
    'œ',
    'a',
    '=',
  )
  const cell = fc.oneof(
    fc.array(hostile, { maxLength: 6 }).map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme' }),
  )
  const row = fc.tuple(cell, cell, cell)
  const options = {
    delimiter: fc.constantFrom(';', ',', '\t'),
    record_delimiter: fc.constantFrom('\n', '\r\n', '\r'),
    quoted: fc.boolean(),
    encoding: fc.constantFrom('utf8', 'bom', 'utf16le', 'utf16be', 'latin1'),
  }
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      fc.record(options),
      async (rows, options) => {
        const { encoding, ...writing } = options
        const kept = encoding === 'latin1' ? rows.map((cells) => cells.map(latin1)) : rows
        const table = [['mail', 'x', 'y', 'end'], ...kept.map((cells) => [...cells, '.'])]
        // A carriage return alone is quoted only where all is.
        const quoted = writing.quoted || kept.flat().some((cell) => /[\r\n]/.test(cell))
        const text = stringify(table, { ...writing, quoted })
        const { rows: read } = await readAll(t, ENCODE[encoding]!(text))
        t.strictSame(
          read.map(({ cells }) => cells.slice(0, 3)),
          kept.map((cells) => cells.map((cell) => legible(cell).normalize('NFC'))),
          { options },
        )
      },
    ),
    { numRuns: 200 },
  )
})

const ENCODE: Record<string, (text: string) => Uint8Array> = {
  utf8: (text) => Buffer.from(text),
  bom: (text) => Buffer.from(`\ufeff${text}`),
  utf16le: (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  utf16be,
  // With a byte that is no UTF-8, so that it is recognised.
  latin1: (text) => Buffer.from(text.replace('end', '\xe9nd'), 'latin1'),
}

const latin1 = (text: string) => text.normalize('NFC').replace(/[^\n\r\t -~\xa0-\xff]/g, '?')
const legible = (text: string) => text.replace(/(?![\t\n\r])\p{Cc}/gu, '\ufffd')
