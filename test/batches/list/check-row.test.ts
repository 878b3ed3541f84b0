import { Ajv } from 'ajv'
import fc from 'fast-check'
import t from 'tap'
import { NewAssertion } from '../../../src/assertions/schema.ts'
import { FORMATS } from '../../../src/fields.ts'
import { threadTime } from '../../support/thread-time.ts'
import { faultsOf, NOW, readAll, readAllJson } from './lists.ts'

// One heading as people write it; the field that it is.
const HEADINGS: [string, string][] = [
  ...['Prénom', 'PRENOM', 'first name', 'First_Name', 'given name'].map(of('firstName')),
  ...['Nom de famille', 'last name', 'Surname'].map(of('lastName')),
  ...['Nom', 'Nom et prénom', 'Nom complet', 'name', 'Full Name'].map(of('name')),
  ...['Courriel', 'E-mail', 'email', 'Mail', 'Adresse mail', 'ADRESSE E-MAIL', 'Adresse électronique'].map(
    of('email'),
  ),
  ...['Email address', ' e mail : ', 'Adresse\u00a0mail'].map(of('email')),
  ...['Structure', 'Organisation', 'Employeur', 'SIAE', 'Company'].map(of('structure')),
  ...['Date', 'Date de participation', 'awardedDate', "Date d'obtention", 'Date d’obtention'].map(
    of('awardedDate'),
  ),
  ...['Identifiant', 'identifier', 'Matricule', 'ID'].map(of('identifier')),
  ...['valid until', 'Valable jusqu’au', "Date d'expiration"].map(of('validUntil')),
  ...['narrative', 'Commentaire'].map(of('narrative')),
  ...['Evidence URL', 'Preuve', 'Lien'].map(of('evidenceUrl')),
  ['DID', 'did'],
]

function of(field: string) {
  return (heading: string): [string, string] => [heading, field]
}

t.test('headings are known in French and English, however they are written', async (t) => {
  for (const [heading, field] of HEADINGS) {
    const { columns } = await readAll(t, `"${heading}";email;did\nx;a@x.fr;y`)
    t.equal(columns[0]!.field, field, heading)
  }
  const { columns } = await readAll(t, 'Mail;Courriel;Ville;Nom;Nom;;x\na@x.fr;b@x.fr')
  t.strictSame(
    columns.map(({ heading, field }) => [heading, field]),
    [
      ['Mail', 'email'],
      ['Courriel', null],
      ['Ville', null],
      ['Nom', 'name'],
      ['Nom (2)', null],
      ['#6', null],
      ['x', null],
    ],
    'the first of two wins; headings tell columns apart',
  )
})

t.test('names are put together', async (t) => {
  const nameOf = async (head: string, row: string) =>
    (await readAll(t, `${head};mail\n${row};a@x.fr`)).checked[0]!.name
  t.equal(await nameOf('Prénom;Nom', ' Aïcha ;\u00a0Benhaddou\u200b'), 'Aïcha Benhaddou')
  t.equal(await nameOf('Nom;Prénom', 'Benhaddou;Aïcha'), 'Aïcha Benhaddou')
  t.equal(await nameOf('Nom', 'Aïcha Benhaddou'), 'Aïcha Benhaddou')
  t.equal(await nameOf('First name;Name', 'Aïcha;Benhaddou'), 'Aïcha Benhaddou')
  t.equal(await nameOf('Name;First name;Last name', 'A. B.;Aïcha;Benhaddou'), 'A. B.')
  t.equal(await nameOf('Name;First name;Last name', ';Aïcha;'), 'Aïcha')
  t.equal(await nameOf('Nom', '"Aïcha\n  Benhaddou"'), 'Aïcha Benhaddou')
  t.equal(await nameOf('Nom', 'Aïcha'.normalize('NFD')), 'Aïcha')
  t.equal(await nameOf('Nom', ''), undefined)
})

t.test('who it is: the address, else the DID, else the identifier', async (t) => {
  const { checked } = await readAll(
    t,
    'mail;did;id\nA@X.fr;did:web:x.fr;1\n;did:web:x.fr;1\n;;1\n;;\nfaux;did:web:x.fr;1\n;faux;1',
  )
  t.strictSame(
    checked.slice(0, 3).map(({ identity }) => identity),
    [
      { type: 'emailAddress', value: 'a@x.fr' },
      { type: 'did', value: 'did:web:x.fr' },
      { type: 'identifier', value: '1' },
    ],
  )
  const { checked: others } = await readAll(t, 'mail;did;id;x\n;;;here\nfaux;did:web:x.fr;1;\n;faux;1;')
  t.strictSame(faultsOf(others), [
    [2, 'row-no-recipient'],
    [3, 'row-email'],
    [4, 'row-did'],
  ])
})

t.test('dates are read as people write them', async (t) => {
  const read = async (text: string) => {
    const { checked } = await readAll(t, `mail;date\na@x.fr;${text}`)
    return checked[0]!.fault?.code ?? checked[0]!.awardedDate
  }
  for (const text of ['2026-10-15', '15/10/2026', '15-10-2026', '15.10.2026', ' 15/10/2026 ']) {
    t.equal(await read(text), '2026-10-15T12:00:00.000Z', text)
  }
  t.equal(await read('1/2/2026'), '2026-02-01T12:00:00.000Z', 'day first')
  t.equal(await read('2026-10-15T09:30:00+02:00'), '2026-10-15T09:30:00+02:00')
  t.equal(await read('16/10/2026'), '2026-10-16T12:00:00.000Z', 'today, after noon')
  t.equal(await read('17/10/2026'), 'row-in-the-future')
  t.equal(await read(''), undefined)
  for (const text of ['30/02/2026', '10/15/2026', '15/10.2026', 'hier', '2026-10-15T09:30', '15/10/0026']) {
    t.equal(await read(text), 'row-date', text)
  }
})

