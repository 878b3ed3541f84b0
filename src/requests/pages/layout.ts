import { createHash } from 'node:crypto'
import type { Language } from '../../messages.ts'
import { Html, html } from './html.ts'

/** A page, and the Content-Security-Policy that it is sent with. */
export interface Page {
  readonly language: Language
  readonly markup: string
  readonly policy: string
}

const STYLE = `
*{box-sizing:border-box}
body{margin:0;padding:16px 12px 40px;background:#f3f4f6;color:#1f2937;font:18px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
main{max-width:620px;margin:0 auto;padding:20px 18px 28px;background:#fff;border-radius:12px}
h1{margin:0 0 16px;font-size:26px;line-height:1.25}
h2{margin:32px 0 10px;font-size:20px;line-height:1.3}
p,ul,dl,blockquote,.note,.fault{margin:0 0 16px}
form{margin-top:24px}
ul{padding-left:22px}
.sender,.soft{color:#4b5563;font-size:16px}
.soft{margin:0 0 8px}
.badge{display:block;width:110px;height:auto;margin:0 0 16px}
.note{padding:12px 14px;background:#eff6ff;border-left:4px solid #1d4ed8;border-radius:4px}
.fault{padding:12px 14px;background:#fff1f2;border-left:4px solid #9f1239;border-radius:4px}
.fault ul,.fault p:last-child,.note p:last-child{margin-bottom:0}
blockquote{padding:12px 14px;background:#f3f4f6;border-radius:8px;white-space:pre-line}
dt{color:#4b5563;font-size:16px}
dd{margin:0 0 12px;white-space:pre-line}
label{font-weight:600}
textarea{display:block;width:100%;margin:6px 0 16px;padding:12px;border:2px solid #6b7280;border-radius:8px;color:inherit;background:#fff;font:inherit;resize:vertical}
fieldset{margin:0 0 16px;padding:14px;border:1px solid #9ca3af;border-radius:8px}
fieldset textarea{margin-bottom:0}
fieldset .small{font-weight:400;font-size:16px;color:#4b5563}
.tick{display:flex;gap:12px;align-items:flex-start;min-height:44px;padding:6px 0;cursor:pointer}
.tick input{flex:none;width:26px;height:26px;margin:1px 0 0}
button,.button{display:block;width:100%;min-height:56px;margin:0 0 14px;padding:14px 18px;border:2px solid #1d4ed8;border-radius:10px;background:#fff;color:#1d4ed8;font:inherit;font-weight:700;text-align:center;text-decoration:none;cursor:pointer}
button.chosen{background:#1d4ed8;color:#fff}
button.grave{border-color:#9f1239;color:#9f1239}
button.none{position:absolute;min-height:0;width:1px;height:1px;margin:0;padding:0;border:0;overflow:hidden;clip-path:inset(50%)}
.note+button{margin-top:18px}
a{color:#1d4ed8}
.files{padding:0;list-style:none}
.files a{display:block;min-height:48px;padding:11px 14px;margin:0 0 8px;border:1px solid #9ca3af;border-radius:8px}
:focus-visible{outline:3px solid #b45309;outline-offset:2px}
`

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
  body,
}: {
  language: Language
  title: string
  /** The issuer, where the page knows it. */
  sender?: string | undefined
  /** A file of /images. It says nothing that the text does not, so it has no words of its own. */
  image?: string | null | undefined
  body: Html
}): Page {
  const { markup } = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
${sender !== undefined && html`<p class="sender">${sender}</p>`}
${typeof image === 'string' && html`<img class="badge" src="/images/${image}" alt="" width="110" height="110">`}
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`
  return { language, markup, policy: POLICY }
}
