// The image cannot be built where there is no Docker: the commands of its steps are run instead.
import { execFile, spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..')
const dockerfile = await readFile(join(root, 'Dockerfile'), 'utf8')

const once = process.env.TEST_DATABASE_URL
  ? { skip: 'the image does not depend on the database: tested on the embedded one' }
  : {}

t.test('the steps of the Dockerfile make a folder from which the service starts', once, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'ecusson-image-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const copied = [...dockerfile.matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap((match) => match[1]!.split(' '))
  t.ok(copied.includes('src') && copied.includes('migrations'), 'the Dockerfile copies the code')
  for (const name of copied) await cp(join(root, name), join(folder, name), { recursive: true })

  const install = /^RUN (npm ci .+)$/m.exec(dockerfile)![1]!.split(' ')
  await run(install[0]!, [...install.slice(1), '--prefer-offline', '--no-audit'], { cwd: folder })
  const packages = await run('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: folder })
  t.notMatch(packages.stdout, /node_modules\/(tap|typescript|s3rver)\n/, 'development dependencies stay out')

  const [command, ...args] = JSON.parse(/^CMD (.+)$/m.exec(dockerfile)![1]!)
  t.equal(command, 'node')
  const server = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', DATA_DIR: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.teardown(() => void server.kill('SIGKILL'))
  t.equal((await fetch(`${await addressOf(server.stdout)}/readyz`)).status, 200)
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  t.equal(await ended, 0, 'it stops when it is told to')
})

t.test('the image runs as nobody in particular, with a health check', async (t) => {
  t.match(dockerfile, /^USER node$/m)
  const probe = JSON.parse(/^HEALTHCHECK .*CMD (.+)$/m.exec(dockerfile)![1]!) as string[]
  const result = run(process.execPath, probe.slice(1), { env: { ...process.env, PORT: '1' } })
  await t.rejects(result, { code: 1 }, 'it fails where nothing listens')
})

async function addressOf(log: AsyncIterable<Buffer>): Promise<string> {
  for await (const chunk of log) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk))?.[0]
    if (address) return address
  }
  throw new Error('the service ended before it listened')
}
