import { inflateSync } from 'node:zlib'

/** How many pages a PDF has. */
export function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0
}

/** What the pages of a PDF say, one after the other: its fonts tell which letter each glyph is (ToUnicode). */
export function textOf(pdf: Buffer): string {
  const objects = objectsOf(pdf)
  const fonts = new Map<string, Map<number, string>>()
  for (const { head } of objects.values()) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(head)
    if (!map) continue
    const letters = lettersOf(objects.get(map[1]!)!.body)
    for (const page of objects.values()) {
      for (const [, name, id] of page.head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
        if (objects.get(id!)?.head === head) fonts.set(name!, letters)
      }
    }
  }
  const pages = [...objects.values()].filter(({ body }) => /\bTf\b/.test(body))
  return pages.map(({ body }) => readPage(body, fonts)).join('\f')
}

interface PdfObject {
  readonly head: string
  readonly body: string
}

function objectsOf(pdf: Buffer): Map<string, PdfObject> {
  const text = pdf.toString('latin1')
  const found = text.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)(?:\nstream\n([\s\S]*?)\nendstream)?\nendobj/g)
  return new Map(
    [...found].map(([, id, head, stream = '']) => {
      const isPacked = head!.includes('/FlateDecode') && stream !== ''
      const body = isPacked ? inflateSync(Buffer.from(stream, 'latin1')).toString('latin1') : stream
      return [id!, { head: head!, body }]
    }),
  )
}

/** The `bfrange` lists that pdfkit writes: glyphs from a first to a last one, each with its UTF-16. */
function lettersOf(map: string): Map<number, string> {
  const letters = new Map<number, string>()
  for (const [, from, list] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi)) {
    const texts = list!.match(/<[^>]*>/g) ?? []
    for (const [i, text] of texts.entries()) {
      const units = text.slice(1, -1).replaceAll(' ', '').match(/.{4}/g) ?? []
      letters.set(
        Number.parseInt(from!, 16) + i,
        String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))),
      )
    }
  }
  return letters
}

function readPage(page: string, fonts: Map<string, Map<number, string>>): string {
  let letters = new Map<number, string>()
  const pieces: string[] = []
  for (const [, font, glyphs] of page.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font) letters = fonts.get(font) ?? new Map()
    const codes = [...(glyphs ?? '').matchAll(/<([^>]*)>/g)].flatMap(([, hex]) => hex!.match(/.{4}/g) ?? [])
    if (glyphs) pieces.push(codes.map((code) => letters.get(Number.parseInt(code, 16)) ?? '?').join(''))
  }
  return pieces.join(' ')
}
