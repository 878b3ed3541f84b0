import { setImmediate } from 'node:timers/promises'
import { finishPdf, openPdf, PAGE, type Pdf } from '../pdf/document.ts'
import { drawQr } from '../pdf/draw-qr.ts'
import { drawText, plain, setText } from '../pdf/set-text.ts'
import type { PrintableCode } from './printable.ts'

const COLUMNS = 3
const ROWS = 7
const MARGIN = 28
const CELL = { width: (PAGE.width - 2 * MARGIN) / COLUMNS, height: (PAGE.height - 2 * MARGIN) / ROWS }
const QR_SIDE = 74
const INK = '#1d2530'
const FAINT = '#55606e'

interface Sheet {
  readonly name: string
  readonly issuer: string
  readonly language: string
  readonly codes: readonly PrintableCode[]
  readonly now: Date
}

/** Draws cards to be cut out, 21 on a page A4: the QR code, the badge's name, the code in letters. */
export async function drawSheet({ name, issuer, language, codes, now }: Sheet): Promise<Buffer> {
  const pdf = openPdf({ title: name, author: issuer, language, now })
  const perPage = COLUMNS * ROWS
  for (let from = 0; from < codes.length; from += perPage) {
    pdf.addPage()
    drawCutLines(pdf)
    codes.slice(from, from + perPage).forEach((code, i) => {
      const x = MARGIN + (i % COLUMNS) * CELL.width
      const y = MARGIN + Math.floor(i / COLUMNS) * CELL.height
      drawCard(pdf, code, { x, y, name })
    })
    // Hundreds of pages take seconds, in which others are to be answered too.
    await setImmediate()
  }
  return finishPdf(pdf)
}

function drawCutLines(pdf: Pdf): void {
  for (let column = 0; column <= COLUMNS; column++) {
    const x = MARGIN + column * CELL.width
    pdf.moveTo(x, MARGIN).lineTo(x, PAGE.height - MARGIN)
  }
  for (let row = 0; row <= ROWS; row++) {
    const y = MARGIN + row * CELL.height
    pdf.moveTo(MARGIN, y).lineTo(PAGE.width - MARGIN, y)
  }
  pdf.lineWidth(0.5).dash(3, { space: 3 }).stroke('#a9b2bd').undash()
}

function drawCard(
  pdf: Pdf,
  { number, code, url }: PrintableCode,
  { x, y, name }: { x: number; y: number; name: string },
): void {
  const inset = 11
  drawQr(pdf, url, { x: x + inset, y: y + inset, side: QR_SIDE })
  const left = x + inset + QR_SIDE + 11
  const width = x + CELL.width - 8 - left
  const title = setText(pdf, plain(name, 'bold'), { width, height: 58, sizes: [11, 10, 9, 8, 7] })
  drawText(pdf, title, { x: left, y: y + inset - 1, colour: INK })
  pdf
    .font('regular', 7)
    .fillColor(FAINT)
    .text(String(number), left, y + inset + QR_SIDE - 8, { lineBreak: false })
  pdf.font('mono', 12.5).fillColor(INK)
  const middle = x + (CELL.width - pdf.widthOfString(code)) / 2
  pdf.text(code, middle, y + CELL.height - 20, { lineBreak: false })
}
