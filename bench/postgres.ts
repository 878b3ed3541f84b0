import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import pg from 'pg'
import { freePort, startChild } from './child.ts'
import { makeScratch } from './scratch.ts'

/** What an operator would set on a small server; everything that keeps a commit safe stays on. */
const SETTINGS = {
  shared_buffers: '512MB',
  max_wal_size: '8GB',
  checkpoint_timeout: '30min',
  wal_compression: 'on',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
}

const PROGRAMS = ['initdb', 'postgres']

/** A PostgreSQL server of the bench's own, in a folder that is thrown away. */
export interface Postgres extends AsyncDisposable {
  /** Makes an empty database. @returns its address */
  createDatabase(): Promise<string>
}

type User = { uid: number; gid: number }

/** @throws when PostgreSQL is not installed, saying how to install it */
export async function startPostgres(): Promise<Postgres> {
  const programs = findPrograms()
  const user = unprivilegedUser()
  const scratch = await makeScratch()
  const folder = scratch.path
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const port = await freePort()
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-instructions'],
    { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], ...user },
  )
  const settings = { ...SETTINGS, port, listen_addresses: '127.0.0.1', unix_socket_directories: folder }
  const server = startChild({
    command: join(programs, 'postgres'),
    args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // Fast shutdown does not wait for clients; immediate shutdown leaves no process behind, as SIGKILL would.
    stopSignal: 'SIGINT',
    killSignal: 'SIGQUIT',
    user,
  })
  const address = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`
  const query = (statement: string) => queryOnce(address('postgres'), statement)
  await server.ready(() => query('select 1').then(() => true))
  let databases = 0
  return {
    async createDatabase() {
      const name = `bench${++databases}`
      await query(`create database ${name}`)
      return address(name)
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await scratch[Symbol.asyncDispose]()
    },
  }
}

/** Such as "PostgreSQL 17.6", or that there is none. */
export function postgresVersion(): string {
  try {
    const said = execFileSync(join(findPrograms(), 'postgres'), ['--version'], { encoding: 'utf8' })
    return `PostgreSQL ${/\d[\w.]*/.exec(said)?.[0]}`
  } catch {
    return 'no PostgreSQL'
  }
}

/** The folder of initdb and postgres: in PATH, or where Debian and Ubuntu put them (the newest). */
function findPrograms(): string {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ]
  const found = folders.find((folder) => PROGRAMS.every((program) => existsSync(join(folder, program))))
  if (found) return found
  throw new Error(
    'PostgreSQL is not installed. Debian, Ubuntu: apt-get install postgresql; Fedora: dnf install postgresql-server; macOS: brew install postgresql',
  )
}

/** PostgreSQL refuses to run as root: then the user `postgres`, which its package made. */
function unprivilegedUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  try {
    return { uid: idOf('-u'), gid: idOf('-g') }
  } catch {
    throw new Error(
      'PostgreSQL does not run as root, and there is no user "postgres": run the bench as another user',
    )
  }
}

/** Runs SQL on a connection of its own. */
export async function queryOnce(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
