import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Attr, DOMParser, type Element, type Node } from '@xmldom/xmldom'
import sharp from 'sharp'
import t from 'tap'
import { plainShield } from '../../src/delivery/baking/plain-shield.ts'
import { rasterize } from '../../src/images/rasterize.ts'
import { ATTRIBUTES, ELEMENTS, isHarmlessCss } from '../../src/images/svg-rules.ts'
import { award, createBadge, createDraft, createTenant } from '../support/factories.ts'
import { png, svg } from '../support/images.ts'
import { caller, startService } from '../support/service.ts'

const service = await startService(t)
const stranger = caller(service.app)
const tenant = await createTenant(service.app)

/** Puts an image on a new draft and fetches it like a stranger. */
async function served(bytes: Buffer | string, type = 'image/svg+xml') {
  const { id } = await createDraft(tenant)
  const put = await tenant.call('PUT', `/v1/badge-classes/${id}/image`, bytes, { 'content-type': type })
  if (put.status !== 200) throw new Error(put.text)
  return stranger('GET', new URL(put.body.imageUrl).pathname)
}

const NAMESPACES = ['http://www.w3.org/2000/svg', 'http://www.w3.org/1999/xlink']

/** Everything in a stored SVG that is not on the list. */
function strangeThings(text: string): string[] {
  if (/<!|<\?/.test(text.replaceAll('<![CDATA[', ''))) return ['a declaration, comment or instruction']
  const document = new DOMParser().parseFromString(text, 'image/svg+xml')
  return [...document.getElementsByTagName('*')].flatMap((element) => [
    ...(element.namespaceURI === NAMESPACES[0] && ELEMENTS.has(element.localName!) ? [] : [element.nodeName]),
    ...[...element.attributes].filter((attribute) => !isAllowed(attribute)).map(({ name }) => name),
    ...[...element.childNodes].filter((node: Node) => ![1, 3, 4].includes(node.nodeType)).map(String),
    ...(element.localName === 'style' && !isPlainStyle(element) ? ['a style that loads'] : []),
  ])
}

function isAllowed({ namespaceURI, localName, name, value }: Attr): boolean {
  if (name === 'xmlns' || name.startsWith('xmlns:')) return NAMESPACES.includes(value)
  if (name === 'href' || name === 'xlink:href') return value.startsWith('#')
  return name === 'xml:space' || (!namespaceURI && ATTRIBUTES.has(localName!) && isHarmlessCss(value))
}

const isPlainStyle = (style: Element) =>
  isHarmlessCss(style.textContent!) && [...style.childNodes].every((node) => node.nodeType !== 1)

const examples = ['catalogue/images', 'event'].flatMap((folder) => {
  const path = join(import.meta.dirname, '../../examples', folder)
  return readdirSync(path)
    .filter((file) => file.endsWith('.svg'))
    .map((file) => join(path, file))
})

t.test('every image of the examples is taken and keeps nothing strange', async (t) => {
  t.ok(examples.length >= 15)
  for (const file of examples) {
    const image = await served(readFileSync(file))
    t.equal(image.status, 200, basename(file))
    t.strictSame(strangeThings(image.text), [])
  }
})

const INKSCAPE = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<?xml-stylesheet href="https://e.example/a.css"?>
<svg width="50mm" height="50mm" viewBox="0 0 50 50" version="1.1" id="svg5" inkscape:version="1.3 (0e150ed)"
  sodipodi:docname="insigne.svg" xml:base="https://e.example/" data-name="Calque 1"
  xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns="http://www.w3.org/2000/svg"
  xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
  <sodipodi:namedview id="base" pagecolor="#ffffff"><inkscape:grid type="xygrid"/></sodipodi:namedview>
  <metadata><rdf:RDF><cc:Work rdf:about=""><dc:title>Insigne</dc:title></cc:Work></rdf:RDF></metadata>
  <defs id="defs2">
    <linearGradient id="a"><stop style="stop-color:#2b6cb0;stop-opacity:1" offset="0"/><stop offset="1"/></linearGradient>
    <linearGradient id="b" xlink:href="#a" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="50" y2="0"/>
    <path id="rect9" d="M5 5h9v9z"/>
  </defs>
  <g inkscape:label="Calque 1" inkscape:groupmode="layer" id="layer1">
    <circle style="fill:url(#b);stroke:none" cx="25" cy="25" r="20" inkscape:connector-curvature="0"/>
    <use xlink:href="#rect9" xlink:title="Coin" x="0" y="0" width="100%" height="100%"/>
    <text xml:space="preserve" x="10" y="30" sodipodi:linespacing="125%"><tspan sodipodi:role="line">Éé</tspan></text>
  </g>
