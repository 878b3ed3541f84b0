// npm run demo: the whole life of a badge on this machine. It stays up; `-- --once` ends instead, with 0 only
// if every step held.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hold } from './hold.ts'
import { startMailbox } from './mailbox.ts'
import { playIntegrator, playRecruiter } from './recruiter.ts'
import { playRequest } from './request.ts'
import { bold, dim, green, line, progress, red, step, yellow } from './screen.ts'
import { type DemoService, startDemoService } from './service.ts'
import { playWallets } from './wallets.ts'

const examples = join(import.meta.dirname, '../examples')
const isOnce = process.argv.includes('--once')
const broken: string[] = []

interface Badge {
  id: string
  name: string
  achievementUrl: string
}

console.log(bold('\nÉcusson, démonstration'))
console.log(dim('Un service, une base de données et des signatures réels, dans un dossier temporaire.'))

step('1. Le service démarre sur sa base de données intégrée')
const mailbox = await startMailbox()
const service = await startDemoService(mailbox.url)
line(`prêt sur ${service.url}`)
try {
  await play(service)
} catch (error) {
  broken.push((error as Error).message)
}
if (broken.length > 0) {
  step(red('La démonstration a échoué :'))
  for (const what of broken) line(red(what))
}
if (isOnce || broken.length > 0) {
  await service.stop()
  await mailbox.stop()
  process.exitCode = broken.length > 0 ? 1 : 0
} else {
  line(dim('\n  Ctrl-C pour arrêter.'))
  await new Promise((resolve) =>
    process.once('SIGINT', resolve).once('SIGTERM', resolve).once('SIGHUP', resolve),
  )
  await service.stop()
  await mailbox.stop()
}

async function play(service: DemoService): Promise<void> {
  const catalogue = await readJson('catalogue/catalogue.json')
  const eventBadge = await readJson('event/badge.json')
  const event = await readJson('event/event.json')

  step('2. L’INAÉ publie son catalogue')
  hold('l’émetteur est créé', (await service.call('POST', '/v1/issuers', catalogue.issuer)).status === 201)
  const bar = progress('badges publiés', catalogue.badges.length)
  const published: Badge[] = []
  for (const badge of catalogue.badges) {
    published.push(await publish(service, 'catalogue', badge))
    bar.tick()
  }
  bar.end()
  const badge = await publish(service, 'event', eventBadge)

  step(`3. La liste de présence : ${event.name}, ${event.place}`)
  const awarded = await awardList(service, event)

  step('4. Un inconnu vérifie chaque attestation, à partir des seuls liens')
  const verdicts = await askStranger(
    awarded.map(({ credentialUrl }) => credentialUrl),
    'vérifiées',
  )
  const verified = verdicts.filter((verdict) => verdict.verified).length
  hold(
    'chaque attestation est authentique',
    verified === awarded.length,
    verdicts.find((v) => !v.verified)?.problem,
  )
  line(`${green('✔')} ${verified} sur ${awarded.length} authentiques, selon @digitalbazaar/vc, non modifié`)

  const wanted = published[0]!
  step(`5. Une personne demande un badge : ${wanted.name}`)
  const requested = await playRequest(service, mailbox, { badge: wanted, hold })
  const [ofRequest] = await askStranger([requested])
  hold('le badge demandé est authentique', ofRequest?.verified === true, ofRequest?.problem)
  line(`${green('✔')} l’inconnu le vérifie : authentique`)

  step('6. Le badge rejoint un portefeuille : un de chaque type vient le récupérer')
  const { assertionId } = awarded[2]!
  const collected = await playWallets(service, { assertionId, hold })
  const ofWallets = await askStranger(collected)
  hold(
    'chaque attestation retirée est authentique',
    ofWallets.every(({ verified }) => verified),
    JSON.stringify(ofWallets),
  )
  line(
    `${green('✔')} l’inconnu vérifie les ${collected.length} documents, et le JWT par les clés publiées : authentiques`,
  )

  step('7. Une attribution est révoquée')
  const revoked = awarded[0]!
  const answer = await service.call('POST', `/v1/assertions/${revoked.assertionId}/revoke`, {
    reason: 'Attribué par erreur',
  })
  hold('la révocation est acceptée', answer.status === 200)
  const [after] = await askStranger([revoked.credentialUrl])
  hold('l’inconnu voit la révocation', after?.verified === false && after.revoked)
  const [still] = await askStranger([awarded[1]!.credentialUrl])
  hold('les autres restent valables', still?.verified === true)
  line(
    `${green('✔')} avant : ${green('authentique')}   après : ${after?.revoked ? red('révoquée') : yellow('inchangée ?')}`,
  )

  step('8. Un recruteur vérifie ce qu’on lui envoie')
  await playRecruiter(service, { valid: awarded[1]!.credentialUrl, revoked: revoked.credentialUrl })

  step('9. Un autre logiciel fait signer ses propres attestations')
  await playIntegrator(service, catalogue.issuer.slug)

  if (isOnce) return
  step('À ouvrir')
  line(`une attestation      ${awarded[1]!.credentialUrl}`)
  line(`la même, en image    ${awarded[1]!.credentialUrl}.png`)
  line(`le badge             ${badge.achievementUrl}`)
  const { body: claim } = await service.call('POST', `/v1/assertions/${awarded[3]!.assertionId}/claims`)
  line(`un badge à récupérer ${claim.interactionUrl}`)
  line(`l’affiche d’un badge ${wanted.achievementUrl}/poster.pdf`)
  line(`l’émetteur           ${service.url}/issuers/${catalogue.issuer.slug}`)
  line(`la référence d’API   ${service.url}/docs`)
  line('le verdict sur l’attestation révoquée :')
  line(
    dim(
      `curl -H 'Content-Type: application/json' -d '{"url":"${revoked.credentialUrl}"}' ${service.url}/verify`,
    ),
  )
}

