import { randomUUID } from 'node:crypto'
import type { EvidenceSlot } from '../../badge-classes/request-form.ts'
import type { Context } from '../../context.ts'
import { removeTemporary } from '../../storage/temporary-files.ts'
import { type RequestRow, updateRequest } from '../queries.ts'
import { type AdmittedFile, admitFile } from './admit.ts'
import { discardEvidence } from './discard.ts'
import { cleanName, defaultName } from './file-name.ts'
import { keyOf } from './keys.ts'
import { assertRoom, getPlace, type Place } from './place.ts'
import { type EvidenceRow, insertEvidence } from './queries.ts'
import { storeUnderKey } from './under-key.ts'

/** Bytes that have come, in a file of this machine, with the name that they were given. */
export interface Incoming {
  readonly path: string
  readonly size: number
  readonly name: string
}

/**
 * Checks and stores a whole file. It is in the storage before it is in the database; where anything fails, it is in
 * neither.
 * @param before runs first in the transaction that puts it in its place
 * @throws as getPlace, assertRoom and admitFile
 */
export async function keepFile(
  ctx: Context,
  place: Place,
  incoming: Incoming,
  before: (ctx: Context, request: RequestRow) => Promise<void>,
): Promise<EvidenceRow> {
  const { request, slot } = await getPlace(ctx, place)
  // Once more under the lock: what finds no room is told so before it costs anything.
  await assertRoom(ctx, request, slot, incoming.size)
  const admitted = await admitFile(ctx, incoming, slot)
  try {
    const name = cleanName(incoming.name) || defaultName(admitted.mediaType)
    const id = randomUUID()
    const bytes = { path: admitted.file.path, mediaType: admitted.mediaType }
    return await storeUnderKey(ctx, keyOf(id), bytes, (here) =>
      putInPlace(here, place, { id, name, admitted }, before),
    )
  } finally {
    await removeTemporary(admitted.file.path, (err) => ctx.log.error({ err }, 'a file cannot be deleted'))
  }
}

async function putInPlace(
  ctx: Context,
  place: Place,
  { id, name, admitted }: { id: string; name: string; admitted: AdmittedFile },
  before: (ctx: Context, request: RequestRow) => Promise<void>,
): Promise<EvidenceRow> {
  const { request, slot } = await getPlace(ctx, place, { lock: true })
  await before(ctx, request)
  const { size, hash } = admitted.file
  await assertRoom(ctx, request, slot, size)
  if (isForOne(slot)) await discardEvidence(ctx, request.id, { slot: slot.id })
  const now = ctx.clock()
  const row = await insertEvidence(ctx.db, {
    id,
    requestId: request.id,
    slot: slot.id,
    state: 'stored',
    name,
    mediaType: admitted.mediaType,
    size,
    received: size,
    sha256: hash,
    createdAt: now,
    updatedAt: now,
  })
  await updateRequest(ctx.db, request, {}, now)
  return row
}

function isForOne({ maxFiles = 1 }: EvidenceSlot): boolean {
  return maxFiles === 1
}
