import { consentTextHash, consentVersion } from '../badge-classes/consent.ts'
import type { RequestForm } from '../badge-classes/request-form.ts'
import type { Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { Invalid } from '../errors.ts'
import { shareEvidence } from './evidence/share.ts'
import { getForm } from './form.ts'
import { type ByToken, deleteLinks } from './links.ts'
import { answerFaults } from './missing.ts'
import { getByResumeToken, type RequestRow, updateRequest } from './queries.ts'
import { assertOpen } from './record.ts'
import type { Answers, ConsentReceipt, RequestChange } from './schema.ts'
import { structureKeyOf } from './structure-key.ts'

/**
 * Saves what an applicant wrote so far. It need not be complete.
 * @throws CallerError 401 or 410; Conflict when it is submitted; Invalid for answers that fit no question
 */
export async function changeRequest(
  ctx: Context,
  { id, token }: ByToken,
  change: RequestChange,
): Promise<RequestRow> {
  return inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const row = await getByResumeToken(here, id, token, { lock: true })
    assertOpen(row)
    return writeChange(here, row, change)
  })
}

/** The same for a request whose row is locked. */
export async function writeChange(ctx: Context, row: RequestRow, change: RequestChange): Promise<RequestRow> {
  const { form } = await getForm(ctx.db, row)
  const faults = answerFaults(form, change.answers ?? {})
  if (change.sharedEvidence && !(await shareEvidence(ctx.db, row.id, change.sharedEvidence))) {
    faults.push({ path: '/sharedEvidence', code: 'not-own-evidence' })
  }
  if (faults.length > 0) throw new Invalid(...faults)
  const now = ctx.clock()
  const columns = columnsOf(row, form, change, now)
  if (!isAnother(row, columns)) return updateRequest(ctx.db, row, columns, now)
  await deleteLinks(ctx.db, row.id, ['referent'])
  return updateRequest(ctx.db, row, { ...columns, referentAnswer: null }, now)
}

/** What a change writes into the row; a member that is absent stays as it is. */
function columnsOf(
  row: RequestRow,
  form: RequestForm,
  change: RequestChange,
  now: Date,
): Partial<RequestRow> {
  const { name, email, language, structure, referent, answers, consent } = change
  return {
    ...(name === undefined ? {} : { name: filled(name) }),
    ...(email === undefined ? {} : { email: filled(email) }),
    ...(language === undefined ? {} : { language }),
    ...(structure === undefined
      ? {}
      : {
          structureName: filled(structure?.name),
          structureSiret: structure?.siret ?? null,
          structureKey: structureKeyOf(structure?.name ?? '') || null,
        }),
    ...(referent === undefined
      ? {}
      : { referentName: filled(referent?.name), referentEmail: referent?.email ?? null }),
    ...(answers === undefined ? {} : { answers: merged(row.answers, answers) }),
    ...(consent === undefined
      ? {}
      : {
          consent: consent ? (row.consent ?? receiptOf(form, language ?? row.language, change, now)) : null,
        }),
  }
}

/** What a form sends of a field that was left empty is as good as nothing. */
function filled(text: string | null | undefined): string | null {
  return text?.trim() || null
}

/**
 * What was confirmed of one person is not confirmed of another, nor by another: whoever changes the name, the
 * structure or the professional has the professional asked again.
 */
function isAnother(row: RequestRow, columns: Partial<RequestRow>): boolean {
  const said = ['name', 'structureName', 'referentName', 'referentEmail'] as const
  return said.some((column) => columns[column] !== undefined && columns[column] !== row[column])
}

function merged(before: Answers, answers: NonNullable<RequestChange['answers']>): Answers {
  const all = Object.entries({ ...before, ...answers })
  return Object.fromEntries(all.filter((entry): entry is [string, string | boolean] => entry[1] !== null))
}

function receiptOf(
  form: RequestForm,
  language: string,
  { channel = 'online' }: RequestChange,
  now: Date,
): ConsentReceipt {
  return {
    version: consentVersion(form),
    textHash: consentTextHash(form, language),
    language,
    at: now.toISOString(),
    channel,
  }
}
