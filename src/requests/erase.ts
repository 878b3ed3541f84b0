import { forgetToTell } from '../assertions/queries.ts'
import type { Context } from '../context.ts'
import { eraseMailsAbout } from '../mail/queries.ts'
import { discardEvidence } from './evidence/discard.ts'
import { emptyEvents, type RequestRow, updateRequest } from './queries.ts'

/**
 * Erases everything personal of a request, whose row is locked: its files, its answers, its mails, those about its
 * badge too, and what was said in its history. Whoever was not told of the badge yet will not be. What stays says
 * that there was a request, and that its consent was given and taken back.
 */
export async function eraseRequest(ctx: Context, row: RequestRow): Promise<RequestRow> {
  const now = ctx.clock()
  await discardEvidence(ctx, row.id)
  await eraseMailsAbout(ctx.db, row.id)
  if (row.assertionId !== null) {
    // In this order: it waits for whoever is just writing the mail, which is there then.
    await forgetToTell(ctx.db, row.assertionId)
    await eraseMailsAbout(ctx.db, row.assertionId)
  }
  await emptyEvents(ctx.db, row.id)
  const { consent } = row
  const nothing = {
    name: null,
    email: null,
    structureName: null,
    structureSiret: null,
    structureKey: null,
    referentName: null,
    referentEmail: null,
    referentAnswer: null,
    answers: {},
    checklist: [],
    reason: null,
    assignedTo: null,
    leaseUntil: null,
    expiresAt: null,
    evidenceUntil: null,
    consent: consent && { ...consent, withdrawnAt: now.toISOString() },
    erasedAt: now,
  }
  return updateRequest(ctx.db, row, nothing, now)
}
