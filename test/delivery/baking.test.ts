import { crc32 } from 'node:zlib'
import { DOMParser, type Element } from '@xmldom/xmldom'
import sharp from 'sharp'
import t from 'tap'
import { bakePng, unbakePng } from '../../src/delivery/baking/png.ts'
import { bakeSvg, unbakeSvg } from '../../src/delivery/baking/svg.ts'
import { decodeJwt } from '../../src/vc/jwt.ts'
import { FULLEST_AWARD, FULLEST_BADGE } from '../support/everything.ts'
import { award, createBadge, createDraft, createTenant, SVG } from '../support/factories.ts'
import { caller, startService } from '../support/service.ts'
import { sharedFile, sharedJson, withSharedData } from '../support/shared-data.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const anyone = caller(service.app)
const NAMESPACE = 'https://purl.imsglobal.org/ob/v3p0'
const KEYWORD = 'openbadgecredential'

const HOSTILE = [
  '}}} {',
  '&quot;&amp;&copy',
  ']]> <![CDATA[',
  '</openbadges:credential>',
  '<script>',
  '🏅 œ \\"',
]

/** A published badge class with this image, or none. */
async function badgeWith(
  image: Buffer | string | undefined,
  overrides: object = {},
): Promise<{ id: string }> {
  const { id } = await createDraft(tenant, overrides)
  const type = typeof image === 'string' ? 'image/svg+xml' : 'image/png'
  if (image) {
    const put = await tenant.call('PUT', `/v1/badge-classes/${id}/image`, image, { 'content-type': type })
    if (put.status !== 200) throw new Error(put.text)
  }
  await tenant.call('POST', `/v1/badge-classes/${id}/publish`)
  return { id }
}

const somePng = (): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#2b6cb0' } })
    .png()
    .toBuffer()

async function pixelOf(image: Buffer, left: number, top: number): Promise<number[]> {
  const pixel = await sharp(image).extract({ left, top, width: 1, height: 1 }).raw().toBuffer()
  return [...pixel.subarray(0, 3)]
}

t.test('a baked PNG holds the credential in one chunk, and is still the picture', async (t) => {
  const { path } = await award(tenant, (await badgeWith(await somePng())).id)
  const { bytes } = await anyone('GET', `${path}.png`)
  const json = (await anyone('GET', `${path}.json`)).text
  const chunks = chunksOf(bytes)
  for (const { type, crc, computed } of chunks) t.equal(crc, computed, `CRC of ${type}`)
  t.equal(chunks[0]!.type, 'IHDR')
  t.equal(chunks.at(-1)!.type, 'IEND')
  t.equal(chunks.at(-2)!.type, 'iTXt')
  t.equal(chunks.filter(({ type }) => /^[itz]TXt$/i.test(type)).length, 1)
  t.equal(chunks.at(-2)!.data.toString('utf8'), `${KEYWORD}\0\0\0\0\0${json}`)
  const [raw, plain] = [
    await sharp(bytes).raw().toBuffer(),
    await sharp(await somePng())
      .raw()
      .toBuffer(),
  ]
  t.ok(raw.equals(plain), 'pixel for pixel')
})

t.test('names that break careless readers survive both ways of reading', async (t) => {
  for (const name of HOSTILE) {
    const badge = await createBadge(tenant, { name, description: name, criteria: { narrative: name } })
    const { path } = await award(tenant, badge.id, { narrative: name })
    const credential = (await anyone('GET', path)).body
    t.equal(credential.credentialSubject.achievement.name, name)
    const png = (await anyone('GET', `${path}.png`)).bytes
    const svg = (await anyone('GET', `${path}.svg`)).text
    t.same(JSON.parse(bySpecPng(png)), credential, `PNG by the standard: ${name}`)
    t.same(JSON.parse(bySpecSvg(svg)), credential, `SVG by the standard: ${name}`)
    t.same(JSON.parse(byCounting(png.toString('utf8'))), credential, `PNG by counting braces: ${name}`)
    t.same(JSON.parse(byCounting(svg, 'openbadges:credential')), credential, `SVG by counting: ${name}`)
    await sharp(png).stats()
    await sharp(Buffer.from(svg)).png().toBuffer()
  }
})

