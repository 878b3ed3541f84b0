import { fileURLToPath } from 'node:url'
import { diskStorage } from './disk.ts'
import { s3Storage } from './s3.ts'
import type { Storage } from './storage.ts'

/** Opens what STORAGE_URL names: `file:` and a folder, or `s3://`. */
export function openStorage(storageUrl: string): Storage {
  if (storageUrl.startsWith('s3://')) return s3Storage(storageUrl)
  if (storageUrl.startsWith('file://')) return diskStorage(fileURLToPath(storageUrl))
  return diskStorage(storageUrl.slice('file:'.length))
}
