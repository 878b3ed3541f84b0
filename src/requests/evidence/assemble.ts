import { createReadStream } from 'node:fs'
import { MAX_EVIDENCE_BYTES } from '../../badge-classes/evidence-types.ts'
import type { Context } from '../../context.ts'
import { removeTemporary, type TemporaryFile, writeTemporary } from '../../storage/temporary-files.ts'
import type { Incoming } from './keep.ts'
import { partKey } from './keys.ts'
import { EVIDENCE_KIND } from './limits.ts'
import type { EvidenceRow } from './queries.ts'

/** The storage does not have a part as it came. */
export class PartLost extends Error {}

/**
 * Puts the parts that have come and the last one together.
 * @returns a file of this machine; whoever asked for it deletes it
 * @throws PartLost where a part or the whole is not as long as it is to be
 */
export async function assemble(ctx: Context, begun: EvidenceRow, last: Incoming): Promise<TemporaryFile> {
  const whole = await writeTemporary(EVIDENCE_KIND, join(ctx, begun, last), MAX_EVIDENCE_BYTES)
  if (whole.size === begun.size) return whole
  await removeTemporary(whole.path, (err) => ctx.log.error({ err }, 'a file cannot be deleted'))
  throw new PartLost(`The parts of ${begun.id} are ${whole.size} bytes, not ${begun.size}`)
}

async function* join(ctx: Context, { id, parts }: EvidenceRow, last: Incoming): AsyncGenerator<Buffer> {
  for (const part of parts) {
    const key = partKey(id, part.id)
    const found = await ctx.storage.getStream(key)
    if (!found) throw new PartLost(`The storage has no ${key}`)
    let size = 0
    for await (const chunk of found.stream as AsyncIterable<Buffer>) {
      size += chunk.length
      yield chunk
    }
    if (size !== part.size) throw new PartLost(`${key} is ${size} bytes, not ${part.size}`)
  }
  yield* createReadStream(last.path) as AsyncIterable<Buffer>
}
