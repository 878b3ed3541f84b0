import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { Invalid } from '../../errors.ts'

/** How the bytes of a file are text: a label of the Encoding Standard. */
export interface TextEncoding {
  readonly label: string
  readonly bom: boolean
}

const CHUNK_BYTES = 64 * 1024

/** First bytes of what people send instead of a CSV. */
const SIGNATURES: readonly [kind: string, hex: string][] = [
  ['XLSX, ODS, ZIP', '504b0304'],
  ['XLS', 'd0cf11e0'],
  ['PDF', '25504446'],
  ['PNG', '89504e47'],
  ['JPEG', 'ffd8ff'],
  ['GIF', '47494638'],
  ['GZIP', '1f8b'],
  ['RTF', '7b5c727466'],
]

/**
 * Finds how a file is text, by reading it whole, since its first accent may come last: what is not valid UTF-8
 * is Windows-1252, unless the sender named a character set.
 * @throws Invalid when it is no text, or not in the character set that was named
 */
export async function recogniseEncoding(path: string, charset?: string): Promise<TextEncoding> {
  const named = charset === undefined ? undefined : labelOf(charset)
  let byMark: string | undefined
  let rest: Buffer = Buffer.alloc(0)
  let valid = true
  let first = true
  for await (const chunk of readChunks(path)) {
    if (first) {
      refuseBinary(chunk)
      byMark = markOf(chunk)
      first = false
    }
    if (byMark?.startsWith('utf-16')) return { label: byMark, bom: true }
    if (!named?.startsWith('utf-16') && chunk.includes(0)) throw binary('NUL')
    if (!valid) continue
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const whole = wholeCharacters(bytes)
    valid = isUtf8(bytes.subarray(0, whole))
    rest = bytes.subarray(whole)
  }
  valid &&= rest.length === 0
  if (byMark === 'utf-8' && valid) return { label: 'utf-8', bom: true }
  if (named === 'utf-8' && !valid) throw new Invalid({ path: '', code: 'not-utf8' })
  return { label: named ?? (valid ? 'utf-8' : 'windows-1252'), bom: false }
}

/** The bytes of a file. */
export function readChunks(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: CHUNK_BYTES })
}

/** The bytes of a file as UTF-8, whatever they are in the file; without the mark at the start. */
export async function* readUtf8(path: string, { label }: TextEncoding): AsyncGenerator<Buffer> {
  if (label === 'utf-8') return yield* withoutMark(readChunks(path))
  const decoder = new TextDecoder(label)
  for await (const chunk of readChunks(path)) yield Buffer.from(decoder.decode(chunk, { stream: true }))
  yield Buffer.from(decoder.decode())
}

async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first = true
  for await (const chunk of chunks) {
    yield first && markOf(chunk) === 'utf-8' ? chunk.subarray(3) : chunk
    first = false
  }
}

function labelOf(charset: string): string {
  try {
    return new TextDecoder(charset).encoding
  } catch {
    throw new Invalid({ path: '', code: 'list-charset', params: { charset: charset.slice(0, 40) } })
  }
}

function markOf(bytes: Buffer): string | undefined {
  const hex = bytes.subarray(0, 3).toString('hex')
  if (hex === 'efbbbf') return 'utf-8'
  if (hex.startsWith('fffe')) return 'utf-16le'
  return hex.startsWith('feff') ? 'utf-16be' : undefined
}

/** How many bytes are whole characters: those of a last one that is cut are left for the next chunk. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) break
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function refuseBinary(start: Buffer): void {
  const hex = start.subarray(0, 8).toString('hex')
  const signature = SIGNATURES.find(([, bytes]) => hex.startsWith(bytes))
  if (signature) throw binary(signature[0])
}

function binary(kind: string): Invalid {
  return new Invalid({ path: '', code: 'list-binary', params: { kind } })
}
