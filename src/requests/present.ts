import { credentialUrl } from '../assertions/credential.ts'
import { achievementUrl } from '../badge-classes/queries.ts'
import type { Context } from '../context.ts'
import { suggestAddress } from '../mail/suggest-address.ts'
import { FAULTS, type Language, say } from '../messages.ts'
import { criteriaOf } from './checklist.ts'
import { presentEvidence } from './evidence/present.ts'
import { type EvidenceRow, evidenceOf, listEvidence } from './evidence/queries.ts'
import { type FormOfRequest, getForm } from './form.ts'
import { missingIn } from './missing.ts'
import {
  countApprovals,
  listEvents,
  type RequestEvent,
  type RequestRow,
  type RequestSummary,
} from './queries.ts'
import type { EvidenceFile, Request } from './schema.ts'

/** A request as its applicant sees it, with all that stands in the way of submission. */
export async function presentToApplicant(
  ctx: Context,
  row: RequestRow,
  language: Language,
): Promise<Request> {
  const form = await getForm(ctx.db, row)
  const files = await listEvidence(ctx.db, row.id)
  const events = await listEvents(ctx.db, row.id)
  const isOpen = row.state === 'draft' || row.state === 'returned'
  const suggestion = isOpen && row.email ? suggestAddress(row.email) : undefined
  // How the reviewers share their work is theirs.
  const { assignedTo: _, leaseUntil: __, ...own } = presentRequest(ctx, row, files)
  return {
    ...own,
    ...(suggestion ? { emailSuggestion: suggestion } : {}),
    ...(isOpen ? { missing: presentMissing(row, form, files, language) } : {}),
    history: events
      .filter(({ event }) => !INTERNAL.includes(event))
      .map(presentEvent)
      .map(withoutName),
  }
}

const INTERNAL = ['approved', 'assigned', 'released', 'reviewer-invited', 'reviewers-dismissed']

function withoutName<T extends { name?: string }>({ name: _, ...event }: T): Omit<T, 'name'> {
  return event
}

/** The same as its reviewers see it. Of a draft they see that it is there, and nothing that was written in it. */
export async function presentToReviewer(ctx: Context, row: RequestRow): Promise<Request> {
  if (row.state === 'draft') return presentRequest(ctx, row, [], 'outline')
  const form = await getForm(ctx.db, row)
  const files = await listEvidence(ctx.db, row.id)
  const events = await listEvents(ctx.db, row.id)
  return {
    ...presentRequest(ctx, row, files),
    checklist: presentChecklist(row, form),
    approvals: { given: await countApprovals(ctx.db, row), required: form.form.reviewersRequired },
    history: events.map(presentEvent),
  }
}

/** A page of requests for reviewers, without answers; each one alone tells more. */
export async function presentPage(
  ctx: Context,
  rows: readonly RequestSummary[],
): Promise<(row: RequestSummary) => Request> {
  const files = await evidenceOf(
    ctx.db,
    rows.map(({ id }) => id),
  )
  return (row) =>
    row.state === 'draft'
      ? presentRequest(ctx, row, [], 'outline')
      : presentRequest(
          ctx,
          row,
          files.filter(({ requestId }) => requestId === row.id),
        )
}

/** @param shown without `all`, nothing that a person wrote */
function presentRequest(
  ctx: Context,
  row: RequestRow | RequestSummary,
  files: readonly EvidenceRow[],
  shown: 'all' | 'outline' = 'all',
): Request {
  const { publicUrl } = ctx.config
  const { id, state, language, assignedTo, leaseUntil, revision } = row
  const isLeased = assignedTo !== null && leaseUntil !== null && leaseUntil > ctx.clock()
  return {
    id,
    state,
    badgeClass: row.badgeClassId,
    badgeClassVersion: row.badgeClassVersion,
    achievementUrl: achievementUrl(publicUrl, row.badgeClassId),
    language,
    ...(shown === 'all' ? personalOf(row) : {}),
    evidence: presentFiles(files),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(isLeased ? { assignedTo, leaseUntil: leaseUntil.toISOString() } : {}),
    ...(row.assertionId === null ? {} : { assertionId: row.assertionId }),
    ...(row.credentialId === null ? {} : { credentialUrl: credentialUrl(publicUrl, row.credentialId) }),
    ...times(row),
    revision,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

function personalOf(row: RequestRow | RequestSummary) {
  const { name, email, structureName, structureSiret, referentName, referentEmail, referentAnswer } = row
  return {
    ...(name === null ? {} : { name }),
    ...(email === null ? {} : { email }),
    ...(structureName === null
      ? {}
      : {
          structure: { name: structureName, ...(structureSiret === null ? {} : { siret: structureSiret }) },
        }),
    ...(referentName === null
      ? {}
      : {
          referent: {
            name: referentName,
            ...(referentEmail === null ? {} : { email: referentEmail }),
            ...(referentAnswer === null ? {} : { answer: referentAnswer }),
          },
        }),
    ...('answers' in row ? { answers: row.answers } : {}),
    ...(row.consent === null ? {} : { consent: row.consent }),
  }
}

function times({ expiresAt, submittedAt, decidedAt, evidenceUntil }: RequestSummary) {
  return {
    ...(expiresAt === null ? {} : { expiresAt: expiresAt.toISOString() }),
    ...(submittedAt === null ? {} : { submittedAt: submittedAt.toISOString() }),
    ...(decidedAt === null ? {} : { decidedAt: decidedAt.toISOString() }),
    ...(evidenceUntil === null ? {} : { evidenceUntil: evidenceUntil.toISOString() }),
  }
}

function presentFiles(files: readonly EvidenceRow[]): Record<string, EvidenceFile[]> {
  const bySlot = Map.groupBy(files, ({ slot }) => slot)
  return Object.fromEntries([...bySlot].map(([slot, rows]) => [slot, rows.map(presentEvidence)]))
}

function presentMissing(
  row: RequestRow,
  { form }: FormOfRequest,
  files: EvidenceRow[],
  language: Language,
): { path: string; message: string }[] {
  return missingIn(form, row, files).map(({ path, code, params }) => ({
    path,
    message: say(FAULTS[code], language, params),
  }))
}

function presentChecklist({ checklist }: RequestRow, { content }: FormOfRequest) {
  const ticked = new Map(checklist.map((item) => [item.id, item]))
  return criteriaOf(content).map((criterion) => ({ ...criterion, ...ticked.get(criterion.id) }))
}

function presentEvent({ at, event, fromState, toState, by, name, reason }: RequestEvent) {
  return {
    at: at.toISOString(),
    event,
    ...(fromState === null ? {} : { from: fromState }),
    ...(toState === null ? {} : { to: toState }),
    by,
    ...(name === null ? {} : { name }),
    ...(reason === null ? {} : { reason }),
  }
}
