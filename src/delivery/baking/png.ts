import { crc32 } from 'node:zlib'

const KEYWORD = 'openbadgecredential'
const OLDER_KEYWORD = 'openbadges'
const SIGNATURE_BYTES = 8

interface Chunk {
  readonly type: string
  readonly data: Buffer
  /** Length, type, data and CRC as they stand in the file. */
  readonly raw: Buffer
}

/**
 * Writes a credential into a PNG: one uncompressed iTXt chunk before IEND, in place of any that is there.
 * Source: OB 3.0, section 5.3.1 (Baking a PNG); PNG specification, section 11.3.3.4 (iTXt).
 * @param credential JSON or a compact JWS
 */
export function bakePng(png: Buffer, credential: string): Buffer {
  const chunks = readChunks(png).filter((chunk) => !isCredential(chunk))
  // Keyword, NUL, not compressed, method 0, no language, no translated keyword, then the text.
  const data = Buffer.concat([Buffer.from(`${KEYWORD}\0\0\0\0\0`, 'latin1'), Buffer.from(credential, 'utf8')])
  const end = chunks.findIndex((chunk) => chunk.type === 'IEND')
  const before = chunks.slice(0, end).map((chunk) => chunk.raw)
  const after = chunks.slice(end).map((chunk) => chunk.raw)
  return Buffer.concat([png.subarray(0, SIGNATURE_BYTES), ...before, writeChunk('iTXt', data), ...after])
}

/** The credential inside a PNG, or undefined. @throws when the file is no PNG */
export function unbakePng(png: Buffer): string | undefined {
  const [chunk, ...others] = readChunks(png).filter(isCredential)
  if (!chunk) return undefined
  // OB 3.0, section 5.3.1.1: there is one. Of two that differ, a reader of either is right.
  if (others.some(({ data }) => !data.equals(chunk.data))) throw new Error('it holds two credentials')
  const flags = chunk.data.indexOf(0) + 1
  if (chunk.data[flags] !== 0) throw new Error('a baked credential must not be compressed')
  const languageEnd = chunk.data.indexOf(0, flags + 2)
  const keywordEnd = chunk.data.indexOf(0, languageEnd + 1)
  if (languageEnd < 0 || keywordEnd < 0) throw new Error('its iTXt chunk is cut short')
  return chunk.data.subarray(keywordEnd + 1).toString('utf8')
}

/**
 * Does a PNG hold a badge of the older kind? OB 2.0 has it in an iTXt chunk of its own keyword (Baking specification,
 * section 2.1), OB 1.0 the address of it in a tEXt chunk; some writers compress it.
 * @throws when the file is no PNG
 */
export function isPngOfOpenBadges2(png: Buffer): boolean {
  return readChunks(png).some(
    ({ type, data }) =>
      ['iTXt', 'tEXt', 'zTXt'].includes(type) &&
      data.subarray(0, OLDER_KEYWORD.length + 1).toString('latin1') === `${OLDER_KEYWORD}\0`,
  )
}

function isCredential({ type, data }: Chunk): boolean {
  return type === 'iTXt' && data.subarray(0, KEYWORD.length + 1).toString('latin1') === `${KEYWORD}\0`
}

function readChunks(png: Buffer): Chunk[] {
  const chunks: Chunk[] = []
  for (let at = SIGNATURE_BYTES; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at)
    const end = at + 12 + length
    if (end > png.length) break
    const type = png.toString('latin1', at + 4, at + 8)
    chunks.push({ type, data: png.subarray(at + 8, end - 4), raw: png.subarray(at, end) })
    at = end
  }
  if (chunks.at(-1)?.type !== 'IEND') throw new Error('it is cut short')
  return chunks
}

function writeChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, crc])
}
