import { getAssertionRow, presentAssertion } from '../assertions/queries.ts'
import { textIn } from '../badge-classes/localized-text.ts'
import { achievementUrl } from '../badge-classes/queries.ts'
import type { Context } from '../context.ts'
import { listMailsAbout } from '../mail/queries.ts'
import type { Language } from '../messages.ts'
import { getForm } from './form.ts'
import type { ByToken } from './links.ts'
import { presentToApplicant } from './present.ts'
import { getByResumeToken } from './queries.ts'

/**
 * Everything that is held of a person by way of a request (GDPR, articles 15 and 20): the request with its history,
 * the questions as they were asked, the text that was consented to, the mails, those about the badge too, and the award.
 * @throws CallerError 401 or 410
 */
export async function exportRequest(ctx: Context, { id, token }: ByToken, language: Language) {
  const row = await getByResumeToken(ctx, id, token)
  const { content, form } = await getForm(ctx.db, row)
  const { evidence, missing: _, ...request } = await presentToApplicant(ctx, row, language)
  const actor = { kind: 'delegate', issuerId: row.issuerId } as const
  const mails = await listMailsAbout(ctx.db, row.assertionId === null ? [id] : [id, row.assertionId])
  const { publicUrl } = ctx.config
  return {
    request,
    badge: { name: content.name, achievementUrl: achievementUrl(publicUrl, row.badgeClassId) },
    questions: form.questions.map((question) => ({
      id: question.id,
      label: textIn(question.label, row.language),
      ...(question.id in row.answers ? { answer: row.answers[question.id] } : {}),
    })),
    ...(row.consent ? { consentText: textIn(form.consent.text, row.consent.language) } : {}),
    evidence: Object.entries(evidence).flatMap(([slot, files]) =>
      files.map((file) => ({
        slot,
        ...file,
        url: `${publicUrl}/requests/${id}/evidence/${slot}/${file.id}`,
      })),
    ),
    mails: mails.map(({ template, recipient, state, createdAt, sentAt }) => ({
      template,
      to: recipient,
      state,
      createdAt: createdAt.toISOString(),
      ...(sentAt === null ? {} : { sentAt: sentAt.toISOString() }),
    })),
    ...(row.assertionId === null
      ? {}
      : { assertion: presentAssertion(await getAssertionRow(ctx.db, actor, row.assertionId), ctx) }),
  }
}
