import type { Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { CallerError } from '../errors.ts'
import { queueMail } from '../mail/queue-mail.ts'
import type { FormOfRequest } from './form.ts'
import { createLink, findLink, hasLinkSince } from './links.ts'
import { getById, type RequestRow, updateRequest } from './queries.ts'
import { record, SERVICE } from './record.ts'
import type { ReferentAnswer } from './schema.ts'

/** Asks the accompanying professional, where the form does, there is an address, and the answer is not there yet. */
export async function askReferent(
  ctx: Context,
  row: RequestRow,
  { content, form }: FormOfRequest,
): Promise<void> {
  if (!form.askReferent || row.referentEmail === null || row.referentAnswer !== null) return
  // Asked already, before the request was given back and completed: one mail is enough.
  if (await hasLinkSince(ctx.db, row.id, 'referent', row.createdAt)) return
  const token = await createLink(ctx.db, { requestId: row.id, kind: 'referent', now: ctx.clock() })
  await queueMail(ctx, {
    issuerId: row.issuerId,
    about: row.id,
    to: row.referentEmail,
    language: row.language,
    template: 'referent-question',
    values: {
      badge: content.name,
      applicant: row.name ?? '',
      structure: row.structureName ?? '',
      link: `${ctx.config.publicUrl}/attestations/${token}`,
    },
  })
  await record(ctx, row, 'referent-asked', { who: SERVICE })
}

/** The request that a referent's link opens, until it is decided. @throws CallerError 401 or 410 */
export async function getByReferentToken(ctx: Context, token: string, lock = false): Promise<RequestRow> {
  const link = await findLink(ctx.db, 'referent', token)
  if (!link) throw new CallerError(401, 'bad-token')
  const row = await getById(ctx.db, link.requestId, lock)
  if (row.state !== 'submitted' && row.state !== 'returned') throw new CallerError(410, 'link-ended')
  return row
}

/**
 * The accompanying professional confirms or contests what a person says, with a sentence or none. Until the
 * decision the answer can be given again.
 * @throws CallerError 410 when the link has ended
 */
export async function answerReferent(
  ctx: Context,
  token: string,
  answer: Pick<ReferentAnswer, 'answer' | 'sentence'>,
): Promise<RequestRow> {
  return inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const row = await getByReferentToken(here, token, true)
    const now = ctx.clock()
    const referentAnswer = { ...answer, at: now.toISOString() }
    const updated = await updateRequest(tx, row, { referentAnswer }, now)
    const who = { by: 'referent' as const, ...(row.referentName ? { name: row.referentName } : {}) }
    await record(here, row, `referent-${answer.answer}`, { who })
    return updated
  })
}
