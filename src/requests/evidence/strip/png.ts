import { crc32 } from 'node:zlib'
import { exifOf, orientationOf } from './exif.ts'
import { BrokenFile, type Piece, type Source } from './source.ts'

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/** What the picture is drawn from (PNG, third edition, section 11): all that is not told of it stays away. */
const DRAWN = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(
    ' ',
  ),
)

/** A PNG without Exif, texts, times and private chunks; of Exif the orientation stays. */
export async function* stripPng(source: Source): AsyncGenerator<Piece> {
  if (!(await source.read(0, 8)).equals(SIGNATURE)) throw new BrokenFile()
  yield { from: 0, to: 8 }
  let at = 8
  for (;;) {
    const head = await source.head(at, 8)
    const length = head.readUInt32BE()
    const type = head.toString('latin1', 4)
    const end = at + 12 + length
    if (end > source.size || (at === 8) !== (type === 'IHDR')) throw new BrokenFile()
    if (DRAWN.has(type)) yield { from: at, to: end }
    const exif = type === 'eXIf' ? await orientationChunk(source, at + 8, length) : undefined
    if (exif) yield { bytes: exif }
    if (type === 'IEND') return
    at = end
  }
}

async function orientationChunk(source: Source, from: number, length: number): Promise<Buffer | undefined> {
  const orientation = orientationOf(await source.read(from, length))
  if (orientation === 1) return undefined
  const exif = exifOf(orientation)
  const chunk = Buffer.alloc(12 + exif.length)
  chunk.writeUInt32BE(exif.length)
  chunk.write('eXIf', 4, 'latin1')
  exif.copy(chunk, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4)
  return chunk
}
