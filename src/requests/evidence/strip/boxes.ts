import { BrokenFile, type Piece, type Source } from './source.ts'

/** A box of an ISO base media file (ISO/IEC 14496-12, section 4.2). */
export interface Box {
  readonly type: string
  /** Where its head begins. */
  readonly start: number
  /** Where its content begins and ends. */
  readonly from: number
  readonly to: number
}

/** A part of a file, from its first byte to the one after its last. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** The boxes that stand side by side in a part of a file. @throws BrokenFile */
export async function boxesIn(source: Source, from: number, to: number): Promise<Box[]> {
  const boxes: Box[] = []
  for (let at = from; at < to; ) {
    const box = await boxAt(source, at, to)
    boxes.push(box)
    at = box.to
  }
  return boxes
}

async function boxAt(source: Source, at: number, limit: number): Promise<Box> {
  const head = await source.head(at, 8)
  const type = head.toString('latin1', 4, 8)
  const announced = head.readUInt32BE()
  // 1: a size of 64 bits follows; 0: to the end of the file.
  const isLarge = announced === 1
  const size = isLarge
    ? Number((await source.read(at + 8, 8)).readBigUInt64BE())
    : announced === 0
      ? limit - at
      : announced
  const from = at + (isLarge ? 16 : 8)
  if (at + size < from || at + size > limit) throw new BrokenFile()
  return { type, start: at, from, to: at + size }
}

/** Reads the numbers of a box one after the other. @throws BrokenFile at its end */
export class BoxReader {
  #bytes: Buffer
  #at = 0
  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }
  /** @param size in bytes, 0 to 8; of 0 bytes the number 0 */
  number(size: number): number {
    let value = 0
    for (let i = 0; i < size; i++) value = value * 256 + this.#next()
    return value
  }
  text(length: number): string {
    return String.fromCharCode(...Array.from({ length }, () => this.#next()))
  }
  #next(): number {
    if (this.#at >= this.#bytes.length) throw new BrokenFile()
    return this.#bytes[this.#at++]!
  }
}

/** The file with zeros in the place of these parts, and with boxes in the place of which nothing is (`free`). */
export async function* blank(source: Source, ranges: Range[], freed: Box[]): AsyncGenerator<Piece> {
  const changes: (Range & { piece: Piece })[] = [
    ...freed.map(({ start }) => ({ from: start + 4, to: start + 8, piece: { bytes: Buffer.from('free') } })),
    ...[...freed, ...ranges].map(({ from, to }) => ({ from, to, piece: { zeros: to - from } })),
  ].sort((a, b) => a.from - b.from || a.to - b.to)
  let at = 0
  for (const { from, to, piece } of changes) {
    if (to <= at) continue
    if (from > at) yield { from: at, to: from }
    yield from >= at ? piece : { zeros: to - at }
    at = to
  }
  if (at < source.size) yield { from: at, to: source.size }
}
