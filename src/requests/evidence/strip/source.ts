import { type FileHandle, open } from 'node:fs/promises'
import { setImmediate as others } from 'node:timers/promises'

/** What a file becomes: a part of it as it is, so many zeros, or bytes of ours. */
export type Piece =
  | { readonly from: number; readonly to: number }
  | { readonly zeros: number }
  | { readonly bytes: Uint8Array }

/** Says what becomes of a file, piece by piece. @throws BrokenFile */
export type Strip = (source: Source) => AsyncIterable<Piece>

/** The file is not built as its format says: its metadata cannot be found. */
export class BrokenFile extends Error {
  constructor() {
    super('The file is not built as its format says')
  }
}

/** A file that is read here and there, a window of it in memory. */
export interface Source {
  /** In bytes. */
  readonly size: number
  /** So many bytes from there: valid until the next reading. @throws BrokenFile beyond the end */
  read(at: number, length: number): Promise<Buffer>
  /** The same where a segment, a chunk or a box begins. @throws BrokenFile also when too many have begun */
  head(at: number, length: number): Promise<Buffer>
  /** Those from there on that are at hand, one at least. @throws BrokenFile at the end */
  some(at: number): Promise<Buffer>
}

const WINDOW = 64 * 1024

/** Segments, chunks, boxes or extents of a file: more than any use has. */
export const MAX_PARTS = 100_000

/** So many are worked on before others have their turn. */
const AT_ONCE = 1000

/** No table that is read as a whole is larger. */
const MAX_READ = 1024 * 1024

/** Opens a file for the time of some work. */
export async function withSource<T>(path: string, work: (source: Source) => Promise<T>): Promise<T> {
  const file = await open(path)
  try {
    return await work(sourceOf(file, (await file.stat()).size))
  } finally {
    await file.close()
  }
}

/** The bytes of the pieces, in chunks: small ones together. */
export async function* bytesOf(source: Source, pieces: AsyncIterable<Piece>): AsyncGenerator<Buffer> {
  let chunk = Buffer.allocUnsafe(WINDOW)
  let filled = 0
  let count = 0
  for await (const piece of pieces) {
    if (++count % AT_ONCE === 0) await others()
    const length = lengthOf(piece)
    for (let done = 0; done < length; ) {
      const size = Math.min(length - done, WINDOW - filled)
      if ('bytes' in piece) chunk.set(piece.bytes.subarray(done, done + size), filled)
      else if ('zeros' in piece) chunk.fill(0, filled, filled + size)
      else (await source.read(piece.from + done, size)).copy(chunk, filled)
      done += size
      filled += size
      if (filled < WINDOW) continue
      yield chunk
      chunk = Buffer.allocUnsafe(WINDOW)
      filled = 0
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled)
}

function lengthOf(piece: Piece): number {
  if ('bytes' in piece) return piece.bytes.length
  return 'zeros' in piece ? piece.zeros : piece.to - piece.from
}

function sourceOf(file: FileHandle, size: number): Source {
  let window = Buffer.alloc(0)
  let start = 0
  let parts = 0

  async function load(at: number, length: number): Promise<void> {
    const wanted = Math.min(Math.max(length, WINDOW), size - at)
    const buffer = Buffer.allocUnsafe(wanted)
    let filled = 0
    while (filled < wanted) {
      const { bytesRead } = await file.read(buffer, filled, wanted - filled, at + filled)
      if (bytesRead === 0) throw new BrokenFile()
      filled += bytesRead
    }
    window = buffer
    start = at
  }

  return {
    size,
    async read(at, length) {
      const isInside = at >= 0 && length >= 0 && at + length <= size && length <= MAX_READ
      if (!isInside) throw new BrokenFile()
      if (at < start || at + length > start + window.length) await load(at, length)
      return window.subarray(at - start, at - start + length)
    },
    async head(at, length) {
      if (++parts > MAX_PARTS) throw new BrokenFile()
      if (parts % AT_ONCE === 0) await others()
      return this.read(at, length)
    },
    async some(at) {
      if (at < start || at >= start + window.length) await this.read(at, 1)
      return window.subarray(at - start)
    },
  }
}
