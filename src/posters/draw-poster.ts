import type { PrintedImage } from '../images/for-print.ts'
import { PLAIN_ACCENT } from '../images/for-print.ts'
import { type Language, say } from '../messages.ts'
import { finishPdf, openPdf, PAGE, type Pdf } from '../pdf/document.ts'
import { drawQr } from '../pdf/draw-qr.ts'
import { readMarkdown } from '../pdf/markdown.ts'
import { drawText, plain, setText } from '../pdf/set-text.ts'
import { drawHead } from './draw-head.ts'
import { PHRASES } from './phrases.ts'

/** What stands on a poster. */
export interface Poster {
  readonly language: Language
  readonly name: string
  readonly description: string
  readonly issuer: string
  /** Markdown. */
  readonly criteria: string
  readonly evidenceExamples: readonly string[]
  readonly image: PrintedImage | undefined
  /** Where the QR code leads. */
  readonly url: string
  /** Can one ask for the badge there? */
  readonly isForm: boolean
  readonly contact: string
  readonly now: Date
}

const MARGIN = 44
const INNER = PAGE.width - 2 * MARGIN
const INK = '#1d2530'
const FAINT = '#55606e'
/** Of the foot, where the code is. */
const FOOT_TOP = 618

/** Draws a poster: one page A4, whatever the length of its texts. */
export async function drawPoster(poster: Poster): Promise<Buffer> {
  const { name, issuer, language, now } = poster
  const pdf = openPdf({ title: name, author: issuer, language, now })
  pdf.addPage()
  const top = drawHead(pdf, poster, { isCompact: poster.criteria.length > 800, margin: MARGIN })
  drawMiddle(pdf, poster, { top: top + 26, bottom: FOOT_TOP - 22 })
  drawFoot(pdf, poster)
  return finishPdf(pdf)
}

/** Criteria on the left and evidence on the right in the same size of type, or criteria alone. */
function drawMiddle(pdf: Pdf, poster: Poster, { top, bottom }: { top: number; bottom: number }): void {
  const { criteria, evidenceExamples, language } = poster
  const list = evidenceExamples.map((example) => `- ${example.replace(/\s+/g, ' ')}`).join('\n')
  const left = list === '' ? INNER : (INNER - GUTTER) * 0.6
  const height = bottom - top - 30
  const columns = [
    { title: PHRASES.criteria, text: criteria, x: MARGIN, width: left },
    { title: PHRASES.evidence, text: list, x: MARGIN + left + GUTTER, width: INNER - GUTTER - left },
  ].filter(({ text }) => text !== '')
  const fit = ({ text, width }: { text: string; width: number }, sizes: readonly number[]) =>
    setText(pdf, readMarkdown(text), { width, height, sizes })
  const size = Math.min(...columns.map((column) => fit(column, BODY).size))
  for (const column of columns) {
    drawTitle(pdf, say(column.title, language), { x: column.x, y: top, accent: accentOf(poster) })
    drawText(pdf, fit(column, [size]), { x: column.x, y: top + 30, colour: INK })
  }
}

const GUTTER = 34
const BODY = [19, 17.5, 16, 15, 14, 13, 12, 11, 10, 9.5]

function drawTitle(pdf: Pdf, text: string, { x, y, accent }: { x: number; y: number; accent: string }): void {
  drawText(pdf, setText(pdf, plain(text, 'bold'), { width: INNER, height: 24, sizes: [15] }), {
    x,
    y,
    colour: accent,
  })
}

/** The way to the badge: the code, its address in words, and whom to ask. */
function drawFoot(pdf: Pdf, poster: Poster): void {
  const { url, language, isForm, contact, issuer } = poster
  const accent = accentOf(poster)
  pdf.rect(0, FOOT_TOP, PAGE.width, PAGE.height - FOOT_TOP).fill('#f1f4f7')
  pdf.rect(0, FOOT_TOP, PAGE.width, 3).fill(accent)
  const card = { x: MARGIN, y: FOOT_TOP + 27, side: 156 }
  pdf.roundedRect(card.x, card.y, card.side, card.side, 10).fill('#ffffff')
  drawQr(pdf, url, { x: card.x + 15, y: card.y + 15, side: card.side - 30 })

  const x = card.x + card.side + 26
  const width = PAGE.width - MARGIN - x
  let y = card.y
  const write = (text: string, style: { height: number; sizes: number[]; font?: 'bold'; colour: string }) => {
    const set = setText(pdf, plain(text, style.font), { width, height: style.height, sizes: style.sizes })
    drawText(pdf, set, { x, y, colour: style.colour })
    y += set.height
  }
  write(say(isForm ? PHRASES.ask : PHRASES.learn, language), {
    height: 36,
    sizes: [25, 22, 20],
    font: 'bold',
    colour: accent,
  })
  y += 3
  write(say(PHRASES.scan, language), { height: 36, sizes: [11.5], colour: INK })
  y += 2
  write(url.replace(/^https?:\/\//, ''), { height: 44, sizes: [11.5, 10.5, 9.5], font: 'bold', colour: INK })
  y = Math.max(y + 6, card.y + 122)
  const question = say(PHRASES.question, language)
  write(`${question} ${contact}`, { height: 34, sizes: [11.5, 10.5, 9.5], colour: INK })
  const by = setText(pdf, plain(say(PHRASES.issuedBy, language, { issuer })), {
    width: INNER,
    height: 14,
    sizes: [8.5],
  })
  drawText(pdf, by, { x: MARGIN, y: PAGE.height - 26, colour: FAINT, centredIn: INNER })
}

function accentOf({ image }: Poster): string {
  return image?.accent ?? PLAIN_ACCENT
}
