import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Tenant } from './factories.ts'
import type { Answer } from './service.ts'

export const CSV = { 'content-type': 'text/csv' }

/** The event of most lists. */
export const EVENT = {
  name: 'Journée PEPITES',
  date: '2025-10-15',
  place: 'Bordeaux',
  url: 'https://www.example.org/pepites',
}

/** People whom no other test knows, one address for each. */
export function people(count: number): string[] {
  const run = randomUUID().slice(0, 8)
  return Array.from({ length: count }, (_, i) => `p${i}-${run}@example.org`)
}

/** A list in CSV of these addresses, each with a name. */
export function csvOf(addresses: readonly string[]): string {
  return `Nom complet;Courriel\r\n${addresses.map((address, i) => `Personne ${i};${address}\r\n`).join('')}`
}

/** Posts a list, CSV as text or the JSON of an object. */
export function postList(
  { call }: Tenant,
  badgeClassId: string,
  list: string | Buffer | object,
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const isCsv = typeof list === 'string' || Buffer.isBuffer(list)
  const url = `/v1/badge-classes/${badgeClassId}/batches${query}`
  return call('POST', url, list, { ...(isCsv ? CSV : {}), ...headers })
}

/** A checked batch of these people. */
export async function checkedBatch(
  tenant: Tenant,
  badgeClassId: string,
  addresses: readonly string[],
  options: object = {},
): Promise<{ id: string; revision: number }> {
  const rows = addresses.map((email) => ({ email }))
  const posted = await postList(tenant, badgeClassId, { rows, ...options })
  if (posted.status !== 201) throw new Error(posted.text)
  return posted.body
}

/** Reads a batch until it has one of the statuses. @throws after a minute */
export async function untilStatus({ call }: Tenant, id: string, ...statuses: string[]) {
  for (let waited = 0; waited < 60_000; waited += 50) {
    const { body } = await call('GET', `/v1/batches/${id}`)
    if (statuses.includes(body.status)) return body
    await sleep(50)
  }
  throw new Error(
    `the batch ${id} never came to ${statuses}: ${(await call('GET', `/v1/batches/${id}`)).text}`,
  )
}

/** Reads a running batch until something of it is issued. */
export async function untilSomeIssued({ call }: Tenant, id: string) {
  for (;;) {
    const { body } = await call('GET', `/v1/batches/${id}`)
    if (body.counts.issued > 0) return body
    if (body.status !== 'running') throw new Error(`the batch does not run: ${JSON.stringify(body)}`)
    await sleep(5)
  }
}

/** Commits a batch and waits for its end. @returns the batch */
export async function untilDone(tenant: Tenant, id: string) {
  const committed = await tenant.call('POST', `/v1/batches/${id}/commit`)
  if (committed.status !== 202) throw new Error(committed.text)
  return untilStatus(tenant, id, 'done')
}

/** Every row of a batch, page by page. */
export async function rowsOf({ call }: Tenant, id: string, query = '') {
  const rows = []
  for (let cursor = ''; ; ) {
    const { body, text } = await call('GET', `/v1/batches/${id}/rows?limit=200${query}${cursor}`)
    if (!body.items) throw new Error(text)
    rows.push(...body.items)
    if (!body.nextCursor) return rows
    cursor = `&cursor=${body.nextCursor}`
  }
}

/** The states of the rows, in the order of the list. */
export async function statesOf(tenant: Tenant, id: string): Promise<string[]> {
  return (await rowsOf(tenant, id)).map(({ state }) => state)
}

/** The counts that are not 0. */
export function countsOf({ counts }: { counts: Record<string, number> }): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}

/** Every assertion of a badge class. */
export async function assertionsOf({ call, slug }: Tenant, badgeClassId: string) {
  const found = []
  for (let cursor = ''; ; ) {
    const url = `/v1/issuers/${slug}/assertions?limit=200&badgeClass=${badgeClassId}${cursor}`
    const { body } = await call('GET', url)
    found.push(...body.items)
    if (!body.nextCursor) return found
    cursor = `&cursor=${body.nextCursor}`
  }
}
