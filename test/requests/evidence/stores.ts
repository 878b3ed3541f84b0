import { readdirSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Test } from 'tap'
import { createTenant, type Tenant } from '../../support/factories.ts'
import { type Applicant, createForm, startDraft } from '../../support/requests.ts'
import { startS3 } from '../../support/s3.ts'
import { startService, type TestService } from '../../support/service.ts'

/** A service that keeps files in a folder or in a bucket. */
export interface Store {
  readonly name: string
  readonly service: TestService
  readonly tenant: Tenant
  /** Keys of all evidence that the storage holds. */
  keys(): Promise<string[]>
  /** A request whose form has these slots. */
  start(slots?: object[]): Promise<Applicant>
}

const SLOT = { id: 'proof', label: 'Une attestation', required: false }

/** One service on each kind of storage. */
export async function startStores(
  t: Test,
  config: Parameters<typeof startService>[1] = {},
): Promise<Store[]> {
  const s3 = await startS3()
  const inBucket = await startService(t, { storageUrl: s3.url, ...config })
  t.teardown(s3.close)
  const inFolder = await startService(t, config)
  const folder = inFolder.ctx.config.storageUrl.slice('file:'.length)
  const listFolder = () => readdir(folder, { recursive: true }).catch(() => [])
  return Promise.all([
    createStore('a folder', inFolder, listFolder),
    createStore('a bucket', inBucket, s3.keys),
  ])
}

async function createStore(
  name: string,
  service: TestService,
  list: () => Promise<string[]>,
): Promise<Store> {
  const tenant = await createTenant(service.app)
  return {
    name,
    service,
    tenant,
    keys: async () => (await list()).filter((key) => /^evidence.+/.test(key)).sort(),
    async start(slots = [SLOT]) {
      const form = await createForm(tenant, { evidence: slots.map((slot) => ({ ...SLOT, ...slot })) })
      return startDraft(service.app, form)
    },
  }
}

/** Waits ten seconds at most for a fact. */
export async function until(t: Test, what: string, fact: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200 && !(await fact()); i++) await wait(50)
  t.ok(await fact(), what)
}

/** Nothing of a file is anywhere: no row, no bytes, no temporary file. */
export async function leftNothing(t: Test, store: Store, but: number = 0): Promise<void> {
  const { db } = store.service.ctx
  const count = async (table: 'evidence_files' | 'discarded_files') => {
    const { rows } = (await db.execute(sql.raw(`select count(*)::int as n from ${table}`))) as unknown as {
      rows: { n: number }[]
    }
    return rows[0]!.n
  }
  await until(
    t,
    `${store.name}: nothing is to be removed`,
    async () => (await count('discarded_files')) === 0,
  )
  t.equal(await count('evidence_files'), but, `${store.name}: rows`)
  t.equal((await store.keys()).length, but, `${store.name}: files`)
  await until(t, `${store.name}: no temporary file`, async () => temporary().length === 0)
}

/** The files of uploads in the folder of temporary files; a test has one of its own. */
export const temporary = () => readdirSync(tmpdir()).filter((name) => name.startsWith('ecusson-evidence-'))

/** Has temporary files go to a folder of the test's own. */
export function ownTemporaryFolder(t: Test): void {
  process.env.TMPDIR = join(t.testdir({ temporary: {} }), 'temporary')
}
