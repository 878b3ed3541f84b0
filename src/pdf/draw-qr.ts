import { type QrModules, qrModules } from '../images/qr.ts'
import type { Pdf } from './document.ts'

/** Draws a QR code with lines of its own, sharp at any size; a quiet zone is the caller's. */
export function drawQr(pdf: Pdf, text: string, { x, y, side }: { x: number; y: number; side: number }): void {
  const { size, runs }: QrModules = qrModules(text)
  const square = side / size
  for (const run of runs) pdf.rect(x + run.x * square, y + run.y * square, run.length * square, square)
  pdf.fill('#000000')
}
