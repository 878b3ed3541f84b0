import { type Box, BoxReader, blank, boxesIn, type Range } from './boxes.ts'
import { freeMetadata } from './mp4.ts'
import { BrokenFile, MAX_PARTS, type Piece, type Source } from './source.ts'

/** Items that pictures are drawn from: coded images, and images derived from others (ISO/IEC 23008-12). */
const DRAWN = new Set([
  'hvc1',
  'hvt1',
  'lhv1',
  'av01',
  'avc1',
  'jpeg',
  'j2k1',
  'grid',
  'iden',
  'iovl',
  'tmap',
])

/**
 * A HEIF file whose items with Exif, XMP and other words are zeros, in place, for offsets lead to everything. How
 * the picture is turned is a property of it (`irot`, section 6.5.10) and stays.
 */
export async function* stripHeif(source: Source): AsyncGenerator<Piece> {
  const top = await boxesIn(source, 0, source.size)
  const meta = top.find(({ type }) => type === 'meta')
  if (!meta) throw new BrokenFile()
  const boxes = await boxesIn(source, meta.from + 4, meta.to)
  const told = await toldItems(source, one(boxes, 'iinf'))
  const ranges = await placesOf(source, boxes, told)
  const others = top.filter((box) => box !== meta)
  yield* blank(source, ranges, await freeMetadata(source, others))
}

function one(boxes: Box[], wanted: string): Box {
  const found = boxes.filter(({ type }) => type === wanted)
  if (found.length !== 1) throw new BrokenFile()
  return found[0]!
}

const readBox = async (source: Source, { from, to }: Box) =>
  new BoxReader(Buffer.from(await source.read(from, to - from)))

/** The numbers of the items that are told of the picture (ISO/IEC 14496-12, section 8.11.6). */
async function toldItems(source: Source, iinf: Box): Promise<Set<number>> {
  const isLong = (await source.read(iinf.from, 1))[0] !== 0
  const told = new Set<number>()
  for (const box of await boxesIn(source, iinf.from + (isLong ? 8 : 6), iinf.to)) {
    if (box.type !== 'infe') continue
    const entry = await readBox(source, box)
    const version = entry.number(1)
    entry.number(3)
    // Older versions know no types of items, and nothing with pictures in it has them.
    if (version !== 2 && version !== 3) throw new BrokenFile()
    const id = entry.number(version === 2 ? 2 : 4)
    entry.number(2)
    if (!DRAWN.has(entry.text(4))) told.add(id)
  }
  return told
}

/** Where these items are (section 8.11.3). */
async function placesOf(source: Source, boxes: Box[], wanted: ReadonlySet<number>): Promise<Range[]> {
  const iloc = await readBox(source, one(boxes, 'iloc'))
  const version = iloc.number(1)
  iloc.number(3)
  if (version > 2) throw new BrokenFile()
  const [offsetSize, lengthSize] = halves(iloc.number(1))
  const [baseSize, indexSize] = halves(iloc.number(1))
  const idat = boxes.filter(({ type }) => type === 'idat')
  const places: Range[] = []
  let count = 0
  const wide = version === 2 ? 4 : 2
  for (let items = iloc.number(wide); items > 0; items--) {
    const id = iloc.number(wide)
    const method = version === 0 ? 0 : iloc.number(2) & 15
    iloc.number(2)
    const base = iloc.number(baseSize)
    for (let extents = iloc.number(2); extents > 0; extents--) {
      // What takes no bytes in the table could be there without end.
      if (offsetSize + lengthSize === 0 || ++count > MAX_PARTS) throw new BrokenFile()
      if (version > 0) iloc.number(indexSize)
      const offset = base + iloc.number(offsetSize)
      const length = iloc.number(lengthSize)
      if (wanted.has(id)) places.push(placeOf(source, idat, { method, offset, length }))
    }
  }
  return places
}

function halves(byte: number): [number, number] {
  const sizes: [number, number] = [byte >> 4, byte & 15]
  if (sizes.some((size) => size > 8)) throw new BrokenFile()
  return sizes
}

/** Method 0: from the beginning of the file; 1: in the box `idat`. No length: all of it. */
function placeOf(
  source: Source,
  idat: Box[],
  { method, offset, length }: { method: number; offset: number; length: number },
): Range {
  if (method > 1 || length === 0) throw new BrokenFile()
  const inside = method === 0 ? { from: 0, to: source.size } : one(idat, 'idat')
  const place = { from: inside.from + offset, to: inside.from + offset + length }
  if (place.to > inside.to) throw new BrokenFile()
  return place
}
