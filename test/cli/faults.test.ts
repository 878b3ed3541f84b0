import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { csvOf, people } from '../support/batches.ts'
import { breakingProxy } from '../support/breaking-proxy.ts'
import {
  freePort,
  type Neighbour,
  publishBadge,
  runCommand,
  startCommand,
  startNeighbour,
} from '../support/command.ts'
import { OPERATOR_KEY } from '../support/service.ts'

/** A service, a badge class and a list of so many people. */
async function setUp(t: Test, count: number) {
  const service = await startNeighbour(t)
  const badge = await publishBadge(service, 'siae', 'presence')
  const list = join(t.testdir({ 'liste.csv': csvOf(people(count)) }), 'liste.csv')
  const issue = ['issue', list, '--badge', badge, '--key', OPERATOR_KEY, '--url']
  return { service, issue }
}

const batchesOf = async ({ call }: Neighbour) => (await call('GET', '/v1/issuers/siae/batches')).items

t.test('a service that is killed in the middle and comes back is waited for', async (t) => {
  const { service, issue } = await setUp(t, 4000)
  const command = startCommand([...issue, service.url])
  await command.says('Batch: ')
  await sleep(200)
  service.server.child.kill('SIGKILL')
  await service.server.ended()
  await command.says('The service does not answer')
  await service.start()
  const { code, stdout } = await command.ended
  t.equal(code, 0)
  t.match(stdout, 'Rows: 4,000 · issued: 4,000\nEveryone on the list has the badge.')
  t.match(await batchesOf(service), [{ status: 'done', counts: { issued: 4000 } }])
})

t.test('a lost answer, to the list or to the commit, makes no second batch', async (t) => {
  const { service, issue } = await setUp(t, 5)
  const lost = new Set<string>()
  const proxy = await breakingProxy(t, service.url, ({ method, path }) => {
    const name = `${method} ${path.replace(/^.*\//, '')}`
    if (method !== 'POST' || lost.has(name)) return undefined
    lost.add(name)
    return 'after the answer'
  })
  const { code, stdout, stderr } = await runCommand([...issue, proxy])
  t.strictSame([...lost], ['POST batches', 'POST commit'])
  t.equal(code, 0)
  t.match(stdout, 'issued: 5')
  t.match(stderr, 'The service does not answer')
  t.equal((await batchesOf(service)).length, 1)
})

t.test('where events do not come through, it asks', async (t) => {
  const { service, issue } = await setUp(t, 300)
  const proxy = await breakingProxy(t, service.url, ({ path }) =>
    path.endsWith('/events') ? 'before the answer' : undefined,
  )
  const { code, stdout, stderr } = await runCommand([...issue, proxy])
  t.equal(code, 0)
  t.equal(stderr, '')
  t.match(stdout, 'Issuing 300/300\n')
})

t.test('a service that answers like another one is told', async (t) => {
  const { service, issue } = await setUp(t, 1)
  const proxy = await breakingProxy(t, service.url, () => 'as a web page')
  const { code, stderr } = await runCommand([...issue, proxy])
  t.equal(code, 2)
  t.match(stderr, 'answers (200), but not as Écusson does: is the address right?')
})

t.test('Ctrl-C leaves the batch to the service, and tells its id', async (t) => {
  const { service, issue } = await setUp(t, 3000)
  const command = startCommand([...issue, service.url])
  await command.says('Batch: ')
  command.kill('SIGINT')
  const { code, stdout, stderr } = await command.ended
  t.equal(code, 130)
  const id = /Batch: (\S+)/.exec(stdout)![1]
  t.match(
    stderr,
    `The batch goes on at the service. Its id is ${id}; read it at ${service.url}/v1/batches/${id}.`,
  )
  await service.call('POST', `/v1/batches/${id}/cancel`).catch(() => undefined)

  const early = startCommand([...issue, `http://127.0.0.1:${await freePort()}`, '--lang', 'fr'])
  await sleep(1000)
  early.kill('SIGINT')
  t.match(await early.ended, { code: 130, stderr: 'Interrompu : rien n’a été délivré.\n' })
})

t.test('a batch that is cancelled elsewhere ends at 1, its rows named', async (t) => {
  const { service, issue } = await setUp(t, 12_000)
  const command = startCommand([...issue, service.url])
  await command.says('Issuing ')
  const [{ id }] = await batchesOf(service)
  await service.call('POST', `/v1/batches/${id}/cancel`)
  const { code, stdout } = await command.ended
  t.equal(code, 1)
  t.match(stdout, /cancelled: [\d,]+\nRows that were not issued:\n {2}line \d+, Personne/)
  t.match(stdout, /… and [\d,]+ more/)
})

t.test('a key that is revoked in the middle ends it at 1, with the id of the batch', async (t) => {
  const { service, issue } = await setUp(t, 12_000)
  const asked = { name: 'script', scopes: ['batches:write'] }
  const made = await service.call('POST', '/v1/issuers/siae/api-keys', asked)
  const proxy = await breakingProxy(t, service.url, ({ path }) =>
    path.endsWith('/events') ? 'before the answer' : undefined,
  )
  const command = startCommand([...issue, proxy, '--key', made.key])
  await command.says('Issuing ')
  await service.call('DELETE', `/v1/issuers/siae/api-keys/${made.id}`)
  const { code, stderr } = await command.ended
  t.equal(code, 1)
  t.match(stderr, 'The service refuses: The key is not known')
  t.match(stderr, 'The batch goes on at the service. Its id is ')
})

t.test('where the answer to the commit never comes, it does not say that the batch goes on', async (t) => {
  const { service, issue } = await setUp(t, 1)
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
  const proxy = await breakingProxy(t, service.url, ({ path }) => {
    if (!path.endsWith('/commit')) return undefined
    ask()
    return 'before the answer'
  })
  const command = startCommand([...issue, proxy])
  await asked
  command.kill('SIGTERM')
  const { code, stderr } = await command.ended
  t.equal(code, 143)
  t.match(stderr, 'It is not known whether the service began to issue the batch.')
})
