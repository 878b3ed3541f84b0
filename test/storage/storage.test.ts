import { randomBytes } from 'node:crypto'
import { access, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import { openStorage } from '../../src/storage/open.ts'
import { startS3 } from '../support/s3.ts'

const folder = await mkdtemp(join(tmpdir(), 'ecusson-storage-'))
t.teardown(() => rm(folder, { recursive: true, force: true }))
const s3 = await startS3()
t.teardown(s3.close)

const STORAGES = [
  ['a folder', `file:${join(folder, 'files')}`],
  ['a folder as a URL', pathToFileURL(join(folder, 'été & co')).href],
  ['a bucket', s3.url],
] as const

for (const [name, url] of STORAGES) {
  const storage = openStorage(url)

  t.test(`${name} gives back what it was given`, async (t) => {
    const files = {
      'images/a.png': randomBytes(2 * 1024 * 1024),
      'images/b.svg': Buffer.from('<svg>é ]]></svg>'),
      'readiness/probe': Buffer.from('ready'),
      'deep/er/and-deeper/file.json': Buffer.from('{}'),
      empty: Buffer.alloc(0),
    }
    for (const [key, bytes] of Object.entries(files)) await storage.put(key, bytes, 'image/png')
    for (const [key, bytes] of Object.entries(files)) {
      const found = await storage.get(key)
      t.ok(Buffer.isBuffer(found), key)
      t.ok(found?.equals(bytes), `${key} is whole`)
    }
  })

  t.test(`${name} gives a file of the newest content`, async (t) => {
    for (const text of ['first and long', 'second', 'second']) {
      await storage.put('images/again.svg', Buffer.from(text), 'image/svg+xml')
      t.equal((await storage.get('images/again.svg'))?.toString(), text)
    }
  })

  t.test(`${name} has nothing under a name that was never given, or was removed`, async (t) => {
    t.equal(await storage.get('images/never.png'), undefined)
    t.equal(await storage.get('no/such/place.png'), undefined)
    await storage.put('images/gone.png', Buffer.from('x'), 'image/png')
    await storage.remove('images/gone.png')
    t.equal(await storage.get('images/gone.png'), undefined)
    await storage.remove('images/gone.png')
    await storage.remove('no/such/place.png')
  })

  t.test(`${name} takes the same file from many at once`, async (t) => {
    const bytes = randomBytes(100_000)
    await Promise.all(Array.from({ length: 20 }, () => storage.put('images/many.png', bytes, 'image/png')))
    t.ok((await storage.get('images/many.png'))?.equals(bytes))
  })

  t.test(`${name} takes a file of the machine, and gives it as a stream`, async (t) => {
    const path = join(folder, 'source')
    for (const bytes of [randomBytes(3 * 1024 * 1024), Buffer.alloc(0)]) {
      await writeFile(path, bytes)
      await storage.putFile('evidence/a-1', path, 'image/png')
      t.ok((await storage.get('evidence/a-1'))?.equals(bytes))
      const found = (await storage.getStream('evidence/a-1'))!
      t.equal(found.size, bytes.length)
      t.ok(Buffer.concat(await Array.fromAsync(found.stream)).equals(bytes))
    }
    const unread = (await storage.getStream('evidence/a-1'))!
    unread.stream.destroy()
    await storage.remove('evidence/a-1')
    t.equal(await storage.getStream('evidence/a-1'), undefined)
    await t.rejects(storage.putFile('evidence/b', join(folder, 'nothing'), 'image/png'))
    t.equal(await storage.getStream('evidence/b'), undefined, 'nothing is begun')
  })

  t.test(`${name} refuses a name that could leave it`, async (t) => {
    const keys = [
      '',
      '.',
      '..',
      '../a',
      'a/../../b',
      '/etc/passwd',
      'a//b',
      'a/',
      'a\\b',
      'a/.b',
      'a.b/c',
      'a\0',
      'a\n',
      'É',
      'A',
      'a b',
      'a%2fb',
      'a?b',
      'a.tar.gz',
    ]
    for (const key of keys) {
      const refused = { message: `Not a storage key: ${key}` }
      await t.rejects(storage.put(key, Buffer.from('x'), 'text/plain'), refused, `put ${JSON.stringify(key)}`)
      await t.rejects(storage.putFile(key, folder, 'text/plain'), refused, `putFile ${JSON.stringify(key)}`)
      await t.rejects(storage.get(key), refused, `get ${JSON.stringify(key)}`)
      await t.rejects(storage.getStream(key), refused, `getStream ${JSON.stringify(key)}`)
      await t.rejects(storage.remove(key), refused, `remove ${JSON.stringify(key)}`)
    }
  })
}

t.test('a folder holds whole files of its owner alone', async (t) => {
  const place = join(folder, 'own')
  const storage = openStorage(`file:${place}`)
  await storage.put('images/a.png', Buffer.from('x'), 'image/png')
  t.strictSame(await readdir(join(place, 'images')), ['a.png'])
  t.equal((await stat(join(place, 'images/a.png'))).mode & 0o777, 0o600)
})

t.test('a write that fails leaves no part of a file behind', async (t) => {
  const place = join(folder, 'failing')
  const storage = openStorage(`file:${place}`)
  // A folder stands where the file should be: the last step, the renaming, cannot be done.
  await mkdir(join(place, 'images/a.png/inside'), { recursive: true })
  await t.rejects(storage.put('images/a.png', Buffer.from('x'), 'image/png'))
  t.strictSame(await readdir(join(place, 'images')), ['a.png'])
  await t.rejects(storage.get('images/a.png'), 'what is no file is a fault, not a missing file')
  await t.rejects(storage.getStream('images/a.png'), 'nor as a stream')
  // A file stands where a folder should be.
  await writeFile(join(place, 'plain'), 'x')
  await t.rejects(storage.put('plain/a.png', Buffer.from('x'), 'image/png'))
  // The bytes cannot be read half way through.
  const unreadable = { length: 3 } as unknown as Uint8Array
  await t.rejects(storage.put('images/b.png', unreadable, 'image/png'))
  t.strictSame(await readdir(join(place, 'images')), ['a.png'])
})

t.test('a bucket that cannot be used is an error and never an empty one', async (t) => {
  const elsewhere = s3.url.replace('/badges?', '/other?')
  for (const [name, url] of [
    ['unknown key', s3.urlOfStranger],
    ['no such bucket', elsewhere],
    ['nobody there', 's3://a:b@127.0.0.1:1/badges?insecure=true'],
  ] as const) {
    const storage = openStorage(url)
    await t.rejects(storage.put('images/a.png', Buffer.from('x'), 'image/png'), name)
    if (name !== 'no such bucket') await t.rejects(storage.get('images/a.png'), name)
  }
  await t.rejects(access(join(folder, 'badges')))
})
