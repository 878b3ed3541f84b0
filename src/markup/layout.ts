import { createHash } from 'node:crypto'
import type { Language } from '../messages.ts'
import { Html, html } from './html.ts'
import { STYLE } from './style.ts'

/** A page, and the Content-Security-Policy that it is sent with. */
export interface Page {
  readonly language: Language
  readonly markup: string
  readonly policy: string
}

/** Nothing runs and nothing loads but the badge's picture; forms go back to us alone. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "img-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

/** A whole page: one style sheet, no script, made for a telephone. */
export function drawPage({
  language,
  title,
  sender,
  image,
  isLarge = false,
  body,
}: {
  language: Language
  title: string
  /** The issuer, where the page knows it. */
  sender?: string | undefined
  /** A file of /images. It says nothing that the text does not, so it has no words of its own. */
  image?: string | null | undefined
  /** The image is what the page is about. */
  isLarge?: boolean
  body: Html
}): Page {
  const { markup } = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
${sender !== undefined && html`<p class="sender">${sender}</p>`}
${typeof image === 'string' && html`<img class="${isLarge && 'large '}badge" src="/images/${image}" alt="" width="110" height="110">`}
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`
  return { language, markup, policy: POLICY }
}