t.test('a baked SVG holds the credential as its first child, and is still the picture', async (t) => {
  const badge = await createBadge(tenant, FULLEST_BADGE)
  const { path } = await award(tenant, badge.id, FULLEST_AWARD)
  const { text } = await anyone('GET', `${path}.svg`)
  const root = parseSvg(text)
  t.equal(root.getAttribute('xmlns:openbadges'), NAMESPACE)
  const first = [...root.childNodes].find((node) => node.nodeType === 1) as Element
  t.equal(first.nodeName, 'openbadges:credential')
  t.equal(first.namespaceURI, NAMESPACE)
  t.notOk(first.hasAttribute('verify'))
  t.match(text, /<openbadges:credential><!\[CDATA\[\{/)
  t.equal(first.textContent, (await anyone('GET', `${path}.json`)).text)
  t.equal(root.getElementsByTagName('circle').length, 1)
})

t.test('a badge that has only a PNG is still an SVG, around that PNG', async (t) => {
  const png = await somePng()
  const { path } = await award(tenant, (await badgeWith(png)).id)
  const { text } = await anyone('GET', `${path}.svg`)
  const root = parseSvg(text)
  t.match([root.getAttribute('width'), root.getAttribute('height')], ['40', '30'])
  const [image] = [...root.getElementsByTagName('image')]
  const data = /^data:image\/png;base64,(.+)$/.exec(image!.getAttribute('href')!)![1]!
  t.ok(Buffer.from(data, 'base64').equals(png))
  t.same(JSON.parse(bySpecSvg(text)), (await anyone('GET', path)).body)
  t.same(await pixelOf(Buffer.from(text), 20, 15), [0x2b, 0x6c, 0xb0])
})

t.test('a badge that has only an SVG is a PNG of 600 pixels', async (t) => {
  const { path } = await award(tenant, (await badgeWith(SVG)).id)
  const { bytes } = await anyone('GET', `${path}.png`)
  t.match(await sharp(bytes).metadata(), { format: 'png', width: 600, height: 600 })
  t.same(await pixelOf(bytes, 300, 300), [0x2b, 0x6c, 0xb0])
})

t.test('a badge without an image is a plain shield, always the same for one badge', async (t) => {
  const badge = await badgeWith(undefined)
  const [first, second] = [await award(tenant, badge.id), await award(tenant, badge.id)]
  const png = (await anyone('GET', `${first.path}.png`)).bytes
  t.same(JSON.parse(bySpecPng(png)), (await anyone('GET', first.path)).body)
  t.match(await sharp(png).metadata(), { width: 600, height: 600 })
  const svg = (await anyone('GET', `${first.path}.svg`)).text
  t.ok(parseSvg(svg).getElementsByTagName('path').length >= 3)
  t.same(JSON.parse(bySpecSvg(svg)), (await anyone('GET', first.path)).body)
  const pixels = (bytes: Buffer) => sharp(bytes).raw().toBuffer()
  t.ok((await pixels(png)).equals(await pixels((await anyone('GET', `${second.path}.png`)).bytes)))
})

t.test('an image that was baked before holds the new credential alone', async (t) => {
  const first = await award(tenant, (await badgeWith(await somePng())).id)
  const baked = (await anyone('GET', `${first.path}.png`)).bytes
  const { path } = await award(tenant, (await badgeWith(baked)).id)
  const again = (await anyone('GET', `${path}.png`)).bytes
  t.equal(count(again.toString('latin1'), KEYWORD), 1)
  t.same(JSON.parse(bySpecPng(again)), (await anyone('GET', path)).body)
  t.equal(unbakePng(bakePng(again, 'eyJh.bGci.Oi')), 'eyJh.bGci.Oi')

  const svg = bakeSvg(bakeSvg(SVG, '{"first":1}'), '{"second":2}')
  t.equal(count(svg, '<openbadges:credential'), 1)
  t.equal(count(svg, 'xmlns:openbadges='), 1)
  t.equal(unbakeSvg(svg), '{"second":2}')
})

t.test('a picture that was never baked holds no credential', async (t) => {
  t.equal(unbakePng(await somePng()), undefined)
  t.equal(unbakeSvg(SVG), undefined)
  t.throws(() => unbakePng(Buffer.from('no picture')), /cut short/)
  t.throws(() => unbakePng(bakePng(Buffer.from(SIMPLE_PNG, 'base64'), '{}').subarray(0, -20)), /cut short/)
  t.throws(() => unbakeSvg('<svg'))
})

t.test('the standard’s own baked samples are read', withSharedData, async (t) => {
  const folder = 'vectors/1edtech-validator'
  const expected = sharedJson(`${folder}/simple.json`)
  const named = ({ id, name }: { id: string; name: string }) => ({ id, name })
  const fromPng = JSON.parse(unbakePng(sharedFile(`${folder}/simple-json.png`))!)
  t.same(named(fromPng), named(expected))
  const fromSvg = JSON.parse(unbakeSvg(sharedFile(`${folder}/simple-json.svg`).toString('utf8'))!)
  t.same(named(fromSvg), named(expected))
  const jwt = unbakePng(sharedFile(`${folder}/simple-jwt.png`))!
  t.match(decodeJwt(jwt)?.header, { alg: 'RS256' })

  const baked = bakePng(sharedFile(`${folder}/simple-jwt.png`), '{"ours":true}')
  t.equal(count(baked.toString('latin1'), KEYWORD), 1, 'and baking one of them replaces what it held')
  t.equal(bySpecPng(baked), '{"ours":true}')
})

/** One white pixel. */
const SIMPLE_PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='

const count = (text: string, part: string) => text.split(part).length - 1

function chunksOf(png: Buffer) {
  const chunks: { type: string; data: Buffer; crc: number; computed: number }[] = []
  for (let at = 8; at < png.length; ) {
    const end = at + 8 + png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const computed = crc32(png.subarray(at + 4, end))
    chunks.push({ type, data: png.subarray(at + 8, end), crc: png.readUInt32BE(end), computed })
    at = end + 4
  }
  return chunks
}

/** OB 3.0, section 5.3.1: the text of the iTXt chunk whose keyword is `openbadgecredential`. */
function bySpecPng(png: Buffer): string {
  const found = chunksOf(png).filter(
    ({ type, data }) => type === 'iTXt' && data.toString('latin1').startsWith(`${KEYWORD}\0`),
  )
  if (found.length !== 1) throw new Error(`${found.length} credentials`)
  return found[0]!.data.toString('utf8').split('\0').slice(5).join('\0')
}

/** OB 3.0, section 5.3.2: the text of the one credential element. */
function bySpecSvg(svg: string): string {
  const found = [...parseSvg(svg).getElementsByTagNameNS(NAMESPACE, 'credential')]
  if (found.length !== 1) throw new Error(`${found.length} credentials`)
  return found[0]!.textContent!
}

/** As a well-known wallet reads a file: from the word on, it counts braces, inside strings too. */
function byCounting(file: string, word = KEYWORD): string {
  const start = file.indexOf('{', file.indexOf(word))
  let depth = 0
  for (let i = start; i < file.length; i++) {
    if (file[i] === '{') depth++
    if (file[i] === '}' && --depth === 0) return file.slice(start, i + 1)
  }
  throw new Error('the braces never close')
}

function parseSvg(svg: string): Element {
  const onError = (_level: string, message: string) => {
    throw new Error(message)
  }
  return new DOMParser({ onError }).parseFromString(svg, 'image/svg+xml').documentElement!
}
