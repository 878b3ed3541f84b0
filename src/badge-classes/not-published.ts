import { Conflict } from '../errors.ts'
import { UNPUBLISHED } from '../messages.ts'

/** The refusal to award a badge class that is at this status. */
export function notPublished(status: keyof typeof UNPUBLISHED): Conflict {
  return new Conflict('not-published', UNPUBLISHED[status])
}
