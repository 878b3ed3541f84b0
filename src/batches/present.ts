import { credentialUrl } from '../assertions/credential.ts'
import { presentRecipient } from '../assertions/recipient.ts'
import { NO_MAIL_SERVER } from '../mail/present.ts'
import { FAULTS, type FaultCode, type Language, PAUSES, say } from '../messages.ts'
import type { ListColumn } from './list/list-row.ts'
import type { Batch } from './queries.ts'
import type { Row } from './row-queries.ts'
import type { BatchRow, Difference, RowState } from './schema.ts'

/** Who reads, where the service is, and whether it can send mails. */
export interface Reader {
  readonly publicUrl: string
  readonly language: Language
  readonly canMail: boolean
}

/** What a batch is told with after its list was read. */
export interface Extras {
  readonly problems?: Row[]
  readonly difference?: Difference
}

export function presentBatch(batch: Batch, reader: Reader, { problems, difference }: Extras = {}) {
  const { event, badgeClassVersion, commitAt, committedAt, finishedAt, pauseReason } = batch
  return {
    id: batch.id,
    status: batch.status,
    ...(pauseReason
      ? { pauseReason: { code: pauseReason, message: say(PAUSES[pauseReason], reader.language) } }
      : {}),
    badgeClass: batch.badgeClassId,
    ...(badgeClassVersion === null ? {} : { badgeClassVersion }),
    ...(event ? { event } : {}),
    discloseName: batch.discloseName,
    notify: batch.notify,
    ...(batch.notify && !reader.canMail ? { note: say(NO_MAIL_SERVER, reader.language) } : {}),
    columns: batch.columns,
    counts: countsOf(batch),
    ...(problems ? { problems: problems.map((row) => presentRow(row, batch, reader)) } : {}),
    ...(difference ? { difference } : {}),
    ...(commitAt ? { commitAt: commitAt.toISOString() } : {}),
    ...(committedAt ? { committedAt: committedAt.toISOString() } : {}),
    ...(finishedAt ? { finishedAt: finishedAt.toISOString() } : {}),
    revision: batch.revision,
    createdAt: batch.createdAt.toISOString(),
  }
}

function countsOf(batch: Batch): Record<RowState | 'total', number> {
  const { ready, duplicate, alreadyAwarded, invalid, issued, failed, revoked } = batch
  const isCancelled = batch.status === 'cancelled'
  return {
    total: ready + duplicate + alreadyAwarded + invalid + issued + failed + revoked,
    ready: isCancelled ? 0 : ready,
    duplicate,
    'already-awarded': alreadyAwarded,
    invalid,
    issued,
    failed,
    cancelled: isCancelled ? ready : 0,
    revoked,
  }
}

export function presentRow(row: Row, batch: Batch, reader: Reader): BatchRow {
  const { recipientType: type, recipientIdentity: value, recipientName, credentialId } = row
  const reason = reasonOf(row, reader.language)
  return {
    line: row.line,
    state: stateOf(row, batch),
    ...(type !== null && value !== null
      ? { recipient: presentRecipient({ type, value }, recipientName) }
      : {}),
    columns: cellsByHeading(row.cells, batch.columns),
    ...(reason === undefined ? {} : { reason: { code: row.reason!, message: reason } }),
    ...(row.suggestion === null ? {} : { suggestion: row.suggestion }),
    ...(row.assertionId === null ? {} : { assertionId: row.assertionId }),
    ...(credentialId === null ? {} : { credentialUrl: credentialUrl(reader.publicUrl, credentialId) }),
  }
}

/** Rows are not touched when their batch is cancelled: what was ready is cancelled by that. */
export function stateOf(row: Row, batch: Batch): RowState {
  return row.state === 'ready' && batch.status === 'cancelled' ? 'cancelled' : row.state
}

/** Why a row was not issued, in words. */
export function reasonOf({ reason, reasonParams }: Row, language: Language): string | undefined {
  if (reason === null) return undefined
  return say(FAULTS[reason as FaultCode], language, reasonParams ?? {})
}

function cellsByHeading(cells: readonly string[], columns: readonly ListColumn[]): Record<string, string> {
  return Object.fromEntries(columns.map(({ heading }, i) => [heading, cells[i] ?? '']))
}
