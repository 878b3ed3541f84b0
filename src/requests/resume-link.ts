import type { Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { CallerError, Conflict, Invalid } from '../errors.ts'
import { FORMATS } from '../fields.ts'
import { hasMailSince } from '../mail/queries.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { currentForm, getForm } from './form.ts'
import type { ByToken } from './links.ts'
import { createLink } from './links.ts'
import { findRequestsOf, getByResumeToken, type RequestRow } from './queries.ts'

/** Nobody's mailbox is filled by somebody who types their address. */
const AT_MOST_EVERY_MS = 5 * 60_000

/**
 * The address at which a person goes on, with a token of its own behind the `#`, where no server and no log sees
 * it; undefined where the form has no page.
 */
export async function resumeUrl(ctx: Context, row: RequestRow): Promise<string | undefined> {
  const form = await currentForm(ctx.db, row)
  if (form?.formUrl === undefined) return undefined
  const link = { requestId: row.id, kind: 'resume', now: ctx.clock() } as const
  const url = new URL(form.formUrl)
  url.hash = `request=${row.id}&token=${await createLink(ctx.db, link)}`
  return url.href
}

/**
 * Mails the person a link by which the request can be gone on with on another device.
 * @throws CallerError 401 or 410, or 429 within five minutes of the last one; Invalid without an address; Conflict when the form has no page
 */
export async function mailResumeLink(ctx: Context, { id, token }: ByToken): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const row = await getByResumeToken(here, id, token, { lock: true })
    if (row.email === null || !FORMATS.email!(row.email)) {
      throw new Invalid({ path: '/email', code: 'no-address' })
    }
    if (await wasSentLately(here, row)) throw new CallerError(429, 'rate-limited')
    if (!(await sendLink(here, row))) throw new Conflict('no-form-page')
  })
}

/**
 * Mails links to whoever lost the token, at the address that the request names. It says nothing of whether there
 * is such a request; of each it sends one in five minutes.
 */
export async function mailLostLinks(ctx: Context, badgeClassId: string, email: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    for (const row of await findRequestsOf(tx, badgeClassId, email, ctx.clock())) {
      if (!(await wasSentLately(here, row))) await sendLink(here, row)
    }
  })
}

async function wasSentLately(ctx: Context, { id }: RequestRow): Promise<boolean> {
  const since = new Date(ctx.clock().getTime() - AT_MOST_EVERY_MS)
  return hasMailSince(ctx.db, { about: id, template: 'resume-link', since })
}

async function sendLink(ctx: Context, row: RequestRow): Promise<boolean> {
  const form = await getForm(ctx.db, row)
  const link = await resumeUrl(ctx, row)
  if (link === undefined) return false
  await queueMail(ctx, {
    issuerId: row.issuerId,
    about: row.id,
    to: row.email!,
    language: row.language,
    template: 'resume-link',
    values: { badge: form.content.name, link, expires: row.expiresAt?.toISOString() ?? '' },
  })
  return true
}
