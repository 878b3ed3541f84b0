import { createHash, randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CallerError } from '../errors.ts'
import { sweepStale } from './sweep-stale.ts'

/** What all of them are called. */
const OURS = /^ecusson-[a-z]+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

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
 * @param kind of the file: a part of its name, in small letters
 * @throws CallerError 413 as soon as there are more than `maxBytes`, and whatever the chunks throw
 */
export async function writeTemporary(
  kind: string,
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<TemporaryFile> {
  const path = join(tmpdir(), `ecusson-${kind}-${randomUUID()}`)
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

/** Deletes what a process that was killed left behind, of all kinds. @throws where one cannot be deleted */
export async function sweepTemporary(): Promise<void> {
  await sweepStale(tmpdir(), (name) => OURS.test(name))
}
