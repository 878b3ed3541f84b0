import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that is thrown away, however the bench ends. */
export interface Scratch extends AsyncDisposable {
  readonly path: string
}

export async function makeScratch(): Promise<Scratch> {
  const path = await mkdtemp(join(tmpdir(), 'ecusson-bench-'))
  const remove = () => {
    // Who writes here was killed just now: let it be gone.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    rmSync(path, { recursive: true, force: true })
  }
  process.once('exit', remove)
  return {
    path,
    async [Symbol.asyncDispose]() {
      process.off('exit', remove)
      await rm(path, { recursive: true, force: true })
    },
  }
}
