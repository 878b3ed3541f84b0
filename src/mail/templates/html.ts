import type { Part } from './letter.ts'
import type { Finished } from './render.ts'

/** What mail clients keep are inline styles; those that know dark mode read this, and it wins by !important. */
const DARK = `@media (prefers-color-scheme: dark) {
.page { background: #111827 !important }
.card { background: #1f2937 !important; color: #f3f4f6 !important }
.soft { color: #d1d5db !important }
.quote { background: #374151 !important; border-color: #93c5fd !important }
.link { color: #93c5fd !important }
}`

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
const STYLES = {
  body: 'margin:0;padding:0;background:#f3f4f6',
  page: 'padding:16px 12px 32px;background:#f3f4f6',
  card: `max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:12px;font-family:${FONT};font-size:18px;line-height:1.55;color:#1f2937;overflow-wrap:anywhere`,
  sender: 'margin:0 0 16px;font-size:15px;color:#4b5563',
  title: 'margin:0 0 20px;font-size:26px;line-height:1.25;font-weight:700',
  paragraph: 'margin:0 0 18px',
  quote:
    'margin:0 0 18px;padding:14px 16px;background:#eff6ff;border-left:4px solid #1d4ed8;border-radius:4px',
  heading: 'margin:30px 0 10px;font-size:20px;line-height:1.3;font-weight:700',
  code: 'margin:0 0 18px;padding:14px 16px;background:#eff6ff;border-radius:8px;font-size:32px;font-weight:700;letter-spacing:6px;text-align:center',
  action: 'margin:26px 0 12px',
  button:
    'display:block;padding:16px 20px;background:#1d4ed8;color:#ffffff;border-radius:10px;font-size:19px;font-weight:700;text-align:center;text-decoration:none',
  below: 'margin:0 0 24px;font-size:14px;line-height:1.45;color:#4b5563',
  link: 'color:#1d4ed8',
  image: 'display:block;width:180px;max-width:60%;height:auto;margin:0 auto 22px',
  footer:
    'max-width:560px;margin:16px auto 0;padding:0 24px;font-size:14px;line-height:1.45;color:#4b5563;overflow-wrap:anywhere',
}

/** A letter as HTML: blocks below each other, no tables, no script, nothing from elsewhere but the badge's picture. */
export function drawHtml(letter: Finished): string {
  const { language, subject, title, parts, sender, footer } = letter
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${DARK}</style>
</head>
<body class="page" style="${STYLES.body}">
<div class="page" lang="${language}" style="${STYLES.page}">
<div class="card" style="${STYLES.card}">
<p class="soft" style="${STYLES.sender}">${escapeHtml(sender)}</p>
<h1 style="${STYLES.title}">${escapeHtml(title)}</h1>
${parts.map((part) => drawPart(part, letter)).join('\n')}
</div>
<p class="soft" style="${STYLES.footer};font-family:${FONT}">${escapeHtml(footer)}</p>
</div>
</body>
</html>
`
}

function drawPart(part: Part, { copyLink }: Finished): string {
  if (typeof part === 'string') return `<p style="${STYLES.paragraph}">${escapeHtml(part)}</p>`
  if ('heading' in part) return `<h2 style="${STYLES.heading}">${escapeHtml(part.heading)}</h2>`
  if ('code' in part) {
    return `<p class="quote" style="${STYLES.code}">${escapeHtml(part.code)}</p>`
  }
  if ('quote' in part) {
    const lines = escapeHtml(part.quote).replaceAll('\n', '<br>\n')
    return `<blockquote class="quote" style="${STYLES.quote}">${lines}</blockquote>`
  }
  if ('image' in part) {
    return `<img src="${escapeHtml(part.image)}" alt="${escapeHtml(part.alt)}" width="180" style="${STYLES.image}">`
  }
  const url = escapeHtml(part.url)
  if ('link' in part) {
    const text = escapeHtml(part.link)
    return `<p style="${STYLES.paragraph}"><a class="link" href="${url}" style="${STYLES.link}">${text}</a></p>`
  }
  return `<p style="${STYLES.action}"><a href="${url}" style="${STYLES.button}">${escapeHtml(part.button)}</a></p>
<p class="soft" style="${STYLES.below}">${escapeHtml(copyLink)}<br>
<a class="link" href="${url}" style="${STYLES.link}">${url}</a></p>`
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}
