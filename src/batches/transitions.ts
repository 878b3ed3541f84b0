import { Conflict } from '../errors.ts'
import type { Batch } from './queries.ts'

/** @throws Conflict that names the status, unless it is one of these */
export function assertStatus({ status }: Batch, allowed: readonly Batch['status'][]): void {
  if (!allowed.includes(status)) throw new Conflict('batch-status', { status }, { batchStatus: status })
}
