import { randomUUID } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** Another process uses the folder. Two on one folder would lose each other's rows without a word. */
class FolderInUse extends Error {
  constructor(folder: string, holder: Holder) {
    super(
      `${folder} is in use by process ${holder.pid} on ${holder.host}. Stop it first, or choose another DATA_DIR. ` +
        `If that machine or container is gone for good, delete ${join(folder, 'lock')}.`,
    )
  }
}

interface Holder {
  host: string
  pid: number
  /** Tells a process from a later one with the same pid; empty where the system has no /proc. */
  started: string
}

/**
 * Takes the folder for this process: a file that names its holder. A lock whose holder is dead is removed first.
 * @returns the function that gives it back
 * @throws FolderInUse
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock')
  const mine = JSON.stringify({ host: hostname(), pid: process.pid, started: await startOf(process.pid) })
  for (let attempt = 0; attempt < 40; attempt++) {
    if (await place(path, mine)) return () => rm(path, { force: true })
    const found = await read(path)
    if (found === undefined) continue
    const holder = parseHolder(found)
    if (await isAlive(holder)) throw new FolderInUse(folder, holder)
    if (!(await removeDead(path, found))) await setTimeout(50)
  }
  throw new Error(`Cannot take the lock ${path}. If no other process is starting, delete ${path}.removing.`)
}

/** Links a written file into place, so that a lock is there as a whole or not at all. false: there is one. */
async function place(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, text, { mode: 0o600 })
  return attemptNew(() => link(draft, path)).finally(() => rm(draft, { force: true }))
}

/**
 * One process at a time removes a dead lock, and looks again before: of two that judged the same lock, the
 * slower one would remove the lock that the faster one has taken since. false: another process is at it.
 */
async function removeDead(path: string, judged: string): Promise<boolean> {
  const guard = `${path}.removing`
  if (!(await attemptNew(() => writeFile(guard, '', { flag: 'wx', mode: 0o600 })))) return false
  try {
    if ((await read(path)) === judged) await rm(path, { force: true })
  } finally {
    await rm(guard, { force: true })
  }
  return true
}

/** false when the file that was to be made is there already. */
async function attemptNew(make: () => Promise<void>): Promise<boolean> {
  try {
    await make()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined)

function parseHolder(text: string): Holder {
  try {
    const { host, pid, started } = JSON.parse(text)
    return { host: String(host), pid: Number(pid), started: String(started) }
  } catch {
    // A loss of power can leave the file empty: nobody holds it.
    return { host: hostname(), pid: 0, started: '' }
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  // A process of another machine cannot be looked up: only a person knows whether it is gone.
  if (holder.host !== hostname()) return true
  if (holder.pid <= 0) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return (await startOf(holder.pid)) === holder.started
}

/** The start time of a process in clock ticks (field 22 of /proc/PID/stat). */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}
