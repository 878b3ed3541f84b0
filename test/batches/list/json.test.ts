import t from 'tap'
import { readList } from '../../../src/batches/list/read-list.ts'
import { faultsOf, fileOf, readAllJson, refusalOf } from './lists.ts'

t.test('rows have the same headings as a CSV; columns grow as the rows bring them', async (t) => {
  const list = await readAllJson(t, {
    rows: [
      { courriel: 'a@x.fr', nom: 'Dupont', âge: 30, présent: true, note: null },
      { 'adresse e-mail': 'b@x.fr', PRÉNOM: 'Aïcha'.normalize('NFD'), nom: 'Bœuf' },
    ],
  })
  t.strictSame(
    list.columns.map(({ heading, field }) => [heading, field]),
    [
      ['courriel', 'email'],
      ['nom', 'lastName'],
      ['âge', null],
      ['présent', null],
      ['note', null],
      ['adresse e-mail', null],
      ['PRÉNOM', 'firstName'],
    ],
  )
  t.strictSame(
    list.rows.map(({ line, cells }) => [line, ...cells]),
    [
      [1, 'a@x.fr', 'Dupont', '30', 'true', ''],
      [2, '', 'Bœuf', '', '', '', 'b@x.fr', 'Aïcha'],
    ],
  )
  t.equal(list.checked[0]!.name, 'Dupont')
})

t.test('a row may say its recipient as an award does', async (t) => {
  const list = await readAllJson(t, {
    rows: [
      {
        recipient: { email: 'A@x.fr', name: 'Aïcha' },
        awardedDate: '2026-10-15T09:00:00+02:00',
        narrative: 'Bien',
      },
      { recipient: { did: 'did:web:x.fr' }, validUntil: '2030-01-01' },
      { recipient: { identifier: '42' } },
      { recipient: { identifier: { type: 'systemId', value: 's1' } } },
      { recipient: { email: 'a@x.fr', did: 'did:web:x.fr' } },
      { recipient: { email: 'a@x.fr', phone: '05' } },
      { recipient: { identifier: { type: 'shoeSize', value: '42' } } },
      { recipient: { identifier: { type: 'systemId', value: 42 } } },
      { recipient: 'a@x.fr' },
    ],
  })
  t.strictSame(
    list.checked.slice(0, 4).map(({ identity, fault }) => [identity, fault]),
    [
      [{ type: 'emailAddress', value: 'a@x.fr' }, undefined],
      [{ type: 'did', value: 'did:web:x.fr' }, undefined],
      [{ type: 'identifier', value: '42' }, undefined],
      [{ type: 'systemId', value: 's1' }, undefined],
    ],
  )
  t.match(list.checked[0], {
    name: 'Aïcha',
    awardedDate: '2026-10-15T09:00:00+02:00',
    details: { narrative: 'Bien' },
  })
  t.strictSame(
    list.checked.slice(4).map(({ fault }) => fault?.code),
    ['row-several-recipients', 'row-unknown-member', 'row-identifier', 'row-identifier', 'row-no-recipient'],
  )
})

t.test('a row with a fault is told, and does not spoil the list', async (t) => {
  const rows = [
    '{"email":"a@x.fr"}',
    '"a@x.fr"',
    'null',
    '[{"email":"a@x.fr"}]',
    '{"email":"a@x.fr","tags":["x"]}',
    '{"email":"a@x.fr","name":"A\\u0000"}',
    '{"email":"a@x.fr","name":"A\\ud800"}',
    '{"email":"a@x.fr","email":"b@x.fr"}',
    '{"email":"a@x.fr","__proto__":{"x":1}}',
    '{"email":"a,]}\\"\\\\@x.fr"}',
    '{"email":"z@x.fr"}',
  ]
  const list = await readAllJson(t, `{"rows":[${rows.join(' ,\n ')} ]}`)
  t.strictSame(faultsOf(list.checked), [
    [1, undefined],
    [2, 'row-object'],
    [3, 'row-object'],
    [4, 'row-object'],
    [5, 'row-nested'],
    [6, 'row-text'],
    [7, 'row-text'],
    [8, 'row-member-twice'],
    [9, 'row-unknown-member'],
    [10, 'row-email'],
    [11, undefined],
  ])
  t.equal(list.checked[5]!.cells.at(-1), 'A\ufffd')
  t.equal(list.checked[6]!.cells.at(-1), 'A\ufffd')
})

t.test('the other members are told, wherever they stand', async (t) => {
  const options = { event: { name: 'Forum "rows": [', days: [1, 2] }, discloseName: true }
  const rows = '"r\\u006fws" : [ {"email":"a@x.fr"} ]'
  const [event, disclose] = Object.entries(options).map((entry) =>
    JSON.stringify(Object.fromEntries([entry])).slice(1, -1),
  )
  for (const members of [
    [rows, event, disclose],
    [event, rows, disclose],
    [event, disclose, rows],
  ]) {
    const list = await readAllJson(t, `\n{ ${members.join(' , ')} }\n`)
    t.strictSame(await list.options(), options)
    t.equal(list.rows.length, 1)
  }
})

