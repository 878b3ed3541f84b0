import type { Context } from '../../context.ts'
import { inTransaction } from '../../db/db.ts'
import { inside } from '../../db/inside.ts'
import { NotFound } from '../../errors.ts'
import { updateRequest } from '../queries.ts'
import { discardEvidence } from './discard.ts'
import { getPlace, type Place } from './place.ts'

/**
 * Takes files out of a slot before the request is submitted: one, or all that are there.
 * @throws CallerError 401 or 410; NotFound; Conflict when it is submitted
 */
export async function deleteEvidence(ctx: Context, place: Place, fileId?: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const { request } = await getPlace(here, place, { lock: true })
    const filter = { slot: place.slot, ...(fileId === undefined ? {} : { id: fileId }) }
    const deleted = await discardEvidence(here, request.id, filter)
    if (deleted.length === 0 && fileId !== undefined) throw new NotFound()
    if (deleted.length > 0) await updateRequest(tx, request, {}, ctx.clock())
  })
}
