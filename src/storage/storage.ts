import type { Readable } from 'node:stream'

/** Where files live. Keys are our own words (`images/HASH.png`), never a name that a caller gave. */
export interface Storage {
  /** Writes whole or not at all; writing the same key again is harmless. */
  put(key: string, bytes: Uint8Array, mediaType: string): Promise<void>
  /** The same from a file of this machine, which is never in memory as a whole. */
  putFile(key: string, path: string, mediaType: string): Promise<void>
  /** undefined when there is no such file */
  get(key: string): Promise<Buffer | undefined>
  /** The same as a stream, which is to be read or destroyed. */
  getStream(key: string): Promise<StoredStream | undefined>
  remove(key: string): Promise<void>
  /** Removes what writes left behind whose process was killed; those of others go on beside it. */
  sweep(): Promise<void>
}

export interface StoredStream {
  readonly stream: Readable
  /** In bytes. */
  readonly size: number
}

/** @throws for a key that could leave its folder: a mistake of ours, never of a caller */
export function assertKey(key: string): void {
  if (!/^[a-z0-9-]+(\/[a-z0-9-]+)*(\.[a-z0-9]+)?$/.test(key)) throw new Error(`Not a storage key: ${key}`)
}
