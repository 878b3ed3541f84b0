import { FIGURE_KEYS, type FigureKey, figureOf, type Grade, gradeOf, scoreOf } from './figures.ts'
import { sayMachine } from './machine.ts'
import { type Run, sayValue } from './report.ts'

const WIDTH = 860
const ROW = 46
const TOP = 84
const BOTTOM = 52
/** Where the bars start, and where they may end. */
const LEFT = 356
const RIGHT = 740
/** Scores beyond this are drawn to the edge. */
const MAX_SCORE = 4

// A card of its own, with colours for both themes: readable wherever it is shown.
const STYLE = `
  text { font: 14px system-ui, 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif; fill: #1f2328 }
  .title { font-size: 17px; font-weight: 600 } .value { font-weight: 600 } .small { font-size: 12px; fill: #59636e }
  .card { fill: #ffffff; stroke: #d1d9e0 } .goal { stroke: #1f2328; stroke-width: 1.5 }
  .stretch { fill: #1a7f37 } .met { fill: #0969da } .missed { fill: #bc4c00 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .small { fill: #9198a1 } .card { fill: #0d1117; stroke: #3d444d }
    .goal { stroke: #f0f6fc } .stretch { fill: #3fb950 } .met { fill: #4493f8 } .missed { fill: #db6d28 }
  }`

/** The figures as bars of one scale: how often each is as good as its bar asks. @returns SVG */
export function drawChart(run: Run): string {
  const measured = FIGURE_KEYS.flatMap((key) => {
    const result = run.results[key]
    return result ? [{ key, value: result.value }] : []
  })
  const end = TOP + measured.length * ROW
  const height = end + BOTTOM
  const rows = measured.map(({ key, value }, index) => drawRow(key, value, TOP + index * ROW))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title">
<title id="title">Figures of npm run bench, beside what each is compared to</title>
<style>${STYLE}
</style>
<rect class="card" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
<text class="title" x="20" y="34">npm run bench${run.quick ? ' -- --quick' : ''}</text>
<text class="small" x="20" y="56">Each figure beside what it is compared to, in one run.</text>
<text class="small" x="${x(1)}" y="${TOP - 14}" text-anchor="middle">goal</text>
${rows.join('\n')}
<line class="goal" x1="${x(1)}" y1="${TOP - 8}" x2="${x(1)}" y2="${end - 6}"/>
${drawLegend(end + 20)}
<text class="small" x="20" y="${end + 30}">${escapeXml(sayMachine(run.machine))}</text>
</svg>
`
}

function drawRow(key: FigureKey, value: number, y: number): string {
  const { title, against, bar, stretch, better } = figureOf(key)
  const end = x(scoreOf(key, value))
  return `<text x="20" y="${y + 15}">${escapeXml(title)}</text>
<text class="small" x="20" y="${y + 32}">${escapeXml(against)}</text>
<rect class="${gradeOf(key, value)}" x="${LEFT}" y="${y + 6}" width="${(end - LEFT).toFixed(1)}" height="22" rx="3"/>
${drawDiamond(x(scoreOf(key, stretch)), y + 17)}
<text class="value" x="${RIGHT + 16}" y="${y + 15}">${escapeXml(sayValue(key, value))}</text>
<text class="small" x="${RIGHT + 16}" y="${y + 32}">goal ${better === 'higher' ? '≥' : '≤'} ${bar}</text>`
}

function drawDiamond(centre: number, y: number): string {
  return `<path class="goal" fill="none" d="M${centre} ${y - 6}l6 6-6 6-6-6z"/>`
}

function drawLegend(y: number): string {
  const entries: [Grade, string][] = [
    ['missed', 'missed'],
    ['met', 'met'],
    ['stretch', 'beyond ◇'],
  ]
  return entries
    .map(([grade, text], index) => {
      const left = RIGHT - 190 + index * 84
      return `<rect class="${grade}" x="${left}" y="${y}" width="12" height="12" rx="3"/><text class="small" x="${left + 18}" y="${y + 10}">${text}</text>`
    })
    .join('\n')
}

function x(score: number): number {
  const share = Math.min(score, MAX_SCORE) / MAX_SCORE
  return Math.round((LEFT + share * (RIGHT - LEFT)) * 10) / 10
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
