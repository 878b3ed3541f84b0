import { randomUUID } from 'node:crypto'
import { ourLanguage } from '../badge-classes/localized-text.ts'
import { findPublishedVersion } from '../badge-classes/queries.ts'
import type { Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { NotFound } from '../errors.ts'
import type { Language } from '../messages.ts'
import { writeChange } from './change.ts'
import { daysAfter } from './days-after.ts'
import { assertOpenForm } from './form.ts'
import { createLink } from './links.ts'
import { insertRequest, type RequestRow } from './queries.ts'
import { APPLICANT, record } from './record.ts'
import type { RequestChange } from './schema.ts'

/**
 * A person begins to ask for a badge: a draft, which whoever has the token can go on with.
 * @param language the person's; absent, the badge's
 * @returns the draft and its resume token, which is shown this once
 * @throws NotFound; Conflict when there is no form or it is closed; Invalid as for a change
 */
export async function startRequest(
  ctx: Context,
  badgeClassId: string,
  { language, change }: { language: Language | undefined; change: RequestChange },
): Promise<{ row: RequestRow; resumeToken: string }> {
  const found = await findPublishedVersion(ctx.db, badgeClassId)
  if (found?.badgeClass.status !== 'published') throw new NotFound()
  const { content, version } = found.version
  const now = ctx.clock()
  assertOpenForm(content.requestForm, now)
  const draft = {
    id: randomUUID(),
    issuerId: found.badgeClass.issuerId,
    badgeClassId,
    badgeClassVersion: version,
    state: 'draft' as const,
    language: language ?? ourLanguage(content.language),
    answers: {},
    checklist: [],
    expiresAt: daysAfter(now, content.requestForm.draftDays),
    revision: 1,
    createdAt: now,
    updatedAt: now,
  }
  return inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const row = await insertRequest(tx, draft)
    const resumeToken = await createLink(tx, { requestId: row.id, kind: 'resume', now })
    await record(here, row, 'started', { who: APPLICANT, states: { toState: 'draft' } })
    const isEmpty = Object.keys(change).length === 0
    return { row: isEmpty ? row : await writeChange(here, row, change), resumeToken }
  })
}