t.test('a document is read the same however it falls into chunks', async (t) => {
  const padding = ' '.repeat(64 * 1024 - 20)
  const row = '{"email":"é\\"]},@x.fr","name":"Zoé"}'
  for (let shift = 0; shift < 60; shift++) {
    const list = await readAllJson(t, `{"rows":[${padding}${' '.repeat(shift)}${row},${row}]}`)
    t.strictSame(
      list.rows.map(({ fields }) => fields.name),
      ['Zoé', 'Zoé'],
      `shifted by ${shift}`,
    )
  }
})

const row = '{"email":"a@x.fr"}'
const REFUSED: [string, string | Uint8Array, RegExp][] = [
  ['nothing but space', ' ', /not JSON/],
  ['an array', `[${row}]`, /must be a JSON object/],
  ['no rows member', '{"event":{}}', /^400 \/rows must be an array/],
  ['rows that are null', '{"rows":null}', /^400 \/rows must be an array/],
  ['rows that are an object', `{"rows":{"0":${row}}}`, /^400 \/rows must be an array/],
  ['rows that are a text, before another', `{"rows":"x","a":[1]}`, /^400 \/rows must be an array/],
  ['rows twice', `{"rows":[${row}],"rows":[${row}]}`, /\/rows stands twice/],
  ['another member twice', `{"a":1,"rows":[${row}],"a":2}`, /\/a stands twice/],
  ['no row', '{"rows":[ ]}', /has no rows/],
  ['no recipient in any row', '{"rows":[{"ville":"Pau"}]}', /headings are: ville/],
  ['a comma at the end', `{"rows":[${row},]}`, /not JSON/],
  ['a comma at the start', `{"rows":[,${row}]}`, /not JSON/],
  ['no comma', `{"rows":[${row} ${row}]}`, /not JSON/],
  ['a row with a fault of syntax', `{"rows":[${row},{email:1}]}`, /not JSON/],
  ['brackets that do not match', `{"rows":[${row}}}`, /not JSON/],
  ['brackets that do not match in a row', `{"rows":[{"a":[}]]}`, /not JSON/],
  ['an end too early', `{"rows":[${row}`, /not JSON/],
  ['an end within a text', `{"rows":[{"email":"a`, /not JSON/],
  ['something after the end', `{"rows":[${row}]} {}`, /not JSON/],
  ['a comment', `{"rows":[${row} /* */]}`, /not JSON/],
  ['33 levels in a row', `{"rows":[${row},${'['.repeat(31)}${']'.repeat(31)}]}`, /more than 32 deep/],
  [
    '33 levels beside the rows',
    `{"a":${'['.repeat(32)}${']'.repeat(32)},"rows":[${row}]}`,
    /more than 32 deep/,
  ],
  ['ten million brackets', `{"rows":[${'['.repeat(10_000_000)}`, /more than 32 deep/],
  ['a row of 1 MB', `{"rows":[{"email":"${'x'.repeat(1_000_000)}"}]}`, /line 1: .* bytes/],
  ['a cell of 10,001 characters', `{"rows":[{"email":"${'x'.repeat(10_001)}"}]}`, /line 1: a cell/],
  ['a million members', `{"rows":[{${'"a":1,'.repeat(1_000_000)}"b":2}]}`, /line 1: .* bytes/],
  ['201 columns', `{"rows":[{${Array.from({ length: 201 }, (_, i) => `"c${i}":1`).join()}}]}`, /200 columns/],
  ['Windows-1252', Buffer.from(`{"rows":[{"email":"é"}]}`, 'latin1'), /not UTF-8/],
  ['a NUL', `{"rows":[${row}\0]}`, /NUL/],
]

t.test('a document that cannot be read as a whole is refused with its reason', async (t) => {
  for (const [what, content, reason] of REFUSED) {
    const refusal = await refusalOf(readAllJson(t, content))
    t.match(refusal, reason, what)
    t.match(refusal, /^400 /, what)
  }
  const beside = `{"a":"${'x'.repeat(100_000)}","rows":[${row}]}`
  t.match(await refusalOf(readAllJson(t, beside)), /^413/, 'too much beside the rows')
  const many = `{"rows":[${`${row},`.repeat(200_000)}${row}]}`
  t.match(await refusalOf(readAllJson(t, many)), /^413 has more than 200000 rows/)
})

t.test('what stands before the rows is known before the rows are read', async (t) => {
  const list = await readList({ path: fileOf(t, `{"rows":[${row}],"discloseName":true}`), format: 'json' })
  t.strictSame(await list.options(), { discloseName: true })
})
