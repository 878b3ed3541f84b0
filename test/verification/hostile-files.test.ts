import { deflateSync } from 'node:zlib'
import t from 'tap'
import { bakePng } from '../../src/delivery/baking/png.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { verifier } from '../support/foreign-issuer.ts'
import { caller, startService } from '../support/service.ts'
import { type Expected, enduring } from './enduring.ts'

const service = await startService(t)
const endures = enduring(verifier(service.app))
const tenant = await createTenant(service.app)
const { path } = await award(tenant, (await createBadge(tenant)).id)
const png = (await caller(service.app)('GET', `${path}.png`)).bytes
const text = (await caller(service.app)('GET', path)).text

t.test('a broken or hostile image gets a verdict', async (t) => {
  const flipped = Buffer.from(png)
  flipped.writeUInt32BE(0xffffffff, 8)
  const compressed = Buffer.concat([
    Buffer.from('openbadgecredential\0\x01\0\0\0', 'latin1'),
    deflateSync(Buffer.alloc(50_000_000)),
  ])
  const cases: [string, Buffer, Expected][] = [
    ['a signature and nothing else', png.subarray(0, 8), 'image-broken'],
    ['half of it', png.subarray(0, png.length / 2), 'image-broken'],
    ['all but the end', png.subarray(0, -1), 'image-broken'],
    ['a chunk longer than the file', flipped, 'image-broken'],
    ['a compressed credential', withText(png, compressed), 'image-broken'],
    ['a text without its end', withText(png, Buffer.from('openbadgecredential\0')), 'image-broken'],
    ['an Open Badges 2.0 assertion', withText(png, Buffer.from('openbadges\0\0\0\0\0{}')), 'open-badges-2'],
    ['no credential', withText(png), 'no-credential-in-image'],
    ['two credentials that differ', bakedTwice(text, text.replace('Badge', 'badge')), 'image-broken'],
    ['a credential that is a text', bakePng(png, 'hello'), 'not-a-credential'],
    ['a credential that is an image', bakePng(png, png.toString('latin1')), 'not-a-credential'],
    ['a credential that is no JSON', bakePng(png, text.slice(0, -1)), 400],
  ]
  for (const [name, body, expected] of cases) await endures(t, name, body, 'image/png', expected)
})

const SVG = (inside: string, before = '') =>
  `${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">${inside}</svg>`
const CREDENTIAL = (inside: string) => `<openbadges:credential>${inside}</openbadges:credential>`

t.test('a broken or hostile SVG gets a verdict', async (t) => {
  const entities = '<!DOCTYPE svg [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
  const external = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
  const cases: [string, string, Expected?][] = [
    ['no credential', SVG(''), 'no-credential-in-image'],
    ['an empty credential', SVG(CREDENTIAL('')), 'not-a-credential'],
    ['an entity', SVG(CREDENTIAL('&b;'), entities), 'image-broken'],
    ['a file as an entity', SVG(CREDENTIAL('&a;'), external), 'image-broken'],
    ['not closed', '<svg', 'image-broken'],
    ['closed wrongly', '<svg></g>', 'image-broken'],
    ['only a prologue', '<?xml version="1.0"?>', 'not-a-credential'],
    ['an HTML page', '<!doctype html><html><body><p>Bonjour</html>', 'not-a-credential'],
    ['two credentials that differ', SVG(CREDENTIAL(text) + CREDENTIAL('{}')), 'image-broken'],
    ['another namespace', SVG('<credential/>'), 'no-credential-in-image'],
    ['many elements', SVG('<g/>'.repeat(900_000)), 'too-complex'],
    ['many elements in one another', SVG('<g>'.repeat(400_000) + '</g>'.repeat(400_000)), 'too-complex'],
    ['many declarations', SVG('', `<!DOCTYPE svg [${'<!ENTITY a "b">'.repeat(200_000)}]>`), 'image-broken'],
    ['many attributes', `<svg ${Array.from({ length: 50_000 }, (_, i) => `a${i}="1"`).join(' ')}/>`],
    ['many brackets', '<'.repeat(3_900_000), 'not-a-credential'],
    ['many entities', SVG('&amp;'.repeat(700_000)), 'no-credential-in-image'],
  ]
  for (const [name, body, expected = 200] of cases) await endures(t, name, body, 'image/svg+xml', expected)
})

t.test('a form that cannot be read is refused', async (t) => {
  const part = '--b\r\ncontent-disposition: form-data; name="f"; filename="a"\r\n\r\n'
  const form = 'multipart/form-data; boundary=b'
  const cases: [string, string, string, number][] = [
    ['no boundary', `${part}{}\r\n--b--\r\n`, 'multipart/form-data', 400],
    ['another boundary', `${part}{}\r\n--b--\r\n`, 'multipart/form-data; boundary=c', 400],
    [
      'a text beside no file',
      '--b\r\ncontent-disposition: form-data; name="x"\r\n\r\nhello\r\n--b--\r\n',
      form,
      400,
    ],
    ['cut short', `${part}{"a`, form, 400],
    ['no part', '--b--\r\n', form, 400],
    ['nothing', '', form, 400],
    ['no form at all', 'hello', form, 400],
    ['a file too large', `${part}${'x'.repeat(4_500_000)}\r\n--b--\r\n`, form, 413],
  ]
  for (const [name, body, type, expected] of cases) await endures(t, name, body, type, expected)
})

/** The image with two credentials, one after the other. */
function bakedTwice(first: string, second: string): Buffer {
  const [one, other] = [bakePng(png, first), bakePng(png, second)]
  const at = other.indexOf('iTXtopenbadgecredential') - 4
  const chunk = other.subarray(at, at + 12 + other.readUInt32BE(at))
  const place = one.indexOf('iTXtopenbadgecredential') - 4
  return Buffer.concat([one.subarray(0, place), chunk, one.subarray(place)])
}

/** The image with this chunk of text in the place of its credential. */
function withText(image: Buffer, data?: Buffer): Buffer {
  const at = image.indexOf('iTXtopenbadgecredential') - 4
  const length = image.readUInt32BE(at)
  const head = Buffer.alloc(8, 'iTXt', 'latin1')
  if (data) head.writeUInt32BE(data.length)
  head.write('iTXt', 4, 'latin1')
  const chunk = data ? Buffer.concat([head, data, Buffer.alloc(4)]) : Buffer.alloc(0)
  return Buffer.concat([image.subarray(0, at), chunk, image.subarray(at + 12 + length)])
}
