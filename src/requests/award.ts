import { issueAssertion } from '../assertions/issue.ts'
import type { NewAssertion } from '../assertions/schema.ts'
import { textIn } from '../badge-classes/localized-text.ts'
import type { Actor, Context } from '../context.ts'
import { daysAfter } from './days-after.ts'
import { type EvidenceRow, listEvidence } from './evidence/queries.ts'
import type { FormOfRequest } from './form.ts'
import type { RequestRow } from './queries.ts'
import { moveRequest, type Who } from './record.ts'

type Evidence = NonNullable<NewAssertion['evidence']>[number]

/**
 * Accepts a submitted request, whose row is locked: issues its badge, and has the person told in their language.
 * @throws Conflict when the person holds the badge already or it is not published
 */
export async function awardRequested(
  ctx: Context,
  actor: Actor,
  row: RequestRow,
  {
    form: { form },
    who,
    reason,
    allowDuplicate,
  }: { form: FormOfRequest; who: Who; reason?: string | undefined; allowDuplicate?: boolean | undefined },
): Promise<RequestRow> {
  const files = await listEvidence(ctx.db, row.id)
  const evidence = [
    ...files.filter(({ shared }) => shared).map((file) => evidenceOfFile(file, row, form)),
    ...evidenceOfReferent(row),
  ]
  const assertion = await issueAssertion(ctx, actor, row.badgeClassId, {
    recipient: { email: row.email!, ...(row.name === null ? {} : { name: row.name }) },
    ...(evidence.length > 0 ? { evidence } : {}),
    ...(allowDuplicate ? { allowDuplicate } : {}),
    notify: true,
    language: row.language,
  })
  const now = ctx.clock()
  return moveRequest(ctx, row, 'accepted', {
    who,
    ...(reason === undefined ? {} : { reason }),
    change: {
      assertionId: assertion.id,
      credentialId: assertion.credentialId,
      decidedAt: now,
      evidenceUntil: daysAfter(now, form.retentionDays),
      assignedTo: null,
      leaseUntil: null,
    },
  })
}

/**
 * A file that the person wants named. The file itself stays private, and goes when its time is over: what holds is
 * its digest, by which whoever is shown the file can tell that it is the one.
 */
function evidenceOfFile(
  { slot, name, mediaType, sha256 }: EvidenceRow,
  { language }: RequestRow,
  form: FormOfRequest['form'],
): Evidence {
  const label = form.evidence.find(({ id }) => id === slot)?.label
  return {
    name: label === undefined ? name : textIn(label, language),
    description: `${name} (${mediaType}), SHA-256 ${sha256}`,
  }
}

/** What the accompanying professional confirmed (OB 3.0, section B.1.11 Evidence). */
function evidenceOfReferent({
  referentAnswer,
  referentName,
  structureName,
  language,
}: RequestRow): Evidence[] {
  if (referentAnswer?.answer !== 'confirmed') return []
  const by = [referentName, structureName].filter(Boolean).join(', ')
  const name = language === 'fr' ? `Confirmé par ${by}` : `Confirmed by ${by}`
  return [
    {
      name: [...name].slice(0, 300).join(''),
      ...(referentAnswer.sentence === undefined ? {} : { narrative: referentAnswer.sentence }),
    },
  ]
}
