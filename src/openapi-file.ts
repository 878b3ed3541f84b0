import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { buildApp } from './app.ts'
import type { Context } from './context.ts'

const FILE = join(import.meta.dirname, '../openapi/openapi.json')

/** Writes openapi/openapi.json from the route schemas; with `--check` it only tells whether it is stale. */
const document = `${JSON.stringify(await describe(), null, 2)}\n`
if (!process.argv.includes('--check')) {
  await writeFile(FILE, document)
} else if ((await readFile(FILE, 'utf8').catch(() => '')) !== document) {
  process.stderr.write('openapi/openapi.json is stale: run npm run openapi\n')
  process.exitCode = 1
}

/** Routes are described without being called: no database is opened. */
async function describe(): Promise<object> {
  const config = {
    // A service puts its own in the place of this one.
    publicUrl: 'https://badges.example.org',
    trustProxy: false,
    rateLimits: { publicWrites: 600, drafts: 30, failedKeys: 100, wallets: 10_000 },
  }
  const app = await buildApp({ config, log: pino({ level: 'silent' }) } as unknown as Context)
  await app.ready()
  const openapi = app.swagger()
  await app.close()
  return openapi
}
