import QRCode from 'qrcode'

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

/** @param pixels of each side, its quiet zone included */
export async function qrPng(text: string, pixels: number): Promise<Buffer> {
  return QRCode.toBuffer(text, {
    type: 'png',
    errorCorrectionLevel: LEVEL,
    margin: QUIET_ZONE,
    width: pixels,
  })
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
