import type { Batch } from './api.ts'
import { TOLD } from './messages.ts'
import { harmless, type Terminal } from './terminal.ts'

/** Tells, before anything is issued, that people will be written to. */
export function tellWhoWouldBeMailed({ tell }: Terminal, batch: Batch): void {
  if (batch.counts.ready > 0 && isMailed(batch)) tell(TOLD['would-mail'])
}

/**
 * Tells how the people of the list get their links: from the service by mail, or from whoever runs the command.
 * @param report where the links are
 */
export function tellLinks({ tell }: Terminal, batch: Batch, report: string): void {
  if (!isMailed(batch)) {
    tell(TOLD['send-links'], { report })
    return
  }
  if (batch.note === undefined) tell(TOLD.mailed)
  else tell(TOLD['mails-wait'], { why: harmless(batch.note) })
  if (hasColumn(batch, 'did', 'identifier')) tell(TOLD['send-other-links'], { report })
}

function isMailed(batch: Batch): boolean {
  return batch.notify && hasColumn(batch, 'email')
}

function hasColumn({ columns }: Batch, ...fields: string[]): boolean {
  return columns.some(({ field }) => field !== null && fields.includes(field))
}
