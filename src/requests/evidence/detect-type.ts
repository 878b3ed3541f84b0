import { createReadStream } from 'node:fs'
import { fileTypeFromFile } from 'file-type'
import { isMediaType, type MediaType } from './media-types.ts'

/** Names of the same kinds by which others call them. */
const ALIASES: Readonly<Record<string, MediaType>> = {
  'image/apng': 'image/png',
  'image/heif': 'image/heic',
  'video/x-m4v': 'video/mp4',
}

/** Their marks are two letters, with which a text can begin too. */
const PERHAPS_TEXT = ['image/bmp', 'application/x-msdownload']

/** What a file is by its content, whatever it is called; undefined for what is no evidence. */
export async function detectType(path: string): Promise<MediaType | undefined> {
  // Where it cannot make sense of a file it throws.
  const found = await fileTypeFromFile(path).catch(() => undefined)
  if (!found || PERHAPS_TEXT.includes(found.mime)) return (await isText(path)) ? 'text/plain' : undefined
  const type = ALIASES[found.mime] ?? found.mime
  return isMediaType(type) ? type : undefined
}

/** Is it text in UTF-8 or in Windows-1252, without control characters? */
async function isText(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  let isWindows = true
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      if (byte < 32 ? !isSpace(byte) : byte === 127) return false
      // What Windows-1252 leaves undefined.
      if (byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d) isWindows = false
    }
    isUtf8 &&= decodes(decoder, chunk)
    if (!isUtf8 && !isWindows) return false
  }
  return isWindows || (isUtf8 && decodes(decoder))
}

/** Tabulator, line feed, form feed, carriage return. */
function isSpace(byte: number): boolean {
  return byte === 9 || byte === 10 || byte === 12 || byte === 13
}

function decodes(decoder: InstanceType<typeof TextDecoder>, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined })
    return true
  } catch {
    return false
  }
}
