import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import t from 'tap'
import { createDraft, createTenant, SVG } from '../support/factories.ts'
import { claimsSize, isSvg, png, svg, withBrokenPixels } from '../support/images.ts'
import { startService } from '../support/service.ts'
import { HOSTILE_SVGS } from './hostile-svgs.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const draft = await createDraft(tenant)
const put = (bytes: Buffer | string, type = 'image/svg+xml') =>
  tenant.call('PUT', `/v1/badge-classes/${draft.id}/image`, bytes, { 'content-type': type })

const small = await png(8, 8)
const broken = (change: (bytes: Buffer) => void) => {
  const copy = Buffer.from(small)
  change(copy)
  return copy
}
const jpeg = await sharp(small).jpeg().toBuffer()
const gif = await sharp(small).gif().toBuffer()

const CASES: [string, Buffer | string, RegExp][] = [
  // Not an image at all
  ['text', 'bonjour', /neither a PNG nor an SVG/],
  ['a GIF that says it is PNG', gif, /neither a PNG nor an SVG/],
  ['a JPEG that says it is PNG', jpeg, /neither a PNG nor an SVG/],
  ['a PDF', '%PDF-1.7', /neither a PNG nor an SVG/],
  ['SVG in gzip', gzipSync(SVG), /neither a PNG nor an SVG/],
  ['SVG in UTF-16', Buffer.from(`\ufeff${SVG}`, 'utf16le'), /neither a PNG nor an SVG|not UTF-8/],
  ['SVG in Latin-1', Buffer.from(svg('<text>é</text>'), 'latin1'), /not UTF-8/],
  // PNG
  ['a PNG of its signature alone', small.subarray(0, 8), /it is cut short/],
  ['a PNG cut short', small.subarray(0, small.length - 20), /no readable PNG/],
  ['a PNG with a wrong CRC in its header', broken((b) => b.writeUInt8(b[29]! ^ 1, 29)), /a CRC is wrong/],
  ['a PNG without its end', small.subarray(0, small.length - 12), /no readable PNG: it is cut short/],
  [
    'a PNG with a script behind it',
    Buffer.concat([small, Buffer.from('<script/>')]),
    /something follows its end/,
  ],
  ['a PNG with broken pixels', withBrokenPixels(small), /no readable PNG/],
  ['a PNG that claims 50000 by 50000 pixels', claimsSize(small, 50_000, 50_000), /4096 by 4096/],
  ['a PNG that claims 4097 by 1 pixels', await png(4097, 1), /4096 by 4096/],
  ['a PNG of 40 KB that unpacks to 300 MB', claimsSize(await png(4096, 4096), 8192, 8192), /4096 by 4096/],
  ...HOSTILE_SVGS,
]

for (const [name, bytes, reason] of CASES) {
  t.test(`refused with the reason: ${name}`, async (t) => {
    const answer = await put(bytes, isSvg(bytes) ? 'image/svg+xml' : 'image/png')
    t.equal(answer.status, 400)
    t.match(answer.body.errors?.map((e: { message: string }) => e.message).join(), reason)
  })
}

t.test('nothing that was refused is kept', async (t) => {
  const { body } = await tenant.call('GET', `/v1/badge-classes/${draft.id}`)
  t.notOk('imageUrl' in body)
  t.equal(body.revision, 1)
})

t.test('the type of the body says what it is, and its size has a bound', async (t) => {
  t.equal((await put(jpeg, 'image/jpeg')).status, 415)
  t.equal((await put('{}', 'application/json')).status, 415)
  t.equal((await put('', 'image/png')).status, 400, 'nothing at all')
  const bound = 2 * 1024 * 1024
  const padded = (size: number) => SVG + ' '.repeat(size - SVG.length)
  t.equal((await put(padded(bound + 1))).status, 413)
  t.equal((await put(Buffer.alloc(bound + 1), 'image/png')).status, 413)
  t.equal((await put(padded(bound))).status, 200, '2 MB are taken')
})

t.test('the reasons come in French too, all of them at once', async (t) => {
  const answer = await tenant.call(
    'PUT',
    `/v1/badge-classes/${draft.id}/image`,
    svg('<script/><rect onclick="x"/>'),
    { 'content-type': 'image/svg+xml', 'accept-language': 'fr' },
  )
  const reasons = answer.body.errors.map((e: { message: string }) => e.message)
  t.strictSame(reasons, [
    'contient un élément interdit : <script>',
    'contient un attribut interdit : onclick',
  ])
})
