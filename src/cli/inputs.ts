import { openAsBlob } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import type { IssueOptions } from './arguments.ts'
import { Failure } from './failure.ts'
import { FAILURES } from './messages.ts'

/** The key, from wherever it was given. */
export async function readKey({ key, keyFile }: IssueOptions): Promise<string> {
  const text = key ?? (await readFile(keyFile!, 'utf8').catch(unreadable(keyFile!)))
  if (!/^[\x21-\x7e]{1,512}$/.test(text.trim())) throw new Failure(FAILURES['bad-key'])
  return text.trim()
}

/** The list, which is read while it is sent and never sits in memory; its type as its name says. */
export async function openList({ file }: IssueOptions): Promise<Blob> {
  const type = /\.json$/i.test(file) ? 'application/json' : 'text/csv'
  const list = await stat(file).catch(unreadable(file))
  if (!list.isFile()) unreadable(file)({ code: list.isDirectory() ? 'EISDIR' : 'no file' })
  await (await open(file).catch(unreadable(file))).close()
  return openAsBlob(file, { type })
}

/** Before anything is issued: afterwards it would be too late to say that there can be no report. */
export async function assertWritable({ report, file }: IssueOptions): Promise<void> {
  if (report === undefined) return
  const [list, target] = await Promise.all([stat(file), stat(report).catch(() => undefined)])
  if (target && target.ino === list.ino && target.dev === list.dev) {
    throw new Failure(FAILURES['report-is-list'], { file })
  }
  const handle = await open(report, 'a').catch((error) => {
    throw new Failure(FAILURES['report-unwritable'], { file: report, why: error.code })
  })
  await handle.close()
}

function unreadable(file: string) {
  return (error: { code?: string }): never => {
    throw new Failure(FAILURES['file-unreadable'], { file, why: error.code ?? '' })
  }
}
