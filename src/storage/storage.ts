/** Where files live. Keys are our own words (`images/HASH.png`), never a name that a caller gave. */
export interface Storage {
  /** Writes whole or not at all; writing the same key again is harmless. */
  put(key: string, bytes: Uint8Array, mediaType: string): Promise<void>
  /** undefined when there is no such file */
  get(key: string): Promise<Buffer | undefined>
  remove(key: string): Promise<void>
}

/** @throws for a key that could leave its folder: a mistake of ours, never of a caller */
export function assertKey(key: string): void {
  if (!/^[a-z0-9-]+(\/[a-z0-9-]+)*(\.[a-z0-9]+)?$/.test(key)) throw new Error(`Not a storage key: ${key}`)
}
