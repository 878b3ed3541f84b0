import { findPublishedVersion } from '../badge-classes/queries.ts'
import { redeemClaimCode } from '../claim-codes/redeem.ts'
import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { CallerError, Conflict, type Fault } from '../errors.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { suggestAddress } from '../mail/suggest-address.ts'
import { awardRequested } from './award.ts'
import { listEvidence } from './evidence/queries.ts'
import { assertOpenForm, type FormOfRequest, getForm } from './form.ts'
import type { ByToken } from './links.ts'
import { missingIn } from './missing.ts'
import { getByResumeToken, type RequestRow } from './queries.ts'
import { APPLICANT, assertCanBecome, moveRequest, SERVICE } from './record.ts'
import { askReferent } from './referent.ts'
import type { Submission } from './schema.ts'

/**
 * Hands a request in. A badge that is given by itself, or for a claim code, is issued in the same transaction;
 * every other request waits for a reviewer.
 * @throws CallerError 401 or 410; Invalid with everything that is missing; Conflict when it was submitted already,
 * the form is closed, or the person holds the badge
 */
export async function submitRequest(
  ctx: Context,
  { id, token }: ByToken,
  { code, confirmEmail = false }: Submission,
): Promise<RequestRow> {
  return inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const row = await getByResumeToken(here, id, token, { lock: true })
    assertCanBecome(row, 'submitted')
    const form = await getForm(tx, row)
    // What was given back may be completed after the form has closed.
    if (row.state === 'draft') await assertStillOpen(here, row)
    await assertComplete(here, row, form, { code, confirmEmail })
    if (code !== undefined) await redeemClaimCode(here, { badgeClassId: row.badgeClassId, code })
    const submitted = await moveRequest(here, row, 'submitted', {
      who: APPLICANT,
      change: { round: row.round + 1, submittedAt: ctx.clock(), expiresAt: null, reason: null },
    })
    const atOnce = code !== undefined || form.form.decision === 'automatic'
    return atOnce ? acceptAtOnce(here, submitted, form) : awaitReview(here, submitted, form)
  })
}

async function assertStillOpen(ctx: Context, { badgeClassId }: RequestRow): Promise<void> {
  const newest = await findPublishedVersion(ctx.db, badgeClassId)
  if (newest?.badgeClass.status !== 'published') throw new Conflict('form-closed')
  assertOpenForm(newest.version.content.requestForm, ctx.clock())
}

async function assertComplete(
  ctx: Context,
  row: RequestRow,
  { form }: FormOfRequest,
  { code, confirmEmail }: { code: string | undefined; confirmEmail: boolean },
): Promise<void> {
  const faults: Fault[] = missingIn(form, row, await listEvidence(ctx.db, row.id))
  const suggestion = row.email && !confirmEmail ? suggestAddress(row.email) : undefined
  if (suggestion && !faults.some(({ path }) => path === '/email')) {
    faults.push({ path: '/email', code: 'email-typo', params: { suggestion } })
  }
  if (form.decision === 'claim-code' && code === undefined) {
    faults.push({ path: '/code', code: 'claim-code-needed' })
  }
  if (faults.length === 0) return
  throw new CallerError(400, 'invalid', {
    faults,
    members: suggestion ? { emailSuggestion: suggestion } : {},
  })
}

async function acceptAtOnce(ctx: Context, row: RequestRow, form: FormOfRequest): Promise<RequestRow> {
  const actor: Actor = { kind: 'delegate', issuerId: row.issuerId }
  try {
    return await awardRequested(ctx, actor, row, { form, who: SERVICE })
  } catch (error) {
    // Whoever typed the address is not told which assertion its owner has.
    if (error instanceof Conflict && error.code === 'already-awarded') throw new Conflict('holds-already')
    throw error
  }
}

async function awaitReview(ctx: Context, row: RequestRow, form: FormOfRequest): Promise<RequestRow> {
  await queueMail(ctx, {
    issuerId: row.issuerId,
    about: row.id,
    to: row.email!,
    language: row.language,
    template: 'request-received',
    values: { badge: form.content.name },
  })
  await askReferent(ctx, row, form)
  return row
}
