import { formIsOpen } from '../badge-classes/form-is-open.ts'
import { findPublishedVersion, getBadgeClassAtVersion } from '../badge-classes/queries.ts'
import type { RequestForm } from '../badge-classes/request-form.ts'
import type { BadgeContent } from '../badge-classes/schema.ts'
import type { Db } from '../db/db.ts'
import { Conflict } from '../errors.ts'
import type { RequestRow } from './queries.ts'

/** What a request asks for and by which form: those of the version that it was begun with. */
export interface FormOfRequest {
  readonly content: BadgeContent
  readonly form: RequestForm
  readonly image: string | null
}

export async function getForm(
  db: Db,
  row: Pick<RequestRow, 'badgeClassId' | 'badgeClassVersion'>,
): Promise<FormOfRequest> {
  const { version } = await getBadgeClassAtVersion(db, row.badgeClassId, row.badgeClassVersion)
  const form = version.content.requestForm
  if (!form) throw new Error(`Version ${row.badgeClassVersion} of ${row.badgeClassId} has no form`)
  return { content: version.content, form, image: version.imagePng }
}

/** The form of today: where its page is and whom to ask does not depend on when a request was begun. */
export async function currentForm(
  db: Db,
  { badgeClassId }: Pick<RequestRow, 'badgeClassId'>,
): Promise<RequestForm | undefined> {
  return (await findPublishedVersion(db, badgeClassId))?.version.content.requestForm
}

/** @throws Conflict where there is no form, or it is closed at this time */
export function assertOpenForm(form: RequestForm | undefined, now: Date): asserts form is RequestForm {
  if (!form) throw new Conflict('no-form')
  if (!formIsOpen(form, now)) throw new Conflict('form-closed')
}
