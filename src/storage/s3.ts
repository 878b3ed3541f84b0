import { openAsBlob } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { S3mini } from 's3mini'
import { assertKey, type Storage } from './storage.ts'

/**
 * Files in a bucket of any S3-compatible service: `s3://KEY:SECRET@HOST/BUCKET`, over https;
 * `?region=` (default "auto") and `?insecure=true` (http, for a service on the same machine).
 */
export function s3Storage(storageUrl: string): Storage {
  const url = new URL(storageUrl)
  const protocol = url.searchParams.get('insecure') === 'true' ? 'http' : 'https'
  const bucket = new S3mini({
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    endpoint: `${protocol}://${url.host}${url.pathname}`,
    region: url.searchParams.get('region') ?? 'auto',
    fetch: fetchOnce,
  })
  return {
    async put(key, bytes, mediaType) {
      assertKey(key)
      await bucket.putObject(key, Buffer.from(bytes), mediaType)
    },
    async get(key) {
      assertKey(key)
      const found = await bucket.getObjectArrayBuffer(key)
      return found ? Buffer.from(found) : undefined
    },
    async putFile(key, path, mediaType) {
      assertKey(key)
      await bucket.putObject(key, await openAsBlob(path), mediaType)
    },
    async getStream(key) {
      assertKey(key)
      const found = await bucket.getObjectResponse(key)
      if (!found?.body) return undefined
      const size = Number(found.headers.get('content-length'))
      return { stream: Readable.fromWeb(found.body as ReadableStream), size }
    },
    async remove(key) {
      assertKey(key)
      await bucket.deleteObject(key)
    },
    // An object is there as a whole or not at all.
    sweep: async () => undefined,
  }
}

/**
 * A fetch that follows no redirect, as a signed request cannot: one that might would keep all that it sends in
 * memory, to send it again (Fetch, "HTTP-network-or-cache fetch": the request is cloned, and its body with it).
 */
const fetchOnce: typeof fetch = (input, init) =>
  fetch(input, { ...init, redirect: 'error', window: null } as RequestInit)
