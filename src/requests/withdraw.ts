import type { Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { eraseRequest } from './erase.ts'
import type { ByToken } from './links.ts'
import { getByResumeToken, type RequestRow } from './queries.ts'
import { APPLICANT, moveRequest, record, wrongState } from './record.ts'

/**
 * The person takes the request back before it is decided: everything personal in it is erased, files too.
 * @throws CallerError 401 or 410; Conflict after the decision
 */
export async function withdrawRequest(ctx: Context, { id, token }: ByToken): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const row = await getByResumeToken(here, id, token, { lock: true })
    const withdrawn = await moveRequest(here, row, 'withdrawn', { who: APPLICANT })
    await eraseRequest(here, withdrawn)
  })
}

/**
 * The person takes the consent back after the decision: what the request holds is erased. The credential, which is
 * the person's own, stays valid.
 * @throws CallerError 401 or 410; Conflict before the decision
 */
export async function withdrawConsent(ctx: Context, { id, token }: ByToken): Promise<RequestRow> {
  return inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const row = await getByResumeToken(here, id, token, { lock: true })
    if (row.state !== 'accepted' && row.state !== 'rejected') throw wrongState(row.state)
    if (row.erasedAt !== null) return row
    await record(here, row, 'consent-withdrawn', { who: APPLICANT })
    return eraseRequest(here, row)
  })
}
