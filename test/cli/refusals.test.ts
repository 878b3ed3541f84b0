import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { csvOf, people } from '../support/batches.ts'
import { freePort, publishBadge, runCommand, startNeighbour } from '../support/command.ts'
import { OPERATOR_KEY } from '../support/service.ts'

const service = await startNeighbour(t)
const { url, call } = service
const badge = await publishBadge(service, 'siae', 'presence')
await publishBadge(service, 'autre', 'presence')
const folder = t.testdir({ 'liste.csv': csvOf(people(2)), key: `${OPERATOR_KEY}\n` })
const list = join(folder, 'liste.csv')

const keyWith = async (...scopes: string[]): Promise<string> =>
  (await call('POST', '/v1/issuers/siae/api-keys', { name: 'script', scopes })).key

/** Every refusal is at 2, on the standard error, in sentences. */
async function refused(t: Test, args: string[], ...sentences: string[]) {
  const { code, stdout, stderr } = await runCommand(args)
  t.equal(code, 2, args.join(' '))
  t.equal(stdout, '')
  for (const sentence of sentences) t.match(stderr, sentence)
  t.notMatch(stderr, /\n {4}at |Error:/, 'no stack')
}

t.test('a command with mistakes names them all', async (t) => {
  await refused(t, [], 'Say what to do: npx ecusson issue LIST.csv')
  const misspelt = [
    'isue',
    list,
    '--colour',
    '--dry-run=yes',
    '--url',
    'badges.example.org/x',
    '--lang',
    'de',
  ]
  await refused(
    t,
    misspelt,
    '  isue is not a command; there is: issue',
    '  --colour is not an option',
    '  --dry-run takes no value',
    '  say which badge class: --badge',
    '  badges.example.org/x is not an address such as https://badges.example.org',
    '  give a key: --key, --key-file, or ECUSSON_KEY in the environment',
    '  --lang is en or fr',
  )
  await refused(t, ['issue', '--url', url, '--key', 'x', '--badge', 'b'], '  name the file of the list')
  const options = ['--url', url, '--key', 'x']
  await refused(t, ['issue', list, 'b.csv', '--badge', 'b', ...options], 'not also b.csv')
  await refused(t, ['issue', list, ...options, '--badge', '--dry-run'], '  --badge needs a value')
  await refused(t, ['issue', list, '--badge=b', '--kye=SECRET', '--url', url], '  --kye is not an option')
})

t.test('a key is never repeated', async (t) => {
  const { stderr } = await runCommand(['issue', list, '--badge=b', '--kye=SECRET', '--url', url])
  t.notMatch(stderr, 'SECRET')
})

t.test('files that cannot be read or written are named before anything is sent', async (t) => {
  const options = ['--badge', 'presence', '--url', url, '--key', OPERATOR_KEY]
  await refused(t, ['issue', '/nowhere.csv', ...options], 'The file /nowhere.csv cannot be read (not found).')
  await refused(t, ['issue', folder, ...options], 'cannot be read (it is a folder).')
  await refused(t, ['issue', list, '--report', list, ...options], 'The report would overwrite the list')
  t.match(await readFile(list, 'utf8'), 'Nom complet')
  const report = ['--report', '/nowhere/r.csv']
  await refused(
    t,
    ['issue', list, ...report, ...options],
    'The report /nowhere/r.csv cannot be written (not found).',
  )
  const keyFile = ['--badge', 'b', '--url', url, '--key-file', '/nowhere.key']
  await refused(t, ['issue', list, ...keyFile], 'The file /nowhere.key cannot be read')
  t.strictSame((await call('GET', '/v1/issuers/siae/batches')).items, [])
})

t.test('an API key finds its issuer; the operator says which of several', async (t) => {
  const dry = ['issue', list, '--url', url, '--dry-run']
  const key = ['--key', await keyWith('batches:write', 'issuer:read')]
  t.equal((await runCommand([...dry, ...key, '--badge', 'presence'])).code, 0)
  const operator = ['--key-file', join(folder, 'key')]
  await refused(
    t,
    [...dry, ...operator, '--badge', 'presence'],
    'This key sees several issuers: say which with --issuer. There are: autre, siae.',
  )
  t.equal((await runCommand([...dry, ...operator, '--badge', 'presence', '--issuer', 'autre'])).code, 0)
  t.equal((await runCommand([...dry, ...operator, '--badge', badge])).code, 0, 'an id needs no issuer')
  const narrow = ['--key', await keyWith('batches:write')]
  t.equal((await runCommand([...dry, ...narrow, '--badge', badge])).code, 0)
  await refused(t, [...dry, ...narrow, '--badge', 'presence'], 'The key lacks the scope issuer:read.')
  const environment = { ECUSSON_URL: `${url}/`, ECUSSON_KEY: OPERATOR_KEY }
  t.equal((await runCommand(['issue', list, '--badge', badge, '--dry-run'], environment)).code, 0)
})

