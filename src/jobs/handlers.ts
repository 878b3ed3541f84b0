import { issueBatch } from '../batches/issue-batch.ts'
import type { Context } from '../context.ts'
import { tellAwarded } from '../delivery/claims/tell-awarded.ts'
import { sendMail } from '../mail/send-mail.ts'
import { removeDiscardedFiles } from '../requests/evidence/remove-discarded.ts'
import type { JobHandler, JobName } from './queue.ts'

/** What each job does: it calls a verb. */
export function createHandlers(ctx: Context): Record<JobName, JobHandler> {
  return {
    'issue-batch': ({ batchId }, signal) => issueBatch(ctx, batchId!, signal),
    'tell-awarded': (_data, signal) => tellAwarded(ctx, signal),
    'remove-files': (_data, signal) => removeDiscardedFiles(ctx, signal),
    'send-mail': ({ mailId }) => sendMail(ctx, mailId!),
  }
}
