import type { MediaType } from '../media-types.ts'
import { stripHeif } from './heif.ts'
import { stripJpeg } from './jpeg.ts'
import { stripMp4 } from './mp4.ts'
import { stripPng } from './png.ts'
import type { Piece, Source, Strip } from './source.ts'
import { stripWebp } from './webp.ts'

/** What takes the metadata away, where a file tells by itself where its author was. */
const STRIPS: Partial<Record<MediaType, Strip>> = {
  'image/jpeg': stripJpeg,
  'image/png': stripPng,
  'image/webp': stripWebp,
  'image/heic': stripHeif,
  'video/mp4': stripMp4,
}

/** A file without its metadata, what is seen of it unchanged; documents stay as they are. @throws BrokenFile */
export function strip(source: Source, mediaType: MediaType): AsyncIterable<Piece> {
  return (STRIPS[mediaType] ?? whole)(source)
}

async function* whole({ size }: Source): AsyncGenerator<Piece> {
  yield { from: 0, to: size }
}
