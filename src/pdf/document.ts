import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'

/** A document that is being drawn, in points (1/72 inch) from the top left. */
export type Pdf = PDFKit.PDFDocument

/** A4, upright. */
export const PAGE = { width: 595.28, height: 841.89 } as const

/** The same letters on every machine and every printer: the fonts come with the project and go into the file. */
export type Font = 'regular' | 'bold' | 'italic' | 'mono'
const folder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
const FONTS: Record<Font, string> = {
  regular: join(folder, 'DejaVuSans.ttf'),
  bold: join(folder, 'DejaVuSans-Bold.ttf'),
  italic: join(folder, 'DejaVuSans-Oblique.ttf'),
  mono: join(folder, 'DejaVuSansMono-Bold.ttf'),
}

/** What readers and search machines are told of a document. */
export interface PdfInfo {
  readonly title: string
  readonly author: string
  readonly language: string
  readonly now: Date
}

/** Opens a document without pages; whoever adds a page fills it himself, nothing flows onto the next. */
export function openPdf({ title, author, language, now }: PdfInfo): Pdf {
  const pdf = new PDFDocument({
    autoFirstPage: false,
    size: 'A4',
    margin: 0,
    lang: language,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: title, Author: author, Creator: 'Écusson', Producer: 'Écusson', CreationDate: now },
  })
  for (const [name, file] of Object.entries(FONTS)) pdf.registerFont(name, file)
  return pdf
}

/** The whole document, whose pages are all drawn. */
export function finishPdf(pdf: Pdf): Promise<Buffer> {
  pdf.end()
  return buffer(pdf)
}
