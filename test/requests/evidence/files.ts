import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import type { Test } from 'tap'
import type { MediaType } from '../../../src/requests/evidence/media-types.ts'
import { BrokenFile, bytesOf, withSource } from '../../../src/requests/evidence/strip/source.ts'
import { strip } from '../../../src/requests/evidence/strip/strip.ts'

/** Stands in all metadata that a test makes: none of it may be found afterwards. */
export const SECRET = 'SECRET-PLACE'

const EXIF = {
  IFD0: { Make: SECRET, ImageDescription: SECRET },
  IFD3: { GPSLatitude: '44/1 50/1 16/1', GPSLatitudeRef: 'N', GPSAreaInformation: SECRET },
}

const XMP = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="${SECRET}"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`

/** A photo with something to see: 60 by 40, in many colours. */
function picture() {
  const pixels = Buffer.from(Array.from({ length: 60 * 40 * 3 }, (_, i) => (i * 7 + (i >> 5) * 13) & 255))
  return sharp(pixels, { raw: { width: 60, height: 40, channels: 3 } })
}

const told = () => picture().withExif(EXIF).withMetadata({ orientation: 6 }).withXmp(XMP)

const segment = (code: number, content: string) => {
  const bytes = Buffer.from(`\xff\0\0\0${content}`, 'latin1')
  bytes[1] = code
  bytes.writeUInt16BE(bytes.length - 2, 2)
  return bytes
}

/** A photo as a phone makes it: Exif with place and orientation, XMP, IPTC, a comment, a film behind it. */
export async function jpeg({ progressive = false } = {}): Promise<Buffer> {
  const photo = await told().withIccProfile('p3').jpeg({ progressive }).toBuffer()
  const more = [
    segment(0xfe, SECRET),
    segment(0xed, `Photoshop 3.0\0${SECRET}`),
    segment(0xe2, `MPF\0${SECRET}`),
  ]
  return Buffer.concat([photo.subarray(0, 2), ...more, photo.subarray(2), Buffer.from(`....ftyp${SECRET}`)])
}

export async function png(): Promise<Buffer> {
  const photo = await told().png().toBuffer()
  const more = [chunk('tEXt', `Location\0${SECRET}`), chunk('tIME', '1234567'), chunk('prVt', SECRET)]
  return Buffer.concat([photo.subarray(0, 33), ...more, photo.subarray(33), Buffer.from(SECRET)])
}

function chunk(type: string, content: string): Buffer {
  const bytes = Buffer.from(`\0\0\0\0${type}${content}\0\0\0\0`, 'latin1')
  bytes.writeUInt32BE(content.length)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4)
  return bytes
}

export async function webp({ lossless = false } = {}): Promise<Buffer> {
  return told().withIccProfile('p3').webp({ lossless }).toBuffer()
}

/** An AV1 picture that calls itself by the brand of all HEIF files, for nothing here writes HEVC. */
export async function heif(): Promise<Buffer> {
  const photo = await told().heif({ compression: 'av1' }).toBuffer()
  photo.write('mif1', 8, 'latin1')
  return photo
}

export function box(type: string, ...content: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(
    content.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  )
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

const track = (handler: string, ...more: Buffer[]) =>
  box('trak', box('mdia', box('hdlr', '\0\0\0\0\0\0\0\0', handler, '\0'.repeat(13))), ...more)

/** A film with its place in all the corners where phones write it. */
export function mp4(): Buffer {
  const place = box('udta', box('\xa9xyz', `\0\x0c\x15\xc7${SECRET}`))
  return Buffer.concat([
    box('ftyp', 'isom\0\0\x02\0isommp42'),
    box(
      'moov',
      box('mvhd', '\0'.repeat(100)),
      track('vide', place, box('meta', SECRET)),
      track('meta', box('name', SECRET)),
      place,
      box('meta', '\0\0\0\0', SECRET),
    ),
    box('uuid', 'be7acfcb97a942e8', SECRET),
    box('mdat', 'pictures and sound'),
  ])
}

export const PDF = Buffer.from(
  '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n',
)

/** A ZIP of stored members. */
export function zip(members: Record<string, string>): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(members)) {
    const data = Buffer.from(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), data])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), common, tail, Buffer.from(name)]))
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(central.length, 8)
  end.writeUInt16LE(central.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, directory, end])
}

export const odt = (kind = 'text') =>
  zip({ mimetype: `application/vnd.oasis.opendocument.${kind}`, 'content.xml': '<x/>' })

export const docx = (kind = 'wordprocessingml.document') =>
  zip({
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.${kind}.main+xml"/></Types>`,
    'word/document.xml': '<w:document/>',
  })

/** The stored form of a file; undefined for one that is broken. */
export async function strippedOf(t: Test, bytes: Buffer, mediaType: MediaType): Promise<Buffer | undefined> {
  const path = join(t.testdirName, 'file')
  writeFileSync(path, bytes)
  try {
    return await withSource(path, async (source) =>
      Buffer.concat(await Array.fromAsync(bytesOf(source, strip(source, mediaType)))),
    )
  } catch (error) {
    if (error instanceof BrokenFile) return undefined
    throw error
  }
}

/** The largest file that is taken: letters, no two uploads the same. */
export function large(size: number, seed = 0): Buffer {
  const block = readFileSync(import.meta.filename)
  const bytes = Buffer.alloc(size, block.toString('ascii').replace(/[^\x20-\x7e\n]/g, ' '))
  bytes.write(`${seed}\n`)
  return bytes
}

/** A form as browsers send it (RFC 7578). */
export function form(parts: { name: string; filename?: string; content: string | Buffer }[]) {
  const boundary = 'x-boundary-x'
  const body = parts.flatMap(({ name, filename, content }) => [
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n${filename === undefined ? '' : 'content-type: text/html\r\n'}\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ])
  return {
    body: Buffer.concat([...body, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}
