import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { openStorage } from '../../src/storage/open.ts'
import { sweepTemporary, writeTemporary } from '../../src/storage/temporary-files.ts'
import { startService } from '../support/service.ts'

const folder = t.testdir({ temporary: {} })
process.env.TMPDIR = join(folder, 'temporary')

/** As if the file was written so many minutes ago. */
function age(path: string, minutes: number): void {
  const written = Date.now() / 1000 - minutes * 60
  utimesSync(path, written, written)
}

const bytes = async function* () {
  yield Buffer.from('x')
}

t.test('temporary files go when nobody has written to them for an hour', async (t) => {
  const [young, old, list] = await Promise.all(
    ['evidence', 'evidence', 'list'].map((kind) => writeTemporary(kind, bytes(), 10)),
  )
  const other = join(folder, 'temporary/ecusson-something')
  writeFileSync(other, 'x')
  age(young!.path, 55)
  for (const path of [old!.path, list!.path, other]) age(path, 65)
  await sweepTemporary()
  t.ok(existsSync(young!.path), 'a request may be at work with it')
  t.notOk(existsSync(old!.path))
  t.notOk(existsSync(list!.path), 'of every kind')
  t.ok(existsSync(other), 'what is not ours stays')
})

t.test('a write whose process was killed leaves nothing for ever', async (t) => {
  const place = join(folder, 'files')
  const storage = openStorage(`file:${place}`)
  await storage.sweep()
  const partials = await killedWrite(place)
  t.equal(partials.length, 1, 'something is left behind')
  t.equal(await storage.get('evidence/a'), undefined, 'and is no file')
  await storage.sweep()
  t.strictSame(readdirSync(join(place, '.partial')), partials, 'another process may be writing it')
  age(join(place, '.partial', partials[0]!), 65)
  await storage.sweep()
  t.strictSame(readdirSync(join(place, '.partial')), [])
  await storage.put('evidence/a', Buffer.from('x'), 'text/plain')
  await storage.sweep()
  t.equal(String(await storage.get('evidence/a')), 'x')
})

t.test('a service sweeps both at its start', async (t) => {
  const place = join(folder, 'swept')
  const old = await writeTemporary('evidence', bytes(), 10)
  age(old.path, 65)
  const [partial] = await killedWrite(place)
  age(join(place, '.partial', partial!), 65)
  await startService(t, { storageUrl: `file:${place}` })
  t.notOk(existsSync(old.path))
  t.strictSame(readdirSync(join(place, '.partial')), [])
})

/** Kills a process that is writing to the folder. @returns what is left behind there */
async function killedWrite(place: string): Promise<string[]> {
  // What nobody writes to is read without end.
  const source = `${place}-source`
  execFileSync('mkfifo', [source])
  const module = JSON.stringify(new URL('../../src/storage/disk.ts', import.meta.url).href)
  const script = `import { diskStorage } from ${module}
    await diskStorage(process.argv[1]).putFile('evidence/a', process.argv[2], 'text/plain')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, place, source])
  const partials = () => (existsSync(join(place, '.partial')) ? readdirSync(join(place, '.partial')) : [])
  for (let i = 0; i < 500 && partials().length === 0; i++) await wait(20)
  child.kill('SIGKILL')
  await once(child, 'exit')
  return partials()
}
