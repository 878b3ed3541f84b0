import type { EvidenceSlot } from '../../badge-classes/request-form.ts'
import type { Context } from '../../context.ts'
import { Conflict, NotFound } from '../../errors.ts'
import { getForm } from '../form.ts'
import type { ByToken } from '../links.ts'
import { getByResumeToken, type RequestRow } from '../queries.ts'
import { assertOpen } from '../record.ts'
import { MAX_TOTAL_BYTES } from './limits.ts'
import { listEvidence } from './queries.ts'

/** Where a file goes: a slot of the form of a request. */
export interface Place extends ByToken {
  readonly slot: string
}

/**
 * The request and its slot, when the applicant can change what is in it.
 * @param options.lock keeps the request's row locked until the transaction of `ctx` ends
 * @throws CallerError 401 or 410; NotFound; Conflict when it is submitted
 */
export async function getPlace(
  ctx: Context,
  { id, token, slot }: Place,
  options: { lock?: boolean } = {},
): Promise<{ request: RequestRow; slot: EvidenceSlot }> {
  const request = await getByResumeToken(ctx, id, token, options)
  const { form } = await getForm(ctx.db, request)
  const found = form.evidence.find((candidate) => candidate.id === slot)
  if (!found) throw new NotFound()
  assertOpen(request)
  return { request, slot: found }
}

/**
 * A slot for one file takes another one in the place of the first.
 * @throws Conflict when there is no room for one more file of this size
 */
export async function assertRoom(
  ctx: Context,
  request: RequestRow,
  slot: EvidenceSlot,
  size: number,
): Promise<void> {
  const max = slot.maxFiles ?? 1
  const files = await listEvidence(ctx.db, request.id)
  const inSlot = files.filter((file) => file.slot === slot.id && file.state === 'stored')
  if (max > 1 && inSlot.length >= max) throw new Conflict('evidence-slot-full', { max })
  const staying = files.filter((file) => file.slot !== slot.id || (max > 1 && file.state === 'stored'))
  const total = staying.reduce((sum, file) => sum + file.size, size)
  if (total > MAX_TOTAL_BYTES) throw new Conflict('evidence-total', { max: MAX_TOTAL_BYTES / 1024 / 1024 })
}
