// npm run bench: awards and reads over HTTP beside what the signing library does alone, in one run.
// DATABASE_URL chooses PostgreSQL; --seconds N sets the time of each figure; --json prints one object.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { buildApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createContext } from '../src/start.ts'
import type { SignedCredential } from '../src/vc/credential.ts'
import { generateKeyPair, privateKeyFrom } from '../src/vc/keys.ts'
import { signCredential } from '../src/vc/sign.ts'

const seconds = Number(process.argv[process.argv.indexOf('--seconds') + 1]) || 5
const dataDir = await mkdtemp(join(tmpdir(), 'ecusson-bench-'))
const operatorKey = randomBytes(24).toString('hex')
const config = readConfig({
  DATA_DIR: dataDir,
  DATABASE_URL: process.env.DATABASE_URL,
  OPERATOR_KEY: operatorKey,
  MASTER_KEY: randomBytes(32).toString('base64'),
  LOG_LEVEL: 'silent',
})
const { ctx, close } = await createContext(config)
const app = await buildApp(ctx)
const url = await app.listen({ host: '127.0.0.1', port: 0 })
const headers = { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' }

const badgeClass = await publishBadge()
const example = await fetchCredential(await awardOne())
const libraryPerSecond = await measureLibrary()
const awards = await run({
  url: `${url}/v1/badge-classes/${badgeClass}/assertions`,
  method: 'POST',
  headers,
  requests: [
    { setupRequest: (request) => ({ ...request, body: JSON.stringify({ recipient: recipient() }) }) },
  ],
})
const credentialPath = new URL(await awardOne()).pathname
const reads = await run({ url: url + credentialPath })
await app.close()
await close()
await rm(dataDir, { recursive: true, force: true })

const figures = {
  awardsPerSecond: round(awards),
  readsPerSecond: round(reads),
  libraryIssuesPerSecond: round(libraryPerSecond),
  awardsVsLibrary: round(awards / libraryPerSecond, 2),
  readsVsLibrary: round(reads / libraryPerSecond, 2),
}
if (process.argv.includes('--json')) console.log(JSON.stringify(figures))
else report()

function report(): void {
  const database = config.databaseUrl ? 'PostgreSQL' : 'embedded database'
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, ${round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${database}`,
  )
  console.log(
    `awards over HTTP, 10 connections      ${figures.awardsPerSecond}/s   ${figures.awardsVsLibrary} × the library`,
  )
  console.log(
    `GET /credentials/{id}, 10 connections ${figures.readsPerSecond}/s   ${figures.readsVsLibrary} × the library`,
  )
  console.log(
    `@digitalbazaar/vc issue() alone       ${figures.libraryIssuesPerSecond}/s   the baseline of this run`,
  )
}

async function measureLibrary(): Promise<number> {
  const { privateJwk, publicKeyMultibase } = generateKeyPair('Ed25519')
  const key = {
    id: `did:key:${publicKeyMultibase}#${publicKeyMultibase}`,
    controller: `did:key:${publicKeyMultibase}`,
    algorithm: 'Ed25519' as const,
    privateKey: privateKeyFrom(privateJwk),
  }
  const { proof: _, ...credential } = example
  const issue = () => signCredential(credential, key, { suite: 'eddsa-rdfc-2022', created: new Date() })
  for (let warmUp = 0; warmUp < 50; warmUp++) await issue()
  let count = 0
  const start = performance.now()
  while (performance.now() - start < seconds * 1000) {
    await issue()
    count++
  }
  return (count * 1000) / (performance.now() - start)
}

async function run(options: autocannon.Options): Promise<number> {
  const result = await autocannon({ connections: 10, duration: seconds, ...options })
  const failures = result.non2xx + result.errors
  if (failures > 0) throw new Error(`${failures} requests to ${options.url} failed`)
  return result.requests.average
}

async function publishBadge(): Promise<string> {
  const slug = `bench-${randomUUID().slice(0, 8)}`
  await call('/v1/issuers', { slug, name: 'Bench', url: 'https://bench.example' })
  const badge = await call(`/v1/issuers/${slug}/badge-classes`, {
    name: 'Je m’engage',
    description: 'Accompagné·e par une structure, période d’essai passée.',
    criteria: { narrative: '- a signé son contrat\n- a passé sa période d’essai' },
    tags: ['engagement'],
  })
  await call(`/v1/badge-classes/${badge.id}/publish`)
  return badge.id
}

async function awardOne(): Promise<string> {
  const { credentialUrl } = await call(`/v1/badge-classes/${badgeClass}/assertions`, {
    recipient: recipient(),
  })
  return credentialUrl
}

async function fetchCredential(credentialUrl: string): Promise<SignedCredential> {
  const response = await fetch(url + new URL(credentialUrl).pathname)
  return (await response.json()) as SignedCredential
}

function recipient() {
  return { email: `${randomUUID()}@example.org`, name: 'Aïcha Benhaddou' }
}

// biome-ignore lint/suspicious/noExplicitAny: the answers of several routes
async function call(path: string, body: object = {}): Promise<any> {
  const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return response.json()
}

function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits))
}
