import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../../shared/data')

/** Options of a test that needs the standard's published examples; it is skipped, with the reason, where they are absent. */
export const withSharedData = existsSync(folder)
  ? {}
  : { skip: 'the published examples of the standard are not beside this checkout (../shared/data)' }

export function sharedFolder(path: string): string {
  return join(folder, path)
}

export function sharedFile(path: string): Buffer {
  return readFileSync(join(folder, path))
}

// biome-ignore lint/suspicious/noExplicitAny: documents of the standard, of any shape
export function sharedJson(path: string): any {
  return JSON.parse(sharedFile(path).toString('utf8'))
}