t.test('what the service refuses is told in the words of the command', async (t) => {
  const at = ['issue', list, '--url', url, '--issuer', 'siae', '--key']
  const dry = [...at, OPERATOR_KEY, '--badge']
  await refused(t, [...at, 'ecu_unknown', '--badge', 'presence'], 'The service refuses: The key is not known')
  await refused(t, [...at, 'clé', '--badge', 'presence'], 'The key holds characters that no key has.')
  await refused(t, [...dry, 'absent'], 'The issuer siae has no badge class absent.')
  await refused(t, [...dry, 'pas un nom'], 'The issuer siae has no badge class pas un nom.')
  await refused(t, [...dry, 'presence', '--issuer', 'nul'], 'There is no issuer nul that this key may see.')
  const unknown = '3f0c7c52-6d0c-4b8c-9a54-0f7d6c1f2b11'
  await refused(t, [...dry, unknown], `There is no badge class ${unknown} that this key may issue.`)
  const draft = { slug: 'brouillon', name: 'B', description: 'd', criteria: { narrative: 'x' } }
  await call('POST', '/v1/issuers/siae/badge-classes', draft)
  await refused(t, [...dry, 'brouillon'], 'The badge class is not published (a draft)')
  await refused(
    t,
    [...dry, 'presence', '--event-name', 'x', '--event-date', 'hier', '--event-url', 'y'],
    '  --event-date is neither a day such as 2026-10-15',
    '  --event-url is not an http or https URL',
  )
  await refused(
    t,
    [...dry, 'presence', '--event-name', 'x', '--event-end', '2025-01-01'],
    '  give either --event-date or --event-start',
  )
  const period = ['--event-name', 'x', '--event-start', '2025-01-02', '--event-end', '2025-01-01']
  await refused(t, [...dry, 'presence', ...period], '  --event-end must not be before --event-start')
  const mixed = ['--event-name', 'x', '--event-date', '2025-01-01', '--event-end', '2025-01-01']
  await refused(t, [...dry, 'presence', ...mixed], '  --event-end goes with --event-start')
  const french = ['--lang', 'fr']
  await refused(t, [...dry, 'brouillon', ...french], 'Le badge n’est pas publié (brouillon)')
  const order = '  --event-end ne peut pas précéder --event-start'
  await refused(t, [...dry, 'presence', ...period, ...french], order)
  const stranger = await keyWith('batches:write', 'issuer:read')
  const other = ['issue', list, '--url', url, '--issuer', 'autre', '--badge', 'presence', '--key', stranger]
  await refused(t, other, 'There is no issuer autre that this key may see.')
})

t.test('an event that is still to come is refused after the check, and nothing is issued', async (t) => {
  const event = ['--event-name', 'x', '--event-date', '2999-01-01']
  const key = ['--key', OPERATOR_KEY]
  const { code, stderr } = await runCommand(['issue', list, '--badge', badge, '--url', url, ...key, ...event])
  t.equal(code, 2)
  t.equal(stderr, 'The service refuses: The event has not begun by then: nobody can have attended it.\n')
})

t.test('a file that is no list is refused whole', async (t) => {
  const folder = t.testdir({
    'vide.csv': '',
    'noms.csv': 'nom,age\nA,3\n',
    'x.csv': Buffer.from('504b0304aa', 'hex'),
  })
  const options = ['--badge', badge, '--url', url, '--key', OPERATOR_KEY]
  const issue = (name: string) => ['issue', join(folder, name), ...options]
  await refused(t, issue('vide.csv'), '  vide.csv is empty')
  await refused(t, issue('noms.csv'), '  noms.csv has no column that says who each person is')
  await refused(t, issue('x.csv'), '  x.csv is not text but another kind of file (XLSX, ODS, ZIP)')
  const huge = join(folder, 'huge.csv')
  await writeFile(huge, 'courriel\n')
  await truncate(huge, 80 * 1024 * 1024)
  await refused(t, ['issue', huge, ...options], 'The service refuses: The body is too large.')
})

t.test('a service that is not there, or is another one, is told within seconds', async (t) => {
  const options = ['issue', list, '--badge', badge, '--key', 'x', '--url']
  const begin = Date.now()
  const nobody = `http://127.0.0.1:${await freePort()}`
  await refused(
    t,
    [...options, nobody],
    `The service at ${nobody} cannot be reached (nothing answers there: is the service started?).`,
  )
  t.ok(Date.now() - begin < 10_000)
})
