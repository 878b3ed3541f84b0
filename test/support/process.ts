import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const ROOT = join(import.meta.dirname, '../..')

/** `node src/server.ts` in a process of its own, with nothing in its environment but what is said. */
export interface ServerProcess {
  readonly child: ChildProcess
  /** Everything on both outputs so far. */
  output(): string
  /** Waits for a text on the outputs. @throws when the process ends before, or after a minute */
  says(text: string): Promise<void>
  /** Waits until it listens. @returns the address */
  listens(): Promise<string>
  /** Waits for its end. */
  ended(): Promise<{ code: number | null; signal: string | null; output: string }>
}

/** What a process of the project finds in its environment whatever a test says: its programs, and its code compiled. */
export function childEnvironment(): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env
  return { PATH, ...(NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {}) }
}

export function startServer(environment: Record<string, string>): ServerProcess {
  const child = spawn(process.execPath, ['src/server.ts'], {
    cwd: ROOT,
    env: { ...childEnvironment(), HOST: '127.0.0.1', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout.on('data', (bytes) => {
    text += bytes
  })
  child.stderr.on('data', (bytes) => {
    text += bytes
  })
  const end = once(child, 'close')
  const says = async (wanted: string) => {
    for (let waited = 0; !text.includes(wanted); waited += 20) {
      if (child.exitCode !== null || child.signalCode !== null || waited > 60_000)
        throw new Error(`it never said "${wanted}" but: ${text}`)
      await sleep(20)
    }
  }
  return {
    child,
    output: () => text,
    says,
    async listens() {
      await says('"ready"')
      return /http:\/\/127\.0\.0\.1:\d+/.exec(text)![0]
    },
    async ended() {
      const [code, signal] = await end
      return { code, signal, output: text }
    },
  }
}
