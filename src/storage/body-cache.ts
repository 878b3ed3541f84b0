import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'

/** What an entry weighs beside its bytes: key, ETag and book-keeping. */
const ENTRY_BYTES = 512

/** Bytes as they are served, with their strong ETag (RFC 9110, section 8.8.3). */
export interface Body {
  readonly bytes: Buffer
  readonly etag: string
  /** The forms that this object has, where it has not every one. */
  readonly forms?: readonly string[]
}

/** Bodies that never change, kept in memory beside the database that holds them. */
export interface BodyCache {
  get(id: string, form: string): Body | undefined
  /** Keeps a body: only one that is committed, never what is read inside an open transaction. */
  set(id: string, form: string, body: Body): void
  /** Drops every form of one object: for erasure. Another server drops it when its time is over. */
  forget(id: string): void
}

/**
 * Keeps the bodies that were read last.
 * @param maxBytes of all of them together
 * @param ttlMs after which a body is read again, so that no server serves for long what another one erased
 */
export function createBodyCache(maxBytes: number, ttlMs: number): BodyCache {
  const bodies = new LRUCache<string, Body>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }) => bytes.length + ENTRY_BYTES,
    ttl: ttlMs,
    ttlResolution: 1000,
  })
  return {
    get: (id, form) => bodies.get(`${id} ${form}`),
    set: (id, form, body) => {
      bodies.set(`${id} ${form}`, body)
    },
    forget: (id) => {
      for (const key of bodies.keys()) if (key.startsWith(`${id} `)) bodies.delete(key)
    },
  }
}

/** @returns bytes with their ETag, in memory of their own: a slice would hold the block that it was cut from */
export function toBody(content: string | Buffer): Body {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(content))
  if (typeof content === 'string') bytes.write(content)
  else content.copy(bytes)
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url')}"` }
}
