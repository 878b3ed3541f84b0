import { createHash, randomUUID } from 'node:crypto'
import { lstat, open, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CallerError } from '../errors.ts'

/** No request lives as long. */
const STALE_MS = 24 * 3600 * 1000

/** Bytes that are on their way, in a file of this process. */
export interface TemporaryFile {
  readonly path: string
  /** In bytes. */
  readonly size: number
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly hash: string
}

/**
 * Writes bytes to a new file as they come: they never sit in memory. Whoever asked for it deletes it; where this
 * fails there is none.
 * @param kind of the file: a part of its name
 * @throws CallerError 413 as soon as there are more than `maxBytes`, and whatever the chunks throw
 */
export async function writeTemporary(
  kind: string,
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<TemporaryFile> {
  const path = join(tmpdir(), `${prefixOf(kind)}${randomUUID()}`)
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > maxBytes) throw new CallerError(413, 'too-large')
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    return { path, size, hash: hash.digest('hex') }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

/** @param onError told of a file that cannot be deleted: it is swept later */
export async function removeTemporary(path: string, onError: (error: unknown) => void): Promise<void> {
  await rm(path, { force: true }).catch(onError)
}

/** Deletes what a process that was killed left behind; another one may be at work beside this one. */
export async function sweepTemporary(kind: string, onError: (error: unknown) => void): Promise<void> {
  const before = Date.now() - STALE_MS
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefixOf(kind))) continue
    const path = join(tmpdir(), name)
    const written = await lstat(path).catch(() => undefined)
    if (written && written.mtimeMs < before) await removeTemporary(path, onError)
  }
}

function prefixOf(kind: string): string {
  return `ecusson-${kind}-`
}
