import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { csvOf, people } from '../support/batches.ts'
import { publishBadge, runCommand, start, startNeighbour } from '../support/command.ts'
import { OPERATOR_KEY } from '../support/service.ts'

const service = await startNeighbour(t)
const { url, call } = service
await publishBadge(service, 'siae', 'presence')
const where = ['--badge', 'presence', '--url', url, '--key', OPERATOR_KEY]

/** A file of its own for a list. */
async function fileOf(t: Test, list: string | Buffer, name = 'liste.csv'): Promise<string> {
  const file = join(t.testdir({}), name)
  await writeFile(file, list)
  return file
}

const issue = (file: string, ...options: string[]) => runCommand(['issue', file, ...where, ...options])
const heldBy = async (email: string) =>
  (await call('GET', `/v1/issuers/siae/assertions?recipient=${encodeURIComponent(email)}`)).items

t.test('everyone on the list gets the badge, and the same list again changes nothing', async (t) => {
  const addresses = people(3)
  const file = await fileOf(t, csvOf(addresses))
  const first = await issue(file)
  t.match(first, { code: 0, stderr: '' })
  const lines = first.stdout.trim().split('\n')
  t.equal(lines[0], 'Columns: Nom complet → name · Courriel → e-mail address')
  t.equal(lines[1], 'Rows: 3 · ready: 3')
  t.match(lines[2], /^Batch: [0-9a-f-]{36}$/)
  const [{ id }] = (await call('GET', '/v1/issuers/siae/batches?limit=1')).items
  t.strictSame(lines.slice(3), [
    'Issuing 3/3',
    'Rows: 3 · issued: 3',
    'Everyone on the list has the badge.',
    'The mails with the links wait at the service: no mail server is configured.',
  ])
  t.equal((await call('GET', `/v1/batches/${id}`)).notify, true)
  t.notMatch(first.stdout, /[^\P{Cc}\n]/u, 'plain text')
  for (const address of addresses) t.equal((await heldBy(address)).length, 1)

  const again = await issue(file)
  t.match(again, { code: 0, stderr: '' })
  t.match(again.stdout, 'Rows: 3 · had the badge already: 3\n')
  t.match(again.stdout, 'Nothing to issue: everyone on the list has the badge already.')
  t.notMatch(again.stdout, /The mails|To do/)
  for (const address of addresses) t.equal((await heldBy(address)).length, 1)
})

