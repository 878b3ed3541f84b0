import type { Context } from '../../context.ts'
import { type Incoming, keepFile } from './keep.ts'
import type { Place } from './place.ts'
import type { EvidenceRow } from './queries.ts'

/**
 * Adds a file to a request, in the place of the one before where the slot is for one.
 * @throws CallerError 401, 410 or 503; NotFound; Conflict when the request is submitted or has no room; Invalid for
 * a file that is not taken
 */
export async function storeEvidence(ctx: Context, place: Place, incoming: Incoming): Promise<EvidenceRow> {
  return keepFile(ctx, place, incoming, async () => undefined)
}
