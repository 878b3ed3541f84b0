import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { assertKey, type Storage } from './storage.ts'
import { sweepStale } from './sweep-stale.ts'

/** Of files that are being written: no key leads there. */
const PARTIAL = '.partial'

/** Files in a folder. A file appears under its name only when it is whole and on the disk. */
export function diskStorage(folder: string): Storage {
  const pathOf = (key: string) => {
    assertKey(key)
    return join(folder, key)
  }
  const partials = join(folder, PARTIAL)
  return {
    put: async (key, bytes) => write(pathOf(key), partials, (file) => file.writeFile(bytes)),
    putFile: async (key, path) =>
      write(pathOf(key), partials, (file) => file.writeFile(createReadStream(path))),
    get: async (key) => {
      const path = pathOf(key)
      return unlessAbsent(() => readFile(path))
    },
    async getStream(key) {
      const path = pathOf(key)
      const file = await unlessAbsent(() => open(path))
      if (!file) return undefined
      const stats = await file.stat()
      if (stats.isFile()) return { stream: file.createReadStream(), size: stats.size }
      await file.close()
      throw new Error(`Not a file: ${key}`)
    },
    async remove(key) {
      await rm(pathOf(key), { force: true })
    },
    sweep: async () => sweepStale(partials, () => true),
  }
}

async function write(
  path: string,
  partials: string,
  fill: (file: FileHandle) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await mkdir(partials, { recursive: true })
  const partial = join(partials, randomUUID())
  const file = await open(partial, 'wx', 0o600)
  try {
    await fill(file)
    await file.sync()
    await file.close()
    await rename(partial, path)
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(partial, { force: true })
    throw error
  }
}

async function unlessAbsent<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