</svg>`

t.test('what a drawing program notes for itself is left out, and the drawing stays', async (t) => {
  const { text } = await served(INKSCAPE)
  t.strictSame(strangeThings(text), [])
  t.notMatch(text, /inkscape|sodipodi|rdf|metadata|DOCTYPE|xml-stylesheet|e\.example|Created with|data-name/i)
  for (const kept of [
    'xlink:href="#a"',
    'fill:url(#b)',
    'xlink:href="#rect9"',
    '>Éé<',
    'viewBox="0 0 50 50"',
  ]) {
    t.ok(text.includes(kept), kept)
  }
})

const HARMLESS: Record<string, string> = {
  'a link inside the image': '<use href="#a"/><g id="a"><title>Titre</title></g>',
  'a style':
    '<style>.a{fill:url(#g)} .b{stroke:#fff;mask:url("#m")}</style><rect class="a b" width="9" height="9"/>',
  'a style in CDATA': '<style type="text/css"><![CDATA[.a{fill:#fff}]]></style>',
  'text with signs of markup': '<text>&lt;script&gt; &amp; ]]&gt; « œ » 🏅</text>',
  'text in CDATA': '<text><![CDATA[</text><script>alert(1)</script>]]></text>',
  'an attribute with signs of markup': '<g aria-label="&quot;&gt;&lt;script&gt;"/>',
  'a clip path, a mask and a filter':
    '<clipPath id="c"><rect width="9" height="9"/></clipPath><filter id="f"><feGaussianBlur stdDeviation="1"/></filter><g clip-path="url(#c)" filter="url(\'#f\')"/>',
}
for (const [name, inside] of Object.entries(HARMLESS)) {
  t.test(`taken as it is: ${name}`, async (t) => {
    const { text } = await served(svg(inside))
    t.strictSame(strangeThings(text), [])
    const texts = (source: string) =>
      [...new DOMParser().parseFromString(source, 'image/svg+xml').getElementsByTagName('*')].map(
        (element) => `${element.nodeName}: ${element.textContent}`,
      )
    t.strictSame(texts(text), texts(svg(inside)))
  })
}

t.test('an image is served by its hash: its type, no scripts, kept for ever', async (t) => {
  const forms = [
    ['image/svg+xml', svg('<circle r="5"/>')],
    ['image/png', await png(20, 10)],
  ] as const
  for (const [type, bytes] of forms) {
    const image = await served(bytes, type)
    t.equal(image.headers['content-type'], type)
    t.equal(image.headers['x-content-type-options'], 'nosniff')
    t.match(image.headers['content-security-policy'], /default-src 'none'.*sandbox/)
    t.notMatch(image.headers['content-security-policy'], /script|allow/)
    t.equal(image.headers['cache-control'], 'public, max-age=31536000, immutable')
    t.equal(image.headers['access-control-allow-origin'], '*')
    t.equal(image.headers['cross-origin-resource-policy'], 'cross-origin')
    const { etag } = image.headers
    const path = `/images/${String(etag).replaceAll('"', '')}`
    const again = await stranger('GET', path, undefined, { 'if-none-match': String(etag) })
    t.equal(again.status, 304)
    t.equal(again.bytes.length, 0)
    t.equal((await stranger('GET', path)).status, 200)
  }
  t.strictSame(
    (await served(await png(20, 10), 'image/png')).bytes,
    await png(20, 10),
    'a PNG as it was given',
  )
  const unknown = '0'.repeat(64)
  for (const path of [`${unknown}.png`, `${unknown}.gif`, '..%2f..%2foperator.key', `${unknown}.png%00`]) {
    t.equal((await stranger('GET', `/images/${path}`)).status, 404, path)
  }
})

t.test('content decides, not the type that the caller claims', async (t) => {
  t.equal((await served(await png(8, 8), 'image/svg+xml')).headers['content-type'], 'image/png')
  t.equal((await served(svg('<g/>'), 'image/png')).headers['content-type'], 'image/svg+xml')
})

/** How many pixels are nearly black. */
async function inkOf(image: Buffer): Promise<number> {
  const { data } = await sharp(image)
    .flatten({ background: '#fff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return data.filter((value) => value < 60).length
}

t.test('text is drawn with the font of the project, whatever font it names', async (t) => {
  const drawn = (font: string, text: string) =>
    rasterize(svg(`<text x="5" y="60" font-size="40" ${font}>${text}</text>`))
  const plain = await drawn('', 'Éœç')
  t.ok((await inkOf(plain)) > 3000, 'something is drawn')
  t.strictSame(await drawn('font-family="Comic Sans MS, cursive"', 'Éœç'), plain, 'an unknown font')
  t.ok((await inkOf(await drawn('font-weight="bold"', 'Éœç'))) > (await inkOf(plain)), 'bold is bolder')
  const { width, height } = await sharp(plain).metadata()
  t.strictSame([width, height], [600, 600])
})

t.test('a badge without an image is baked into a plain shield, the same each time', async (t) => {
  const { id } = await createDraft(tenant)
  await tenant.call('POST', `/v1/badge-classes/${id}/publish`)
  const { path } = await award(tenant, id)
  const [first, second] = [await stranger('GET', `${path}.png`), await stranger('GET', `${path}.png`)]
  t.equal(first.headers['content-type'], 'image/png')
  t.strictSame(first.bytes, second.bytes)
  const pixels = async (bytes: Buffer) => sharp(bytes).raw().toBuffer()
  t.strictSame(await pixels(first.bytes), await pixels(await rasterize(plainShield(id))))
  t.strictSame(strangeThings(plainShield(id)), [])
})

t.test('a badge with an SVG alone is baked as PNG, and one with a PNG alone as SVG', async (t) => {
  const { id } = await createBadge(tenant)
  const { path } = await award(tenant, id)
  const baked = await sharp((await stranger('GET', `${path}.png`)).bytes).metadata()
  t.match(baked, { format: 'png', width: 600, height: 600 })
  await tenant.call('PUT', `/v1/badge-classes/${id}/image`, await png(30, 20), {
    'content-type': 'image/png',
  })
  const svgBaked = await stranger('GET', `${(await award(tenant, id)).path}.svg`)
  t.match(svgBaked.text, /<svg [^>]*width="30" height="20"/)
  t.match(svgBaked.text, /data:image\/png;base64,/)
})
