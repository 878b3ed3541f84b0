import { issueBatch } from '../batches/issue-batch.ts'
import type { Context } from '../context.ts'
import type { JobHandler, JobName } from './queue.ts'

/** What each job does: it calls a verb. */
export function createHandlers(ctx: Context): Record<JobName, JobHandler> {
  return {
    'issue-batch': ({ batchId }, signal) => issueBatch(ctx, batchId!, signal),
  }
}
