import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { lockFolder } from '../../src/db/folder-lock.ts'

const pidOfNobody = 4_194_304 + 1
const write = (folder: string, holder: object | string) =>
  writeFile(join(folder, 'lock'), typeof holder === 'string' ? holder : JSON.stringify(holder))
const holderOf = async (folder: string) => JSON.parse(await readFile(join(folder, 'lock'), 'utf8'))

t.test('a folder is one holder’s until it is given back', async (t) => {
  const folder = t.testdir({})
  const unlock = await lockFolder(folder)
  t.match(await holderOf(folder), { host: hostname(), pid: process.pid })
  t.equal((await stat(join(folder, 'lock'))).mode & 0o777, 0o600)
  await t.rejects(lockFolder(folder), /is in use by process/)
  await unlock()
  t.strictSame(await readdir(folder), [])
  await (await lockFolder(folder))()
})

t.test('the refusal says who has it and what to do', async (t) => {
  const folder = t.testdir({})
  await lockFolder(folder)
  const refusal = await lockFolder(folder).catch((error: Error) => error.message)
  t.match(refusal, `process ${process.pid} on ${hostname()}`)
  t.match(refusal, /Stop it first, or choose another DATA_DIR/)
  t.match(refusal, join(folder, 'lock'))
})

t.test('the lock of a process that is dead is taken over', async (t) => {
  const unlockMine = await lockFolder(t.testdir({}))
  const { started } = await holderOf(t.testdirName)
  await unlockMine()
  const dead: Record<string, object | string> = {
    'a pid that nobody has': { host: hostname(), pid: pidOfNobody, started: '1' },
    'a pid that another process has now': {
      host: hostname(),
      pid: process.pid,
      started: `${Number(started) - 1}`,
    },
    'an empty file, from a loss of power': '',
    'half a file': '{"host":',
  }
  for (const [what, holder] of Object.entries(dead)) {
    const folder = t.testdir({})
    await write(folder, holder)
    const unlock = await lockFolder(folder)
    t.equal((await holderOf(folder)).pid, process.pid, what)
    t.strictSame(await readdir(folder), ['lock'], 'nothing else is left')
    await unlock()
  }
})

t.test('the lock of another machine is never judged dead', async (t) => {
  const folder = t.testdir({})
  const holder = { host: 'another-machine', pid: pidOfNobody, started: '1' }
  await write(folder, holder)
  await t.rejects(lockFolder(folder), /process \d+ on another-machine/)
  t.strictSame(await holderOf(folder), holder)
})

t.test('of many processes that find a dead lock, one alone gets the folder', async (t) => {
  const program = join(import.meta.dirname, '../support/take-lock.ts')
  const children = Array.from({ length: 6 }, () => fork(program))
  t.teardown(() => {
    for (const child of children) child.kill()
  })
  await Promise.all(children.map((child) => once(child, 'message')))
  for (let round = 0; round < 25; round++) {
    const folder = t.testdir({})
    await write(folder, { host: hostname(), pid: pidOfNobody, started: '1' })
    const outcomes = children.map(async (child) => (await once(child, 'message'))[0])
    for (const child of children) child.send(folder)
    t.strictSame((await Promise.all(outcomes)).sort(), [...Array(5).fill('FolderInUse'), 'taken'])
    const winner = await holderOf(folder)
    t.ok(children.some(({ pid }) => pid === winner.pid))
    t.strictSame(await readdir(folder), ['lock'])
  }
})
