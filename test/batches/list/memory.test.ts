import t from 'tap'
import { checkRow } from '../../../src/batches/list/check-row.ts'
import { readList } from '../../../src/batches/list/read-list.ts'
import { MEGABYTE, memoryInUse } from '../../support/memory.ts'
import { fileOf, NOW, refusalOf } from './lists.ts'

const COUNT = 100_000

const csv = () =>
  `Prénom;Nom;Courriel;Structure\n${Array.from({ length: COUNT }, (_, i) => `Aïcha;N’Diaye;aicha${i}@siae.example;"Les ""Jardins"""\n`).join('')}`
const json = () =>
  `{"rows":[${Array.from({ length: COUNT }, (_, i) => JSON.stringify({ email: `aicha${i}@siae.example`, nom: 'Aïcha N’Diaye' })).join()}]}`

t.test('a row of forty million cells is refused before it is in memory', async (t) => {
  const path = fileOf(t, Buffer.concat([Buffer.from('mail;nom\n'), Buffer.alloc(40 * MEGABYTE, ';')]))
  const before = process.resourceUsage().maxRSS
  const list = await readList({ path, format: 'csv' })
  t.match(await refusalOf(Array.fromAsync(list.rows)), /line 2: the row has more than/)
  const grown = (process.resourceUsage().maxRSS - before) / 1024
  t.ok(grown < 100, `${Math.round(grown)} MB more than ever before`)
})

for (const [format, content] of [
  ['csv', csv],
  ['json', json],
] as const) {
  t.test(`100,000 rows of ${format} are a stream: they never sit in memory`, async (t) => {
    const path = fileOf(t, content(), format)
    const idle = await memoryInUse()
    let peak = 0
    let ready = 0
    const list = await readList({ path, format })
    for await (const row of list.rows) {
      if (!checkRow(row, list.columns, NOW).fault) ready++
      if (ready % 20_000 === 0) peak = Math.max(peak, await memoryInUse())
    }
    t.equal(ready, COUNT)
    t.ok(peak - idle < 8 * MEGABYTE, `${Math.round((peak - idle) / MEGABYTE)} MB more than at rest`)
  })
}
