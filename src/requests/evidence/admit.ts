import { EVIDENCE_TYPES, MAX_EVIDENCE_BYTES } from '../../badge-classes/evidence-types.ts'
import type { EvidenceSlot } from '../../badge-classes/request-form.ts'
import type { Context } from '../../context.ts'
import { Invalid } from '../../errors.ts'
import { type TemporaryFile, writeTemporary } from '../../storage/temporary-files.ts'
import { detectType } from './detect-type.ts'
import { EVIDENCE_KIND } from './limits.ts'
import type { MediaType } from './media-types.ts'
import { BrokenFile, bytesOf, withSource } from './strip/source.ts'
import { strip } from './strip/strip.ts'

/** A file as it is stored. */
export interface AdmittedFile {
  /** Without metadata; whoever asked for it deletes it. */
  readonly file: TemporaryFile
  readonly mediaType: MediaType
}

/**
 * Checks a file that was handed in, and takes its metadata away.
 * @throws Invalid for one that is empty, of a kind that the slot does not take, harmful or damaged; CallerError 503
 * when the scanner does not answer
 */
export async function admitFile(
  ctx: Context,
  { path, size }: { path: string; size: number },
  { accept }: EvidenceSlot,
): Promise<AdmittedFile> {
  if (size === 0) throw new Invalid({ path: '', code: 'evidence-empty' })
  const accepted: readonly MediaType[] = accept ?? EVIDENCE_TYPES
  const mediaType = await detectType(path)
  if (!mediaType || !accepted.includes(mediaType)) {
    throw new Invalid({ path: '', code: 'evidence-type', params: { types: accepted.join(', ') } })
  }
  if (await ctx.scan?.(path)) throw new Invalid({ path: '', code: 'evidence-infected' })
  return { file: await stripped(path, mediaType), mediaType }
}

async function stripped(path: string, mediaType: MediaType): Promise<TemporaryFile> {
  try {
    return await withSource(path, (source) =>
      writeTemporary(EVIDENCE_KIND, bytesOf(source, strip(source, mediaType)), 2 * MAX_EVIDENCE_BYTES),
    )
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error
    throw new Invalid({ path: '', code: 'evidence-broken', params: { type: mediaType } })
  }
}