t.test('rows with faults are named, at 1; the others are issued', async (t) => {
  const [good, other] = people(2)
  const file = await fileOf(
    t,
    `prénom;e-mail;note\nAnne;${good};a\nBob;bob(at)example.org ;b\nAnne;${good};c\nCleo;c@gmial.com;d\nDan;${other};e\nEve;;f\n`,
  )
  const report = `${file}.report`
  const { code, stdout, stderr } = await issue(file, '--report', report, '--no-mail')
  t.equal(code, 1)
  t.equal(stderr, '')
  t.match(stdout, 'kept as they are: note')
  const fault = '  line 3, Bob, bob(at)example.org: this is not an e-mail address; perhaps bob@example.org?'
  const missing = '  line 7, Eve: the e-mail address is missing (or a DID, or an identifier)'
  const told = [
    'Rows: 6 · ready: 3, 1 of them to be reread · duplicates: 1 · invalid: 2',
    fault,
    `  line 4, Anne, ${good}: the same person stands on line 2`,
    '  line 5, Cleo, c@gmial.com: perhaps c@gmail.com? If you change nothing, it is issued to the address as written.',
    missing,
    'Batch: ',
  ]
  t.match(stdout, told.join('\n'), 'in the order of the lines')
  t.match(stdout, `Rows that were not issued:\n${fault}\n${missing}\n`)
  t.match(
    stdout,
    `Report: ${report}\nTo do: send each person their link (column credentialUrl of ${report}).\n`,
  )
  const lines = (await readFile(report, 'utf8')).trim().split('\r\n')
  t.equal(lines.length, 7)
  t.match(lines[1], new RegExp(`^Anne;${good};a;issued;;${url}/credentials/`))
  t.match(lines[2], /^Bob;bob\(at\)example\.org ;b;invalid;"?this is not an e-mail address/)

  const again = await issue(file)
  t.equal(again.code, 1, 'one row still has none')
  t.match(again.stdout, 'Nothing new to issue: 3 people hold the badge already, 2 rows are to be corrected.')
})

t.test('who is written to is told: before, in the dry run, and afterwards', async (t) => {
  const wouldMail =
    'When it is issued, each person is mailed a link to collect the badge (--no-mail: nobody is).'
  const toSend = 'To do: send each person their link (column credentialUrl of '
  const [a, b, c] = people(3)
  const file = await fileOf(t, csvOf([a!]))
  t.match((await issue(file, '--dry-run')).stdout, wouldMail)
  t.notMatch((await issue(file, '--dry-run', '--no-mail')).stdout, wouldMail)
  const silent = await issue(file, '--no-mail')
  t.match(silent.stdout, `${toSend}GET ${url}/v1/batches/`)
  t.notMatch(silent.stdout, 'The mails')
  const [batch] = (await call('GET', '/v1/issuers/siae/batches?limit=1')).items
  t.equal(batch.notify, false)

  const withoutAddress = await fileOf(t, `did,nom\ndid:web:${b!.replace('@', '.')},Zoé\n`)
  t.notMatch((await issue(withoutAddress, '--dry-run')).stdout, wouldMail)
  t.match((await issue(withoutAddress)).stdout, toSend)
  const both = await issue(
    await fileOf(t, `email,did\n${c},\n,did:web:${c!.replace('@', '.')}\n`),
    '--lang',
    'fr',
  )
  const told = [
    'Les courriels avec les liens attendent au service : aucun serveur de messagerie n’est configuré.',
    'À faire : envoyer leur lien à celles qui n’ont pas d’adresse e-mail (colonne credentialUrl de ',
  ]
  t.match(both.stdout, told.join('\n'))
})

t.test('a list in which nobody can have the badge ends at 2', async (t) => {
  const { code, stdout } = await issue(await fileOf(t, 'courriel\nrien\n'))
  t.equal(code, 2)
  t.match(stdout, 'line 2, rien: this is not an e-mail address')
})

t.test('a dry run issues nothing', async (t) => {
  const [address] = people(1)
  const good = await issue(await fileOf(t, csvOf([address!])), '--dry-run')
  t.match(good, { code: 0, stderr: '' })
  t.match(good.stdout, 'Dry run: nothing was issued.')
  const list = await fileOf(t, `email\n${address}\nx\n`)
  const report = `${list}.report`
  const faulty = await issue(list, '--dry-run', '--report', report)
  t.equal(faulty.code, 1)
  t.match(faulty.stdout, '  line 3, x: this is not an e-mail address\n')
  t.match(await readFile(report, 'utf8'), `${address};ready;;\r\nx;invalid`)
  t.strictSame(await heldBy(address!), [])
})

t.test('the event and the names go into the credentials', async (t) => {
  const addresses = people(1)
  const event = ['--event-name', 'Journée', '--event-date', '2025-10-15', '--event-place', 'Pau']
  const { code } = await issue(await fileOf(t, csvOf(addresses)), ...event, '--disclose-name')
  t.equal(code, 0)
  const [held] = await heldBy(addresses[0]!)
  const document = await fetch(held.credentialUrl, { headers: { accept: 'application/json' } })
  const credential = JSON.parse(await document.text())
  t.match(credential.evidence, [{ name: 'Journée', description: 'Pau, October 15, 2025' }])
  t.match(JSON.stringify(credential), 'Personne 0')
})

t.test('Windows-1252, tabs and JSON are lists too', async (t) => {
  const [a, b] = people(2)
  const tabs = await issue(await fileOf(t, Buffer.from(`Prénom\tCourriel\nZoé\t${a}\n`, 'latin1')))
  t.equal(tabs.code, 0)
  t.match(tabs.stdout, 'Columns: Prénom → first name · Courriel')
  const json = await issue(await fileOf(t, JSON.stringify({ rows: [{ email: b }] }), 'liste.json'))
  t.equal(json.code, 0)
})

t.test('what steers a terminal is not written to one', async (t) => {
  const { stdout } = await issue(await fileOf(t, 'courriel;\u202enote\n"a\u001b[31m";\u0007\n'))
  t.notMatch(stdout, /[^\P{Cc}\n]|\u202e/u)
})

t.test('more faults than are named are counted', async (t) => {
  const faulty = Array.from({ length: 60 }, (_, i) => `faux${i}\n`).join('')
  const { stdout } = await issue(await fileOf(t, `courriel\n${faulty}`), '--dry-run')
  t.match(stdout, 'line 51, faux49: ')
  t.notMatch(stdout, 'faux50')
  t.match(stdout, '… and 10 more, invalid')
})

t.test('a doubtful address is told however late in a long list it stands', async (t) => {
  const faulty = Array.from({ length: 100 }, (_, i) => `faux${i}`)
  const doubtful = Array.from({ length: 60 }, (_, i) => `douteux${i}@gmial.com`)
  const list = await fileOf(t, ['courriel', ...faulty, ...people(210), ...doubtful, ''].join('\n'))
  const { stdout } = await issue(list, '--dry-run')
  t.match(stdout, 'ready: 270, 60 of them to be reread · invalid: 100')
  t.match(stdout, 'line 312, douteux0@gmial.com: perhaps douteux0@gmail.com?')
  t.match(stdout, 'line 361, douteux49@gmial.com: ')
  t.notMatch(stdout, 'douteux50')
  t.match(stdout, '… and 50 more, invalid\n  … and 10 more, to be reread\n')
})

t.test('it speaks French where its environment does, or when it is told', async (t) => {
  const file = await fileOf(t, 'courriel\nfaux\n')
  const args = ['issue', file, ...where]
  const french = await runCommand(args, { LANG: 'fr_FR.UTF-8' })
  t.match(french.stdout, 'Colonnes\u00a0: courriel → adresse e-mail')
  t.match(french.stdout, 'ligne 2, faux\u00a0: ce n’est pas une adresse e-mail')
  t.match((await runCommand([...args, '--lang', 'fr'])).stdout, 'Rien à délivrer')
  const english = await runCommand([...args, '--lang=en'], { LC_ALL: 'fr_FR' })
  t.match(english.stdout, 'Nothing to issue')
  t.match((await runCommand(['--help'], { LC_ALL: 'fr' })).stdout, 'Code de retour')
})

t.test('in French too a doubtful address and a wrong date say what to do', async (t) => {
  const file = await fileOf(t, 'courriel;date\na@gmial.com;\nb@example.org;hier\n')
  const check = await runCommand(['issue', file, ...where, '--dry-run', '--lang', 'fr'])
  t.match(check.stdout, 'prêtes\u00a0: 1, dont 1 à relire')
  const advice = 'peut-être a@gmail.com ? Sans correction, le badge part à l’adresse écrite.'
  t.match(check.stdout, `ligne 2, a@gmial.com\u00a0: ${advice}\n`)
  t.match(check.stdout, 'ligne 3, b@example.org\u00a0: « date » : écrivez 15/10/2026 ou 2026-10-15\n')
})

const hasScript = (await start('sh', ['-c', 'command -v script']).ended).code === 0
const terminal = hasScript ? {} : { skip: 'there is no program `script` here to make a terminal' }

t.test('on a terminal a bar grows; with NO_COLOR it does not', terminal, async (t) => {
  const onTerminal = async (env: Record<string, string>) => {
    const file = await fileOf(t, csvOf(people(2)))
    const command = [process.execPath, 'src/cli.ts', 'issue', file, ...where].join(' ')
    return start('script', ['-qec', command, '/dev/null'], { TERM: 'xterm', ...env }).ended
  }
  const live = await onTerminal({})
  t.equal(live.code, 0)
  t.match(live.stdout, `Issuing \x1b[32m${'█'.repeat(30)}\x1b[0m`)
  const plain = await onTerminal({ NO_COLOR: '1' })
  t.equal(plain.code, 0)
  t.notMatch(plain.stdout, /[^\P{Cc}\r\n]|█/u)
  t.match(plain.stdout, 'Issuing 2/2')
})

t.test('on a terminal that is narrow a row is told on lines of its own', terminal, async (t) => {
  const list = await fileOf(t, 'courriel\na@gmial.com\n')
  const command = [process.execPath, 'src/cli.ts', 'issue', list, ...where, '--dry-run'].join(' ')
  const narrow = ['-qec', `stty cols 50; ${command}`, '/dev/null']
  const { stdout } = await start('script', narrow, { TERM: 'xterm' }).ended
  const told = [
    '  line 2, a@gmial.com:',
    '    perhaps a@gmail.com? If you change nothing, it',
    '    is issued to the address as written.',
  ]
  t.match(stdout, told.join('\r\n'))
})
