import { exifOf, orientationOf } from './exif.ts'
import { BrokenFile, type Piece, type Source } from './source.ts'

const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const APP1 = 0xe1
const APP2 = 0xe2
const APP14 = 0xee

/**
 * A JPEG (ITU-T T.81, annex B) without Exif, XMP, IPTC, comments, thumbnails and whatever follows its end: of the
 * application segments only JFIF, the colour profile and Adobe's colour transform stay, of Exif the orientation.
 */
export async function* stripJpeg(source: Source): AsyncGenerator<Piece> {
  if ((await source.read(0, 2)).readUInt16BE() !== 0xffd8) throw new BrokenFile()
  yield { from: 0, to: 2 }
  let isTurned = false
  let at = 2
  for (;;) {
    const marker = await markerAt(source, at)
    if (marker.code === EOI) return yield { from: marker.at, to: marker.at + 2 }
    const length = (await source.read(marker.at + 2, 2)).readUInt16BE()
    const end = marker.at + 2 + length
    if (length < 2 || end > source.size) throw new BrokenFile()
    if (marker.code === APP1 && !isTurned) {
      const exif = await orientationSegment(source, marker.at + 4, end)
      if (exif) yield { bytes: exif }
      isTurned ||= exif !== undefined
    }
    yield* kept(source, marker, end)
    at = marker.code === SOS ? await scanEnd(source, end) : end
    if (at > end) yield { from: end, to: at }
  }
}

/** Section B.1.1.2: a marker may be preceded by any number of bytes FF. */
async function markerAt(source: Source, at: number) {
  if ((await source.head(at, 1))[0] !== 0xff) throw new BrokenFile()
  let next = at + 1
  for (let bytes = await source.some(next); bytes[0] === 0xff; bytes = await source.some(next)) {
    const other = bytes.findIndex((byte) => byte !== 0xff)
    next += other < 0 ? bytes.length : other
  }
  const code = (await source.read(next, 1))[0]!
  // Neither a stuffed byte nor a marker that stands alone belongs here.
  const isSegment = code >= 0xc0 && code <= 0xfe && !(code >= 0xd0 && code <= 0xd8)
  if (!isSegment) throw new BrokenFile()
  return { at: next - 1, code }
}

async function* kept(
  source: Source,
  { at, code }: { at: number; code: number },
  end: number,
): AsyncGenerator<Piece> {
  const begins = async (name: string) =>
    end - at - 4 >= name.length &&
    (await source.read(at + 4, name.length)).equals(Buffer.from(name, 'latin1'))
  if (code === APP0) {
    if (end - at >= 18 && (await begins('JFIF\0'))) yield { bytes: jfifOf(await source.read(at + 9, 7)) }
  } else if (code === APP2) {
    if (await begins('ICC_PROFILE\0')) yield { from: at, to: end }
  } else if (code < APP0 || (code === APP14 && (await begins('Adobe')))) yield { from: at, to: end }
}

/** The segment of JFIF (ITU-T T.871, section 10.1) without its thumbnail. */
function jfifOf(versionAndDensity: Buffer): Buffer {
  return Buffer.concat([Buffer.from('\xff\xe0\0\x10JFIF\0', 'latin1'), versionAndDensity, Buffer.alloc(2)])
}

async function orientationSegment(source: Source, from: number, end: number): Promise<Buffer | undefined> {
  const segment = await source.read(from, end - from)
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0') return undefined
  const orientation = orientationOf(segment.subarray(6))
  if (orientation === 1) return undefined
  const exif = exifOf(orientation)
  const head = Buffer.from('\xff\xe1\0\0Exif\0\0', 'latin1')
  head.writeUInt16BE(exif.length + 8, 2)
  return Buffer.concat([head, exif])
}

/** Where the entropy-coded data of a scan ends: at a marker that is not one of its own (section B.1.1.5). */
async function scanEnd(source: Source, from: number): Promise<number> {
  let isMarker = false
  for (let at = from; ; ) {
    const bytes = await source.some(at)
    for (const [i, byte] of bytes.entries()) {
      const isData = byte === 0 || byte === 0xff || (byte >= 0xd0 && byte <= 0xd7)
      if (isMarker && !isData) return at + i - 1
      isMarker = byte === 0xff
    }
    at += bytes.length
  }
}