async function publish(
  service: DemoService,
  folder: string,
  { image, ...content }: Record<string, unknown>,
): Promise<Badge> {
  const made = await service.call('POST', '/v1/issuers/inae/badge-classes', content)
  hold(`le badge ${content.slug} est créé`, made.status === 201, JSON.stringify(made.body))
  const svg = await readFile(join(examples, folder, String(image)))
  const headers = { 'content-type': 'image/svg+xml', 'if-match': '*' }
  const drawn = await service.call('PUT', `/v1/badge-classes/${made.body.id}/image`, svg, headers)
  hold(`l’image de ${content.slug} est acceptée`, drawn.status === 200, JSON.stringify(drawn.body))
  const published = await service.call('POST', `/v1/badge-classes/${made.body.id}/publish`)
  hold(`le badge ${content.slug} est publié`, published.status === 200)
  return published.body
}

interface AwardedRow {
  assertionId: string
  credentialUrl: string
}

/** The list goes through the command that scripts use: a row that cannot be issued is told and stops nobody else. */
async function awardList(
  { url, folder, call }: DemoService,
  event: Record<'name' | 'date' | 'place' | 'url', string>,
): Promise<AwardedRow[]> {
  const list = ['issue', 'examples/event/attendance.csv', '--badge', 'je-participe']
  const details = Object.entries(event).flatMap(([name, value]) => [`--event-${name}`, value])
  const report = join(folder, 'rapport.csv')
  const where = ['--url', url, '--key-file', join(folder, 'operator.key'), '--report', report]
  console.log(dim(`$ npx ecusson ${list.join(' ')} --event-date ${event.date} …`))
  const status = await runCommand([...list, ...details, ...where, '--lang', 'fr'])
  console.log()

  const { body: page } = await call('GET', '/v1/issuers/inae/batches')
  const [{ id, counts }] = page.items
  hold('38 personnes reçoivent le badge', counts.issued === 38, JSON.stringify(counts))
  hold('le doublon et l’adresse fausse sont signalés', counts.duplicate === 1 && counts.invalid === 1)
  hold('la commande dit que des lignes n’ont pas abouti', status === 1)
  const reported = (await readFile(report, 'utf8')).trim().split('\r\n')
  hold('le rapport dit ce qu’est devenue chaque ligne', reported.length === 1 + counts.total)
  const { body: rows } = await call('GET', `/v1/batches/${id}/rows?state=issued&limit=200`)
  line(
    `${green('✔')} ${counts.issued} attestations délivrées en un lot, un doublon et une adresse fausse signalés`,
  )
  return rows.items
}

/** Runs `ecusson` on this terminal. @returns its exit status */
async function runCommand(args: string[]): Promise<number | null> {
  const command = spawn(process.execPath, [join(import.meta.dirname, '../src/cli.ts'), ...args], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [status] = await once(command, 'exit')
  return status
}

interface StrangersVerdict {
  verified: boolean
  revoked: boolean
  problem?: string
}

/** Runs the separate program: it gets URLs and nothing else. */
async function askStranger(urls: string[], label?: string): Promise<StrangersVerdict[]> {
  const bar = label ? progress(label, urls.length) : undefined
  const stranger = spawn(process.execPath, [join(import.meta.dirname, 'stranger.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  stranger.stdin.end(`${urls.join('\n')}\n`)
  let output = ''
  for await (const chunk of stranger.stdout) {
    output += chunk
    for (const _ of String(chunk).matchAll(/\n/g)) bar?.tick()
  }
  bar?.end()
  return output
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text))
}

// biome-ignore lint/suspicious/noExplicitAny: the project's own example files
async function readJson(path: string): Promise<any> {
  return JSON.parse(await readFile(join(examples, path), 'utf8'))
}