t.test('today is not later than now, nor is a day that has begun in France', async (t) => {
  const { readDate, readEnd } = await import('../../../src/batches/list/read-date.ts')
  const morning = new Date('2026-10-16T06:00:00Z')
  t.equal(readDate('16/10/2026', morning), morning.toISOString())
  const night = new Date('2026-10-15T22:30:00Z')
  t.equal(readDate('16/10/2026', night), night.toISOString())
  t.equal(readDate('17/10/2026', morning), '2026-10-17T12:00:00.000Z')
  t.equal(readEnd('31/12/2026'), '2026-12-31T23:59:59.000Z', 'a validity ends with its day')
  t.equal(readEnd('2026-12-31T08:00:00+01:00'), '2026-12-31T08:00:00+01:00')
  t.equal(readEnd('31/02/2026'), undefined)
  t.equal(readEnd('31/12/26'), '2026-12-31T23:59:59.000Z', 'a year of two digits is of this century')
  t.equal(
    readDate('15/10/2026 09:30', morning),
    '2026-10-15T12:00:00.000Z',
    'a time of the day is not needed',
  )
})

t.test('what an award would refuse is refused', async (t) => {
  const head = 'mail;nom;structure;commentaire;lien;valable jusqu’au'
  const rows: [string, string | undefined][] = [
    ['a@x.fr;A;S;Bien;https://x.fr/1;2030-01-01', undefined],
    [`a@x.fr;${'é'.repeat(301)}`, 'row-too-long'],
    [`a@x.fr;${'🙂'.repeat(300)}`, undefined],
    [`a@x.fr;;${'S'.repeat(301)}`, 'row-too-long'],
    ['a@x.fr;;;;ftp://x.fr', 'row-url'],
    ['a@x.fr;;;;https://user:pass@x.fr', 'row-url'],
    ['a@x.fr;;;;;2026-10-16T15:00:00Z', 'row-in-the-past'],
    [`${'a'.repeat(65)}@x.fr`, 'row-email'],
    [`a@${'a.'.repeat(130)}fr`, 'row-email'],
    ['a b@x.fr', 'row-email'],
  ]
  const { checked } = await readAll(t, [head, ...rows.map(([row]) => row)].join('\n'))
  t.strictSame(
    checked.map(({ fault }) => fault?.code),
    rows.map(([, code]) => code),
  )
  t.strictSame(checked[0]!.details, { narrative: 'Bien', evidence: [{ id: 'https://x.fr/1' }] })
  t.strictSame(checked[4]!.fault?.params, { column: 'lien' }, 'the column is named as the caller names it')
})

t.test('an address has the same verdict as in a single award', async (t) => {
  const ajv = new Ajv({ strict: false })
  for (const [name, check] of Object.entries(FORMATS)) ajv.addFormat(name, check)
  const award = ajv.compile(NewAssertion)
  const char = fc.constantFrom(
    'a',
    'é',
    '@',
    '.',
    '-',
    '+',
    "'",
    '"',
    '<',
    '>',
    ',',
    ';',
    '(',
    ' ',
    '🙂',
    'fr',
    'did:',
    ':',
  )
  const texts = fc.array(char, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(
      fc.array(texts, { minLength: 1, maxLength: 50 }),
      fc.constantFrom('email', 'did'),
      async (values, member) => {
        const { checked } = await readAllJson(t, {
          rows: values.map((value) => ({ [member]: `x${value}x` })),
        })
        for (const [i, { fault }] of checked.entries()) {
          t.equal(!fault, award({ recipient: { [member]: `x${values[i]}x` } }), `${member} x${values[i]}x`)
        }
      },
    ),
    { numRuns: 20 },
  )
})

t.test(
  'a mistyped address is ready and carries a suggestion; one that is none is invalid and may carry one',
  async (t) => {
    const { checked } = await readAll(
      t,
      'mail\njean@gmial.com\n"Jean <jean@x.fr>"\nmailto:jean@x.fr\njean\njean@mail.com\n jean@x.fr ',
    )
    t.strictSame(
      checked.map(({ fault, suggestion, identity }) => [fault?.code, suggestion, identity?.value]),
      [
        [undefined, 'jean@gmail.com', 'jean@gmial.com'],
        ['row-email', 'jean@x.fr', undefined],
        ['row-email', 'jean@x.fr', undefined],
        ['row-email', undefined, undefined],
        [undefined, undefined, 'jean@mail.com'],
        [undefined, undefined, 'jean@x.fr'],
      ],
    )
    t.ok(NOW)
  },
)

t.test('long runs of spaces, dots and brackets cost no more than other texts', async (t) => {
  const { trimmed } = await import('../../../src/batches/list/build-row.ts')
  const { suggestAddress } = await import('../../../src/mail/suggest-address.ts')
  const start = threadTime()
  t.equal(trimmed(` a${' '.repeat(250_000)}a `).length, 250_002)
  for (const char of [' ', '.', '<', '@', '(']) suggestAddress(`a${char.repeat(9900)}a`)
  t.ok(threadTime() - start < 1000, `${Math.round(threadTime() - start)} ms`)
})
