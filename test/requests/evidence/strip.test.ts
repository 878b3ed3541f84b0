import fc from 'fast-check'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import type { MediaType } from '../../../src/requests/evidence/media-types.ts'
import { threadTime } from '../../support/thread-time.ts'
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
    [
      'a PNG of eight hundred thousand chunks',
      'image/png',
      Buffer.concat([
        (await png()).subarray(0, 33),
        Buffer.alloc(9_600_000, '\0\0\0\0prVt\0\0\0\0', 'latin1'),
      ]),
    ],
    ['a WebP of a million chunks', 'image/webp', webpOf(Buffer.alloc(9_000_000, 'ABCD\0\0\0\0', 'latin1'))],
    [
      'a HEIF of extents without bytes',
      'image/heic',
      heifOf(Buffer.alloc(90_000, '\0\x01\0\0\xff\xff', 'latin1')),
    ],
    ['a HEIF of too many extents', 'image/heic', heifOf(extents(16_000, 7), 0x10)],
    ['an MP4 of boxes in boxes', 'video/mp4', Buffer.concat([box('ftyp', 'isom'), nested(1_200_000)])],
    ['an MP4 of eleven boxes in one another', 'video/mp4', Buffer.concat([box('ftyp', 'isom'), nested(11)])],
    [
      'an MP4 of a million boxes',
      'video/mp4',
      Buffer.concat([box('moov'), Buffer.alloc(8_000_000, box('free'))]),
    ],
    ['an MP4 of boxes', 'video/mp4', box('moov', Buffer.alloc(8_000_000, box('udta')))],
    ['an MP4 of endless boxes', 'video/mp4', Buffer.from('\0\0\0\x01moov\0\0\0\0\0\0\0\x04', 'latin1')],
  ]
  for (const [name, mediaType, bytes] of broken) {
    const busy = await longestWait(async () => {
      t.equal(await strippedOf(t, bytes, mediaType), undefined, name)
    })
    t.ok(busy < 500, `${name}: others wait ${Math.round(busy)} ms`)
  }
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

t.test('a photo of very many pieces lets others have their turn', async (t) => {
  t.testdir({})
  const photos: [string, MediaType, Buffer][] = [
    ['JPEG', 'image/jpeg', jpegOf(Buffer.alloc(99_000 * 4, '\xff\xfe\0\x02', 'latin1'))],
    // Each says that it has 65,535 entries, and has none.
    ['JPEG with Exif', 'image/jpeg', jpegOf(Buffer.alloc(99_000 * 20, EMPTY_EXIF))],
    [
      'PNG',
      'image/png',
      Buffer.concat([
        (await png()).subarray(0, 33),
        Buffer.alloc(99_000 * 12, '\0\0\0\0IDAT\0\0\0\0', 'latin1'),
        Buffer.from('\0\0\0\0IEND\0\0\0\0', 'latin1'),
      ]),
    ],
    ['WebP', 'image/webp', webpOf(Buffer.alloc(99_000 * 8, 'VP8 \0\0\0\0', 'latin1'))],
    ['MP4', 'video/mp4', box('moov', Buffer.alloc(99_000 * 8, box('udta')))],
    ['HEIF', 'image/heic', heifOf(extents(14_000, 7), 0x11, 14_000)],
  ]
  for (const [name, mediaType, bytes] of photos) {
    const busy = await longestWait(async () => t.ok(await strippedOf(t, bytes, mediaType), name))
    t.ok(busy < 500, `${name}: others wait ${Math.round(busy)} ms`)
  }
})

const EMPTY_EXIF = Buffer.from('\xff\xe1\0\x12Exif\0\0MM\0*\0\0\0\x08\xff\xff', 'latin1')

const jpegOf = (segments: Buffer) =>
  Buffer.concat([Buffer.from('\xff\xd8', 'latin1'), segments, Buffer.from('\xff\xd9', 'latin1')])

function webpOf(chunks: Buffer): Buffer {
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(chunks.length + 4, 4)
  return Buffer.concat([head, chunks])
}

/** Boxes that hold nothing but the next one. */
function nested(count: number): Buffer {
  const bytes = Buffer.alloc(8 * count, '\0\0\0\0moov', 'latin1')
  for (let i = 0; i < count; i++) bytes.writeUInt32BE(8 * (count - i), 8 * i)
  return bytes
}

/** @param sizes of the offset and of the length of an extent, in bytes, as one byte says them */
function heifOf(items: Buffer, sizes = 0, count = 65_535): Buffer {
  const told = box('infe', '\x02\0\0\0\0\x09\0\0Exif\0')
  const iloc = Buffer.concat([Buffer.from([0, 0, 0, 0, sizes, 0, count >> 8, count & 255]), items])
  const meta = box('meta', '\0\0\0\0', box('iinf', '\0\0\0\0\0\x01', told), box('iloc', iloc))
  return Buffer.concat([box('ftyp', 'heic\0\0\0\0mif1heic'), meta])
}

/** Items with so many extents of two bytes each. */
function extents(items: number, each: number): Buffer {
  const item = Buffer.concat([Buffer.from([0, 1, 0, 0, 0, each]), Buffer.alloc(2 * each, 1)])
  return Buffer.alloc(items * item.length, item)
}

/** How long others had to wait for their turn at most while this was done, in milliseconds. */
async function longestWait(work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let last = threadTime()
  const turn = () => {
    longest = Math.max(longest, threadTime() - last)
    last = threadTime()
  }
  const timer = setInterval(turn, 1)
  await work()
  clearInterval(timer)
  turn()
  return longest
}
