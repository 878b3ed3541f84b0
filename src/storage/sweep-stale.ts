import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** No request lives as long. */
const STALE_MS = 3600 * 1000

/**
 * Deletes files of a folder that nobody has written to for an hour: a process that was killed left them behind.
 * Another one may be at work in the same folder.
 * @throws the first error, after it has tried them all
 */
export async function sweepStale(folder: string, isOurs: (name: string) => boolean): Promise<void> {
  const before = Date.now() - STALE_MS
  const errors: unknown[] = []
  for (const name of await namesIn(folder)) {
    if (isOurs(name)) await sweepOne(join(folder, name), before).catch((error) => errors.push(error))
  }
  if (errors.length > 0) throw errors[0]
}

async function sweepOne(path: string, before: number): Promise<void> {
  // Another process may have deleted it since.
  const written = await lstat(path).catch(() => undefined)
  if (written?.isFile() && written.mtimeMs < before) await rm(path, { force: true })
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
