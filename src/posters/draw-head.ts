import { PLAIN_ACCENT } from '../images/for-print.ts'
import { PAGE, type Pdf } from '../pdf/document.ts'
import { drawText, plain, setText } from '../pdf/set-text.ts'
import type { Poster } from './draw-poster.ts'

const WHITE = '#ffffff'
/** How far the band hangs down in its middle. */
const CURVE = 22
const SHIELD = 'M16 2C20 4 25 4.5 29 4V17C29 25 23 30 16 34 9 30 3 25 3 17V4C7 4.5 12 4 16 2Z'

/**
 * Draws the band at the top: who issues it, the picture, the name. Its picture is large, or beside the name where
 * the text below needs the room.
 * @returns where the band ends
 */
export function drawHead(
  pdf: Pdf,
  poster: Poster,
  { isCompact, margin }: { isCompact: boolean; margin: number },
): number {
  return isCompact ? drawCompact(pdf, poster, margin) : drawLarge(pdf, poster, margin)
}

function drawLarge(pdf: Pdf, poster: Poster, margin: number): number {
  const width = PAGE.width - 2 * margin
  const card = { x: (PAGE.width - 186) / 2, y: 62, side: 186 }
  const name = setText(pdf, plain(poster.name, 'bold'), {
    width,
    height: 84,
    sizes: [36, 32, 28, 24, 21, 18, 15],
  })
  const said = setText(pdf, plain(poster.description), {
    width: width - 20,
    height: 50,
    sizes: [14, 12.5, 11.5],
  })
  const y = card.y + card.side + 16
  const end = y + name.height + said.height + 18
  drawBand(pdf, poster, end)
  const issuer = setText(pdf, plain(poster.issuer, 'bold'), { width, height: 20, sizes: [13, 11, 9.5] })
  drawText(pdf, issuer, { x: margin, y: 26, colour: WHITE, centredIn: width })
  drawPicture(pdf, poster, card)
  drawText(pdf, name, { x: margin, y, colour: WHITE, centredIn: width })
  drawText(pdf, said, { x: margin, y: y + name.height + 4, colour: WHITE, centredIn: width })
  return end + CURVE
}

function drawCompact(pdf: Pdf, poster: Poster, margin: number): number {
  const card = { x: margin, y: 36, side: 132 }
  const x = card.x + card.side + 24
  const width = PAGE.width - margin - x
  const issuer = setText(pdf, plain(poster.issuer, 'bold'), { width, height: 18, sizes: [12, 10.5, 9] })
  const name = setText(pdf, plain(poster.name, 'bold'), {
    width,
    height: 72,
    sizes: [30, 26, 22, 19, 16, 14],
  })
  const said = setText(pdf, plain(poster.description), { width, height: 50, sizes: [12.5, 11.5, 10.5] })
  const end = card.y + card.side + 16
  drawBand(pdf, poster, end)
  drawPicture(pdf, poster, card)
  let y = card.y + (card.side - issuer.height - name.height - said.height - 6) / 2
  for (const text of [issuer, name, said]) {
    drawText(pdf, text, { x, y, colour: WHITE })
    y += text.height + 3
  }
  return end + CURVE
}

function drawBand(pdf: Pdf, { image }: Poster, end: number): void {
  pdf
    .moveTo(0, 0)
    .lineTo(PAGE.width, 0)
    .lineTo(PAGE.width, end)
    // A quadratic curve reaches half as far as its control point.
    .quadraticCurveTo(PAGE.width / 2, end + 2 * CURVE, 0, end)
    .fill(image?.accent ?? PLAIN_ACCENT)
}

/** The badge on white, or a shield with its initial. */
function drawPicture(
  pdf: Pdf,
  { image, name }: Poster,
  { x, y, side }: { x: number; y: number; side: number },
): void {
  if (image) {
    pdf.roundedRect(x, y, side, side, side / 9).fill(WHITE)
    const inset = side / 14
    const room = side - 2 * inset
    pdf.image(image.jpeg, x + inset, y + inset, { fit: [room, room], align: 'center', valign: 'center' })
    return
  }
  pdf
    .save()
    .translate(x, y)
    .scale(side / 36)
    .translate(2, 0)
    .path(SHIELD)
    .fill(WHITE)
    .restore()
  const initial = setText(pdf, plain((/[\p{L}\p{N}]/u.exec(name)?.[0] ?? '').toUpperCase(), 'bold'), {
    width: side,
    height: side,
    sizes: [side * 0.42],
  })
  drawText(pdf, initial, { x, y: y + side * 0.2, colour: PLAIN_ACCENT, centredIn: side })
}
