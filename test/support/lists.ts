import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import type { Context } from '../../src/context.ts'
import { registerJsonBodies } from '../../src/http/json-body.ts'
import { acceptListBodies, listOf } from '../../src/http/list-bodies.ts'
import { registerProblems } from '../../src/http/problems.ts'

/** The lists that lie in the folder of temporary files; a test has one of its own. */
export const spooled = () => readdirSync(tmpdir()).filter((name) => name.startsWith('ecusson-list-'))

/** A small service whose routes take lists: one tells what it was given, one does what the test says. */
export async function startLists(
  t: Test,
  work: (name: string) => Promise<void> = async () => undefined,
): Promise<FastifyInstance> {
  const app = Fastify({ requestTimeout: 60_000, forceCloseConnections: true })
  app.decorateRequest('ctx')
  app.addHook('onRequest', async (request) => {
    request.ctx = { config: { publicUrl: 'http://localhost' } } as Context
  })
  registerProblems(app)
  registerJsonBodies(app)
  await app.register(async (plugin) => {
    const scope = acceptListBodies(plugin)
    scope.post('/lists', async (request) => {
      const { path, ...list } = listOf(request.body)
      const mode = (statSync(path).mode & 0o777).toString(8)
      return {
        ...list,
        mode,
        content: list.size < 1000 ? readFileSync(path, 'utf8') : '',
        hash: request.bodyHash,
      }
    })
    scope.post('/slow', async (request) => {
      await wait(500)
      return readFileSync(listOf(request.body).path, 'utf8')
    })
    scope.post<{ Params: { name: string } }>('/turn/:name', async ({ params }) => {
      await work(params.name)
      return params.name
    })
    scope.post('/broken', async () => {
      throw new Error('no')
    })
  })
  t.teardown(() => app.close())
  return app
}

/** A connection to the service, which listens from then on. */
export async function socketTo(app: FastifyInstance): Promise<Socket> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as { port: number }
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** The head of a request that posts a list of so many bytes. */
export const head = (length: number | 'chunked', path = '/lists') =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: text/csv\r\n${
    length === 'chunked' ? 'transfer-encoding: chunked' : `content-length: ${length}`
  }\r\n\r\n`

/** Waits five seconds at most for a fact. */
export async function eventually(t: Test, what: string, fact: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !fact(); i++) await wait(50)
  t.ok(fact(), what)
}
