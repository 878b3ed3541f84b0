import { exifOf, orientationOf } from './exif.ts'
import { BrokenFile, type Piece, type Source } from './source.ts'

const DRAWN = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
const HAS_EXIF = 0x08
const HAS_XMP = 0x04

interface Chunk {
  readonly type: string
  readonly from: number
  /** Without the padding. */
  readonly length: number
}

/** A WebP (RFC 9649, section 2) without its chunks EXIF, XMP and unknown ones; of Exif the orientation stays. */
export async function* stripWebp(source: Source): AsyncGenerator<Piece> {
  const chunks = await chunksOf(source)
  const exif = await orientationChunk(
    source,
    chunks.find(({ type }) => type === 'EXIF'),
  )
  const drawn = chunks.filter(({ type }) => DRAWN.has(type))
  if (!drawn.some(({ type }) => /^(VP8[ L]|ANMF)$/.test(type))) throw new BrokenFile()
  const isExtended = drawn[0]!.type === 'VP8X'
  const kept = isExtended ? (exif?.length ?? 0) : 0
  const size = 4 + drawn.reduce((sum, { length }) => sum + 8 + length + (length & 1), 0) + kept
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(size, 4)
  yield { bytes: head }
  for (const { type, from, length } of drawn) {
    if (type === 'VP8X') yield { bytes: await withFlags(source, from, length, exif !== undefined) }
    else yield { from: from - 8, to: from + length }
    // The padding may be missing at the end of a file.
    if (length & 1) yield { zeros: 1 }
  }
  if (isExtended && exif) yield { bytes: exif }
}

async function chunksOf(source: Source): Promise<Chunk[]> {
  const head = await source.read(0, 12)
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8) !== 'WEBP')
    throw new BrokenFile()
  const end = head.readUInt32LE(4) + 8
  if (end > source.size + 1) throw new BrokenFile()
  const chunks: Chunk[] = []
  for (let at = 12; at + 8 <= end; ) {
    const chunk = await source.head(at, 8)
    const length = chunk.readUInt32LE(4)
    if (at + 8 + length > Math.min(end, source.size)) throw new BrokenFile()
    chunks.push({ type: chunk.toString('latin1', 0, 4), from: at + 8, length })
    at += 8 + length + (length & 1)
  }
  return chunks
}

/** Section 2.7.1: flags say what there is. */
async function withFlags(source: Source, from: number, length: number, hasExif: boolean): Promise<Buffer> {
  if (length !== 10) throw new BrokenFile()
  const chunk = Buffer.from(await source.read(from - 8, 8 + length))
  chunk[8] = (chunk[8]! & ~(HAS_EXIF | HAS_XMP)) | (hasExif ? HAS_EXIF : 0)
  return chunk
}

async function orientationChunk(source: Source, exif: Chunk | undefined): Promise<Buffer | undefined> {
  if (!exif) return undefined
  const data = await source.read(exif.from, exif.length)
  // Some writers put before it what stands before it in a JPEG.
  const orientation = orientationOf(data.toString('latin1', 0, 6) === 'Exif\0\0' ? data.subarray(6) : data)
  if (orientation === 1) return undefined
  const tiff = exifOf(orientation)
  const head = Buffer.from('EXIF\0\0\0\0', 'latin1')
  head.writeUInt32LE(tiff.length, 4)
  return Buffer.concat([head, tiff])
}
