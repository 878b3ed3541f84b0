import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** A PostgreSQL server of a test's own, which can be stopped and started. */
export interface PostgresServer {
  readonly url: string
  /** `pg_ctl`: `fast` ends the sessions, `immediate` is as a crash. */
  restart(mode: 'fast' | 'immediate'): void
  stop(mode: 'fast' | 'immediate'): void
  start(): void
}

interface Teardown {
  teardown(handler: () => void): unknown
}

/** The folder of PostgreSQL's programs: in PATH, or where Debian and Ubuntu put them. */
export function findPostgres(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ]
  return folders.find((folder) => ['initdb', 'pg_ctl'].every((program) => existsSync(join(folder, program))))
}

export async function startPostgres(t: Teardown, programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ecusson-postgres-'))
  const user = unprivilegedUser()
  if (user) chownSync(folder, user.uid, user.gid)
  const run = (program: string, ...args: string[]) =>
    execFileSync(join(programs, program), args, { cwd: folder, stdio: 'ignore', ...user })
  const data = join(folder, 'data')
  const port = await freePort()
  run('initdb', '-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync')
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`
  const control = (...args: string[]) => run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), ...args)
  control('-o', settings, 'start')
  t.teardown(() => {
    try {
      control('-m', 'immediate', 'stop')
    } catch {
      // It was stopped already.
    }
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    restart: (mode) => control('-m', mode, '-o', settings, 'restart'),
    stop: (mode) => control('-m', mode, 'stop'),
    start: () => control('-o', settings, 'start'),
  }
}

/** PostgreSQL refuses to run as root: then the user `postgres`, which its package made. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
