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
    async remove(key) {
      assertKey(key)
      await bucket.deleteObject(key)
    },
  }
}
