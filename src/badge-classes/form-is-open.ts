import type { RequestForm } from './request-form.ts'

/** Can one ask for the badge by this form at this time? */
export function formIsOpen({ open, opensAt, closesAt }: RequestForm, now: Date): boolean {
  return open && (!opensAt || new Date(opensAt) <= now) && (!closesAt || now < new Date(closesAt))
}
