import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Another process uses the folder. Two on one folder would lose each other's rows without a word. */
export class FolderInUse extends Error {
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
 * Takes the folder for this process: a file made with O_EXCL that names its holder. A lock whose holder is
 * dead is set aside first.
 * @returns the function that gives it back
 * @throws FolderInUse
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock')
  const mine = JSON.stringify({ host: hostname(), pid: process.pid, started: await startOf(process.pid) })
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      await writeFile(path, mine, { flag: 'wx', mode: 0o600 })
      return () => rm(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const found = await readFile(path, 'utf8').catch(() => undefined)
    if (found === undefined) continue
    const holder = parseHolder(found)
    if (await isAlive(holder)) throw new FolderInUse(folder, holder)
    await setAside(path, found)
  }
  throw new Error(`Cannot take the lock ${path}`)
}

/** Renames before it removes: of two processes that judged the same dead lock, one alone moves it. */
async function setAside(path: string, judged: string): Promise<void> {
  const aside = `${path}.${process.pid}`
  await rename(path, aside).catch(() => undefined)
  const moved = await readFile(aside, 'utf8').catch(() => undefined)
  // The lock changed hands between our look and our move: give it back.
  if (moved !== undefined && moved !== judged) await rename(aside, path)
  await rm(aside, { force: true })
}

function parseHolder(text: string): Holder {
  try {
    const { host, pid, started } = JSON.parse(text)
    return { host: String(host), pid: Number(pid), started: String(started) }
  } catch {
    // A crash between the making of the file and its first byte leaves it empty: nobody holds it.
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
