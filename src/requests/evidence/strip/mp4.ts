import { type Box, blank, boxesIn } from './boxes.ts'
import { BrokenFile, type Piece, type Source } from './source.ts'

/** Boxes that tell of the film: user data (with the place in `©xyz`), its metadata, XMP. */
const TOLD = new Set(['udta', 'meta', 'uuid', 'Xtra'])

/** Kinds of tracks that are seen, heard or read (ISO/IEC 14496-12, section 12); others tell where it was taken. */
const SHOWN = new Set(['vide', 'soun', 'subt', 'text', 'sbtl', 'clcp', 'tmcd', 'auxv', 'pict', 'hint'])

/** Boxes inside of boxes: a film has three. */
const MAX_DEPTH = 10

/**
 * An MP4 whose boxes with words and places are empty ones, in place, for offsets lead to everything. A track that
 * is not for people is no longer one.
 */
export async function* stripMp4(source: Source): AsyncGenerator<Piece> {
  const top = await boxesIn(source, 0, source.size)
  if (!top.some(({ type }) => type === 'moov' || type === 'moof')) throw new BrokenFile()
  yield* blank(source, [], await freeMetadata(source, top))
}

/** The boxes with metadata among these and in those that hold tracks. @throws BrokenFile */
export async function freeMetadata(source: Source, boxes: Box[], depth = 1): Promise<Box[]> {
  if (depth > MAX_DEPTH) throw new BrokenFile()
  const freed: Box[] = []
  for (const box of boxes) {
    if (TOLD.has(box.type) || (box.type === 'trak' && !(await isShown(source, box)))) freed.push(box)
    else if (/^(moov|trak|moof|traf|mdia)$/.test(box.type)) {
      const inside = await boxesIn(source, box.from, box.to)
      // So many arguments as a file can have boxes are too many for one call.
      for (const found of await freeMetadata(source, inside, depth + 1)) freed.push(found)
    }
  }
  return freed
}

/** Section 8.4.3: the handler of a track's media says what it is for. */
async function isShown(source: Source, track: Box): Promise<boolean> {
  const media = (await boxesIn(source, track.from, track.to)).find(({ type }) => type === 'mdia')
  if (!media) return true
  const handler = (await boxesIn(source, media.from, media.to)).find(({ type }) => type === 'hdlr')
  if (!handler) return true
  return SHOWN.has((await source.read(handler.from + 8, 4)).toString('latin1'))
}
