import { parse } from 'csv-parse/sync'
import t from 'tap'
import { CSV, csvOf, people, postList, rowsOf, untilDone } from '../support/batches.ts'
import { createBadge, createTenant } from '../support/factories.ts'
import { startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const report = (id: string, headers: Record<string, string> = {}) =>
  tenant.call('GET', `/v1/batches/${id}/report.csv`, undefined, headers)
const cells = (text: string, delimiter: string): string[][] => parse(text, { delimiter, bom: true })

t.test('a line for each posted row, in the caller’s columns', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const [a, b] = people(2) as [string, string]
  const list = [
    '"Nom; ""complet""\ndeux lignes";Courriel;Fonction',
    `"Zoé ""la"" ;\nMartin";${a};=1+1`,
    `Max;max@gmial.com; CIP `,
    `X;${a};`,
    '',
    'Y;rien;"\n"',
    `Z;${b}`,
  ].join('\r\n')
  const { body } = await postList(tenant, badge, list)
  const checked = cells((await report(body.id)).text, ';')
  t.strictSame(
    checked.map((line) => line.at(-3)),
    ['state', 'ready', 'ready', 'duplicate', 'invalid', 'ready'],
  )
  await untilDone(tenant, body.id)
  const answer = await report(body.id, { 'accept-language': 'fr' })
  t.equal(answer.status, 200)
  t.equal(answer.headers['content-type'], 'text/csv; charset=utf-8')
  t.equal(answer.headers['content-disposition'], `attachment; filename="batch-${body.id}.csv"`)
  const rows = await rowsOf(tenant, body.id)
  t.strictSame(cells(answer.text, ';'), [
    ['Nom; "complet"\ndeux lignes', 'Courriel', 'Fonction', 'state', 'reason', 'credentialUrl'],
    ['Zoé "la" ;\nMartin', a, '=1+1', 'issued', '', rows[0].credentialUrl],
    [
      'Max',
      'max@gmial.com',
      ' CIP ',
      'issued',
      'peut-être s’agit-il de max@gmail.com',
      rows[1].credentialUrl,
    ],
    ['X', a, '', 'duplicate', 'la même personne figure à la ligne 3', ''],
    ['Y', 'rien', '\n', 'invalid', 'ce n’est pas une adresse e-mail', ''],
    ['Z', b, '', 'issued', '', rows[4].credentialUrl],
  ])
})

t.test('the caller’s delimiter and mark', async (t) => {
  const { id: badge } = await createBadge(tenant)
  for (const delimiter of [';', ',', '\t']) {
    for (const mark of ['', '\ufeff']) {
      const list = `${mark}Courriel${delimiter}Note\n${people(1)[0]}${delimiter}"a;,\tb"\n`
      const { body } = await postList(tenant, badge, list)
      const { bytes, text } = await report(body.id)
      t.equal(bytes.subarray(0, 3).equals(Buffer.from('\ufeff')), mark !== '')
      t.strictSame(cells(text, delimiter)[1]!.slice(1), ['a;,\tb', 'ready', '', ''])
    }
  }
})

t.test('of a list in JSON, and in Windows-1252', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const [a, b] = people(2)
  const rows = [{ email: a }, { note: 'é', email: b, 'a;b': 1 }]
  const json = await postList(tenant, badge, { rows })
  t.strictSame(cells((await report(json.body.id)).text, ';'), [
    ['email', 'note', 'a;b', 'state', 'reason', 'credentialUrl'],
    [a, '', '', 'ready', '', ''],
    [b, 'é', '1', 'ready', '', ''],
  ])
  const list = Buffer.from(`Prénom;Courriel\nAïcha;${people(1)[0]}`, 'latin1')
  const latin = await postList(tenant, badge, list)
  t.strictSame(cells((await report(latin.body.id)).text, ';')[1]![0], 'Aïcha')
})

t.test('of a long list, and of a list that was corrected', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const addresses = people(1201)
  const { body } = await postList(tenant, badge, csvOf(addresses))
  await untilDone(tenant, body.id)
  const whole = cells((await report(body.id)).text, ';')
  t.strictSame(
    whole.slice(1).map(([, address]) => address),
    addresses,
  )
  t.ok(whole.slice(1).every(([, , state, reason, url]) => state === 'issued' && !reason && url))
  await tenant.call('PUT', `/v1/batches/${body.id}/rows`, `Mail,Ville\n${addresses[0]},Pau\n`, CSV)
  const [heading, ...lines] = cells((await report(body.id)).text, ',')
  t.strictSame(heading, ['Mail', 'Ville', 'state', 'reason', 'credentialUrl'])
  t.strictSame(lines, [[addresses[0], 'Pau', 'issued', '', whole[1]!.at(-1)]])
})

t.test('a report can be posted as a list again', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { body } = await postList(tenant, badge, csvOf(people(2)))
  await untilDone(tenant, body.id)
  const again = await postList(tenant, badge, (await report(body.id)).text)
  t.match(again, { status: 201, body: { counts: { 'already-awarded': 2 } } })
})
