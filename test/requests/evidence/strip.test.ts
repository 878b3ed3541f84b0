import fc from 'fast-check'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import type { MediaType } from '../../../src/requests/evidence/media-types.ts'
import { box, heif, jpeg, mp4, png, SECRET, strippedOf, webp } from './files.ts'

const PHOTOS: [string, MediaType, () => Promise<Buffer>][] = [
  ['JPEG', 'image/jpeg', jpeg],
  ['progressive JPEG', 'image/jpeg', () => jpeg({ progressive: true })],
  ['PNG', 'image/png', png],
  ['WebP', 'image/webp', webp],
  ['lossless WebP', 'image/webp', () => webp({ lossless: true })],
  ['HEIF', 'image/heic', heif],
]

const pixelsOf = (bytes: Buffer) => sharp(bytes).raw().toBuffer()

/** What is not to be found in a file, by pieces of it. */
function tellsNothing(t: Test, bytes: Buffer, name: string) {
  for (const word of [SECRET, 'xmpmeta', 'Photoshop']) t.notOk(bytes.includes(word), `${name}: no ${word}`)
}

for (const [name, mediaType, make] of PHOTOS) {
  t.test(`a ${name} loses its metadata and no pixel`, async (t) => {
    t.testdir({})
    const before = await make()
    t.ok(before.includes(SECRET), 'it has some')
    const after = (await strippedOf(t, before, mediaType))!
    t.ok(after, 'it can be walked')
    tellsNothing(t, after, name)
    t.ok((await pixelsOf(after)).equals(await pixelsOf(before)), 'the same pixels')
    const told = await sharp(after).metadata()
    t.equal(told.orientation, mediaType === 'image/heic' ? undefined : 6, 'it is turned as it was')
    t.equal(told.icc === undefined, (await sharp(before).metadata()).icc === undefined, 'the same colours')
    t.notOk(
      told.xmp?.some((byte) => byte !== 0),
      'nothing in XMP',
    )
    t.ok((await strippedOf(t, after, mediaType))!.equals(after), 'a second time changes nothing')
  })

  t.test(`a ${name} that is cut or altered is refused or stripped, and never hangs`, async (t) => {
    t.testdir({})
    const whole = await make()
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        await strippedOf(t, whole.subarray(0, length), mediaType)
      }),
      { numRuns: 200 },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(Math.min(whole.length - 1, 4000)), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 8,
        }),
        async (flips) => {
          const altered = Buffer.from(whole)
          for (const [at, byte] of flips) altered[at] = byte
          await strippedOf(t, altered, mediaType)
        },
      ),
      { numRuns: 500 },
    )
    t.pass('no other error than that it is broken')
  })
}

t.test('a film loses its place, and every byte stays where it was', async (t) => {
  t.testdir({})
  const before = mp4()
  const after = (await strippedOf(t, before, 'video/mp4'))!
  tellsNothing(t, after, 'MP4')
  t.notOk(after.includes('\xa9xyz', 0, 'latin1'))
  t.equal(after.length, before.length)
  t.ok(after.subarray(-26).equals(before.subarray(-26)), 'the film itself')
  t.ok(after.includes('vide'), 'the track that is seen')
  for (let length = 0; length < before.length; length++) {
    await strippedOf(t, before.subarray(0, length), 'video/mp4')
  }
})

t.test('what says of itself what it is not is broken', async (t) => {
  t.testdir({})
  const broken: [string, MediaType, Buffer][] = [
    ['a JPEG without an end', 'image/jpeg', (await jpeg()).subarray(0, 1000)],
    [
      'a JPEG of markers',
      'image/jpeg',
      Buffer.concat([Buffer.from('\xff\xd8', 'latin1'), Buffer.alloc(99_999, 0xff)]),
    ],
    [
      'a JPEG of ten million empty segments',
      'image/jpeg',
      Buffer.concat([
        Buffer.from('\xff\xd8', 'latin1'),
        Buffer.alloc(10 * 1024 * 1024, '\xff\xfe\0\x02', 'latin1'),
      ]),
    ],
    ['a PNG without an end', 'image/png', (await png()).subarray(0, 1000)],
    ['a WebP that is longer than it is', 'image/webp', (await webp()).subarray(0, -10)],
    ['a WebP without a picture', 'image/webp', Buffer.from('RIFF\x04\0\0\0WEBP', 'latin1')],
    ['a HEIF without items', 'image/heic', Buffer.concat([box('ftyp', 'mif1'), box('meta', '\0\0\0\0')])],
    ['an MP4 of nothing', 'video/mp4', box('ftyp', 'isom')],
    [
      'an MP4 with a box that is larger than its film',
      'video/mp4',
      Buffer.concat([box('moov', '\0\0\0\x20udta')]),
    ],
    ['an MP4 of endless boxes', 'video/mp4', Buffer.from('\0\0\0\x01moov\0\0\0\0\0\0\0\x04', 'latin1')],
  ]
  for (const [name, mediaType, bytes] of broken)
    t.equal(await strippedOf(t, bytes, mediaType), undefined, name)
})

t.test('an upright photo is told nothing of its orientation', async (t) => {
  t.testdir({})
  const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .withExif({ IFD0: { Make: SECRET } })
    .jpeg()
    .toBuffer()
  const after = (await strippedOf(t, photo, 'image/jpeg'))!
  t.notOk(after.includes('Exif'))
  t.equal((await sharp(after).metadata()).exif, undefined)
})
