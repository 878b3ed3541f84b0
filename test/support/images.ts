import { crc32 } from 'node:zlib'
import sharp from 'sharp'

/** An SVG around some markup. */
export function svg(inside: string): string {
  const names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
  return `<svg ${names} viewBox="0 0 100 100">${inside}</svg>`
}

export function isSvg(bytes: Buffer | string): boolean {
  return bytes.toString().trimStart().startsWith('<')
}

/** A PNG of one colour. */
export function png(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#2b6cb0' } })
    .png()
    .toBuffer()
}

/** The same PNG with another size in its header, and the right CRC for it. */
export function claimsSize(bytes: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt32BE(width, 16)
  copy.writeUInt32BE(height, 20)
  copy.writeUInt32BE(crc32(copy.subarray(12, 29)), 29)
  return copy
}

/** The same PNG with pixels that do not unpack, and the right CRC for them. */
export function withBrokenPixels(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const at = copy.indexOf('IDAT')
  const end = at + 4 + copy.readUInt32BE(at - 4)
  copy.fill(0xaa, at + 8, end)
  copy.writeUInt32BE(crc32(copy.subarray(at, end)), end)
  return copy
}
