import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { Invalid } from '../errors.ts'
import type { Storage } from '../storage/storage.ts'
import type { Rasterize } from './rasterize-apart.ts'
import { cleanSvg } from './svg.ts'

export const MAX_IMAGE_BYTES = 2 * 1024 * 1024
const MAX_SIDE = 4096

/** An image that was accepted: its file names under /images. */
export interface AcceptedImage {
  /** As it was given, the SVG cleaned. */
  readonly image: string
  /** As PNG; the same file when a PNG was given. */
  readonly imagePng: string
}

/**
 * Checks an image by its content, whatever its media type claims, and stores it under its SHA-256.
 * @throws Invalid with the reason: neither PNG nor SVG, broken, too many pixels, or an SVG that holds what it may not
 */
export async function acceptImage(
  { storage, rasterize }: { storage: Storage; rasterize: Rasterize },
  bytes: Buffer,
): Promise<AcceptedImage> {
  if (isPng(bytes)) {
    assertWholePng(bytes)
    await assertReadablePng(bytes)
    const image = await store(storage, bytes, 'png')
    return { image, imagePng: image }
  }
  if (!startsAsMarkup(bytes)) throw new Invalid({ path: '', code: 'not-an-image' })
  const svg = cleanSvg(bytes)
  const png = await rasterize(svg)
  return { image: await store(storage, Buffer.from(svg), 'svg'), imagePng: await store(storage, png, 'png') }
}

export function isPng(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 8)).equals(Buffer.from('89504e470d0a1a0a', 'hex'))
}

function startsAsMarkup(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 200).toString('utf8')
  return start
    .replace(/^\ufeff/, '')
    .trimStart()
    .startsWith('<')
}

/**
 * Every chunk whole and with its CRC, IEND the last, nothing behind it: decoders forgive more, but a credential
 * is written between the chunks. Source: PNG specification, section 5 (Datastream structure).
 */
function assertWholePng(bytes: Buffer): void {
  const broken = (why: string) => new Invalid({ path: '', code: 'png-broken', params: { why } })
  let at = 8
  for (let type = ''; type !== 'IEND'; ) {
    const end = at + 12 <= bytes.length ? at + 12 + bytes.readUInt32BE(at) : Number.POSITIVE_INFINITY
    if (end > bytes.length) throw broken('it is cut short')
    type = bytes.toString('latin1', at + 4, at + 8)
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) throw broken('a CRC is wrong')
    at = end
  }
  if (at < bytes.length) throw broken('something follows its end')
}

/** Decodes it whole, within a bound of pixels: a few kilobytes can claim gigabytes. */
async function assertReadablePng(bytes: Buffer): Promise<void> {
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_SIDE * MAX_SIDE, failOn: 'warning' })
    const { width, height } = await image.metadata()
    if (width > MAX_SIDE || height > MAX_SIDE) {
      throw new Invalid({ path: '', code: 'image-pixels', params: { max: MAX_SIDE } })
    }
    await image.stats()
  } catch (error) {
    if (error instanceof Invalid) throw error
    const message = String((error as Error).message)
    if (/pixel limit/.test(message))
      throw new Invalid({ path: '', code: 'image-pixels', params: { max: MAX_SIDE } })
    throw new Invalid({
      path: '',
      code: 'png-broken',
      params: { why: message.split('\n')[0]!.slice(0, 120) },
    })
  }
}

async function store(storage: Storage, bytes: Buffer, extension: 'png' | 'svg'): Promise<string> {
  const name = `${createHash('sha256').update(bytes).digest('hex')}.${extension}`
  await storage.put(`images/${name}`, bytes, extension === 'png' ? 'image/png' : 'image/svg+xml')
  return name
}
