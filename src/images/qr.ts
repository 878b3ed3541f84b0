import QRCode from 'qrcode'
import sharp from 'sharp'

/** Bears a scratch or a fold: 15 % of it may be lost. */
const LEVEL = 'M'
/** Modules of white around it (ISO/IEC 18004, section 5.3.8). */
const QUIET_ZONE = 4

/** A QR code as black and white squares, without a quiet zone. */
export interface QrModules {
  /** Squares on each side. */
  readonly size: number
  /** Runs of black squares, row by row. */
  readonly runs: readonly { readonly x: number; readonly y: number; readonly length: number }[]
}

/** @param text 2,300 bytes at most */
export async function qrSvg(text: string): Promise<string> {
  return QRCode.toString(text, { type: 'svg', errorCorrectionLevel: LEVEL, margin: QUIET_ZONE })
}

/**
 * Drawn by other threads: in this one it would keep everybody waiting.
 * @param pixels of each side at most, its quiet zone included: each square has the same whole number of them
 */
export async function qrPng(text: string, pixels: number): Promise<Buffer> {
  const { size, runs } = qrModules(text)
  const side = size + 2 * QUIET_ZONE
  const squares = Buffer.alloc(side * side, 0xff)
  for (const { x, y, length } of runs) {
    const at = (y + QUIET_ZONE) * side + x + QUIET_ZONE
    squares.fill(0, at, at + length)
  }
  const scaled = side * Math.max(1, Math.floor(pixels / side))
  return sharp(squares, { raw: { width: side, height: side, channels: 1 } })
    .resize(scaled, scaled, { kernel: 'nearest' })
    .png()
    .toBuffer()
}

/** For whoever draws it by other means. */
export function qrModules(text: string): QrModules {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: LEVEL }).modules
  const isDark = (x: number, y: number) => x < size && data[y * size + x] === 1
  const runs = []
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!isDark(x, y)) continue
      let length = 1
      while (isDark(x + length, y)) length++
      runs.push({ x, y, length })
      x += length
    }
  }
  return { size, runs }
}
