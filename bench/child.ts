import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const KEPT_OUTPUT = 4000

/** A program that serves while the bench measures it, and ends with the bench however that ends. */
export interface Child extends AsyncDisposable {
  readonly pid: number
  /** The end of what it wrote on both outputs. */
  output(): string
  /** Tries until `isReady`. @throws when the program ends before, or after a minute */
  ready(isReady: () => Promise<boolean>): Promise<void>
}

interface Start {
  command: string
  args: string[]
  env?: Record<string, string>
  /** The signals that ask for an end, and for one at once. */
  stopSignal?: NodeJS.Signals
  killSignal?: NodeJS.Signals
  user?: { uid: number; gid: number } | undefined
}

export function startChild({
  command,
  args,
  env,
  stopSignal = 'SIGTERM',
  killSignal = 'SIGKILL',
  user,
}: Start): Child {
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  })
  let output = ''
  const keep = (bytes: Buffer) => {
    output = (output + bytes).slice(-KEPT_OUTPUT)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.on('error', (error) => keep(Buffer.from(error.message)))
  const kill = () => void child.kill(killSignal)
  // Before the folders that it writes to are removed.
  process.prependOnceListener('exit', kill)
  return {
    pid: child.pid ?? 0,
    output: () => output,
    async ready(isReady) {
      for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
        if (hasEnded(child)) throw new Error(`${command} ended: ${output}`)
        if (await isReady().catch(() => false)) return
      }
      throw new Error(`${command} did not become ready in a minute: ${output}`)
    },
    async [Symbol.asyncDispose]() {
      process.off('exit', kill)
      if (hasEnded(child)) return
      child.kill(stopSignal)
      await once(child, 'exit')
    },
  }
}

/** `node` on a program of this repository. @param program path from the root */
export function startNode(program: string, env: Record<string, string>): Child {
  return startChild({
    command: process.execPath,
    args: [join(import.meta.dirname, '..', program)],
    env,
  })
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null
}
