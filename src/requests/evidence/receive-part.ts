import { randomUUID } from 'node:crypto'
import type { Context } from '../../context.ts'
import { inTransaction } from '../../db/db.ts'
import { inside } from '../../db/inside.ts'
import { Conflict, Invalid, NotFound } from '../../errors.ts'
import { removeTemporary } from '../../storage/temporary-files.ts'
import { updateRequest } from '../queries.ts'
import { assemble, PartLost } from './assemble.ts'
import { discardEvidence } from './discard.ts'
import { cleanName } from './file-name.ts'
import { type Incoming, keepFile } from './keep.ts'
import { partKey } from './keys.ts'
import { MAX_UPLOAD_PARTS } from './limits.ts'
import { assertRoom, getPlace, type Place } from './place.ts'
import { type EvidenceRow, insertEvidence, listEvidence, updateEvidence } from './queries.ts'
import { storeUnderKey } from './under-key.ts'

/** Which bytes of a file these are: the first and the last, counted from 0 (RFC 9110, section 14.4). */
export interface PartRange {
  readonly first: number
  readonly last: number
  readonly total: number
}

/**
 * Takes one part of a file, in their order; the last one makes it whole. A part that has come already changes
 * nothing, and the byte 0 begins anew.
 * @returns the file: `partial` until all has come
 * @throws Conflict with `received` where another part is awaited; as storeEvidence for the last one, after which
 * nothing is left of a file that is not taken
 */
export async function receivePart(
  ctx: Context,
  place: Place,
  { first, last, total }: PartRange,
  incoming: Incoming,
): Promise<EvidenceRow> {
  if (incoming.size !== last - first + 1) throw new Invalid({ path: 'Content-Range', code: 'content-range' })
  const { request, slot } = await getPlace(ctx, place)
  if (last + 1 === total && first === 0) return keepFile(ctx, place, incoming, dropPartial(place))
  const begun = first === 0 ? undefined : await findPartial(ctx, place, total)
  const received = begun?.received ?? 0
  if (begun && last < received) return begun
  if (first !== received) throw outOfOrder(received)
  if (begun && last + 1 === total) return complete(ctx, place, begun, incoming)
  await assertRoom(ctx, request, slot, total)
  return storePart(ctx, place, begun ?? newPartial(ctx, place, { total, name: incoming.name }), incoming)
}

/** What has come of a file of this size. @throws NotFound when nothing has; as getPlace */
export async function getPartial(ctx: Context, place: Place, total: number): Promise<EvidenceRow> {
  await getPlace(ctx, place)
  const found = await findPartial(ctx, place, total)
  if (!found) throw new NotFound()
  return found
}

async function findPartial(ctx: Context, { id, slot }: Place, total: number) {
  const [found] = await listEvidence(ctx.db, id, { slot, state: 'partial' })
  return found?.size === total ? found : undefined
}

function outOfOrder(received: number): Conflict {
  return new Conflict('upload-offset', { received }, { received: String(received) })
}

const dropPartial =
  ({ slot }: Place) =>
  async (ctx: Context, { id }: { id: string }) => {
    await discardEvidence(ctx, id, { slot, state: 'partial' })
  }

function newPartial(
  ctx: Context,
  { id, slot }: Place,
  { total, name }: { total: number; name: string },
): EvidenceRow {
  const now = ctx.clock()
  return {
    id: randomUUID(),
    requestId: id,
    slot,
    state: 'partial',
    name: cleanName(name),
    mediaType: null,
    size: total,
    received: 0,
    parts: [],
    sha256: null,
    shared: false,
    createdAt: now,
    updatedAt: now,
  }
}

async function storePart(
  ctx: Context,
  place: Place,
  begun: EvidenceRow,
  { path, size }: Incoming,
): Promise<EvidenceRow> {
  const isNew = begun.parts.length === 0
  if (begun.parts.length >= MAX_UPLOAD_PARTS) {
    throw new Invalid({ path: '', code: 'upload-parts', params: { max: MAX_UPLOAD_PARTS } })
  }
  const part = { id: randomUUID(), size }
  const bytes = { path, mediaType: 'application/octet-stream' }
  return storeUnderKey(ctx, partKey(begun.id, part.id), bytes, async (here) => {
    const { request, slot } = await getPlace(here, place, { lock: true })
    await assertRoom(here, request, slot, begun.size)
    const now = ctx.clock()
    const come = { received: begun.received + size, parts: [...begun.parts, part], updatedAt: now }
    if (isNew) await dropPartial(place)(here, request)
    else await assertStill(here, place, begun)
    await updateRequest(here.db, request, {}, now)
    return isNew ? insertEvidence(here.db, { ...begun, ...come }) : updateEvidence(here.db, begun.id, come)
  })
}

/** Nobody else has sent the same part, or begun anew, in the meantime. @throws Conflict */
async function assertStill(ctx: Context, place: Place, begun: EvidenceRow): Promise<void> {
  const now = await findPartial(ctx, place, begun.size)
  if (now?.id !== begun.id || now.received !== begun.received) throw outOfOrder(now?.received ?? 0)
}

/** The last part comes: it is not stored as one, but with those before it. */
async function complete(
  ctx: Context,
  place: Place,
  begun: EvidenceRow,
  last: Incoming,
): Promise<EvidenceRow> {
  const whole = await assembled(ctx, place, begun, last)
  try {
    return await keepFile(ctx, place, { ...whole, name: begun.name }, async (here, request) => {
      await assertStill(here, place, begun)
      await dropPartial(place)(here, request)
    })
  } catch (error) {
    // What is not taken will not be taken with another ending either.
    if (error instanceof Invalid) await forget(ctx, begun)
    throw error
  } finally {
    await removeTemporary(whole.path, (err) => ctx.log.error({ err }, 'a file cannot be deleted'))
  }
}

async function forget(ctx: Context, { requestId, id }: EvidenceRow): Promise<void> {
  await inTransaction(ctx.db, (tx) => discardEvidence(inside(ctx, tx), requestId, { id, state: 'partial' }))
}

/** @throws Conflict when somebody began anew, and when a part is lost: then this sender is to begin anew */
async function assembled(ctx: Context, place: Place, begun: EvidenceRow, last: Incoming) {
  try {
    return await assemble(ctx, begun, last)
  } catch (err) {
    if (!(err instanceof PartLost)) throw err
    await assertStill(ctx, place, begun)
    ctx.log.error({ err }, 'a part of a file is lost')
    await forget(ctx, begun)
    throw outOfOrder(0)
  }
}
