import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'csv-parse/sync'
import { type SignedCredential, type UnsignedCredential, withoutProof } from '../src/vc/credential.ts'
import { attendanceList } from './attendance.ts'
import { EVENT, type PublishedBadge, type Service } from './service.ts'

/** Often enough to time a batch of a second, too rare to be a load. */
const POLL_MS = 50
/** A batch that issues nothing for so long will not go on. */
const STALLED_MS = 60_000
/** Credentials of each batch that are fetched and verified afterwards. */
const SAMPLE = 10

export interface IssuedBatch {
  readonly id: string
  readonly rows: number
  /** From the first byte of the list until all credentials were stored. */
  readonly seconds: number
}

/**
 * Hands in a list of people never seen before, commits it and waits until every row is issued.
 * @throws when a row is not, or the batch stops
 */
export async function issueBatch(
  service: Service,
  badge: PublishedBadge,
  rows: number,
): Promise<IssuedBatch> {
  const csv = attendanceList(rows, randomBytes(5).toString('hex'))
  const event = new URLSearchParams({
    eventName: EVENT.name,
    eventDate: EVENT.date,
    eventPlace: EVENT.place,
    eventUrl: EVENT.url,
  })
  // The people are told after a batch, which would run into what is measured next.
  const path = `/v1/badge-classes/${badge.badgeClass}/batches?${event}&notify=false`
  const start = performance.now()
  const checked = await service.callJson('POST', path, csv, 'text/csv; charset=utf-8')
  if (checked.counts.ready !== rows)
    throw new Error(`of ${rows} rows ${checked.counts.ready} were ready: ${JSON.stringify(checked)}`)
  await service.call('POST', `/v1/batches/${checked.id}/commit`, {})
  await untilDone(service, checked.id, rows)
  return { id: checked.id, rows, seconds: (performance.now() - start) / 1000 }
}

async function untilDone(service: Service, id: string, rows: number): Promise<void> {
  let issued = 0
  for (let movedAt = performance.now(); ; await sleep(POLL_MS)) {
    const batch = await service.callJson('GET', `/v1/batches/${id}`)
    if (batch.status === 'done' && batch.counts.issued === rows) return
    const stalled = performance.now() - movedAt > STALLED_MS
    if (stalled || !['checked', 'scheduled', 'running'].includes(batch.status))
      throw new Error(`the batch did not issue its ${rows} rows: ${JSON.stringify(batch)}`)
    if (batch.counts.issued > issued) {
      issued = batch.counts.issued
      movedAt = performance.now()
    }
  }
}

/** The URLs of a batch's credentials, as its report tells them. @throws unless each row has one of its own */
export async function credentialUrls(service: Service, batch: IssuedBatch): Promise<string[]> {
  const report = await (await service.call('GET', `/v1/batches/${batch.id}/report.csv`)).text()
  const rows: Record<string, string>[] = parse(report, { columns: true, delimiter: ';', bom: true })
  const urls = new Set(rows.map((row) => row.credentialUrl).filter((url) => url?.includes('/credentials/')))
  if (urls.size !== batch.rows)
    throw new Error(
      `the report names ${urls.size} credentials for ${batch.rows} rows: ${report.slice(0, 500)}`,
    )
  return [...urls] as string[]
}

/**
 * Fetches and verifies credentials picked at random, so that no figure comes from credentials that are none.
 * @returns one of them, before its proof
 */
export async function checkSample(service: Service, batch: IssuedBatch): Promise<UnsignedCredential> {
  const urls = await credentialUrls(service, batch)
  let example = ''
  for (let count = 0; count < SAMPLE; count++) {
    const url = urls[Math.floor(Math.random() * urls.length)]!
    example = await service.fetchCredential(url)
    const verdict = await service.callJson('POST', '/verify', Buffer.from(example))
    if (!verdict.valid) throw new Error(`${url} does not verify: ${JSON.stringify(verdict.checks)}`)
  }
  return withoutProof(JSON.parse(example) as SignedCredential) as UnsignedCredential
}
