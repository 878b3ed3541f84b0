import type { Context } from '../../context.ts'
import { NotFound } from '../../errors.ts'
import type { StoredStream } from '../../storage/storage.ts'
import { keyOf } from './keys.ts'
import { type EvidenceFilter, type EvidenceRow, listEvidence } from './queries.ts'

/** A file and its bytes, which are to be read or destroyed. */
export interface OpenedEvidence extends StoredStream {
  readonly file: EvidenceRow
}

/** Opens a file of a request that the caller may see. @throws NotFound when it is not there as a whole */
export async function openEvidence(
  ctx: Context,
  requestId: string,
  fileId: string,
  filter: Pick<EvidenceFilter, 'slot'> = {},
): Promise<OpenedEvidence> {
  const [file] = await listEvidence(ctx.db, requestId, { ...filter, id: fileId, state: 'stored' })
  if (!file) throw new NotFound()
  const stored = await ctx.storage.getStream(keyOf(file.id))
  // It was deleted since the row was read, or the storage has lost it.
  if (!stored) throw new NotFound()
  return { ...stored, file }
}
