import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import t from 'tap'
import { caller, OPERATOR_KEY, startService } from '../support/service.ts'

const service = await startService(t)
const linesOf = (id: unknown) =>
  service
    .logged()
    .split('\n')
    .filter((line) => line.includes(`"reqId":"${id}"`))
    .map((line) => JSON.parse(line))

t.test('a request leaves one line: who asked for what, what was answered, how long it took', async (t) => {
  const anyone = caller(service.app)
  const operator = caller(service.app, OPERATOR_KEY)
  for (const [call, method, path, status] of [
    [anyone, 'GET', '/healthz', 200],
    [anyone, 'GET', '/nowhere', 404],
    [anyone, 'GET', '/v1/issuers', 401],
    [operator, 'POST', '/v1/issuers', 400],
  ] as const) {
    const answer = await call(method, `${path}?x=1`, method === 'POST' ? {} : undefined)
    t.equal(answer.status, status)
    const lines = linesOf(answer.headers['x-request-id'])
    t.equal(lines.length, 1, `${method} ${path}`)
    t.match(lines[0], {
      level: 30,
      req: { method, path, ip: '127.0.0.1' },
      res: { status },
      responseTime: Number,
      msg: 'request completed',
    })
  }
})

t.test('a client that leaves before the answer leaves its line too', async (t) => {
  const url = new URL(await service.app.listen({ host: '127.0.0.1', port: 0 }))
  const socket = connect(Number(url.port), url.hostname)
  await once(socket, 'connect')
  // Of the body one byte is missing, so that no answer can overtake the end.
  socket.write('POST /verify?left HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n')
  socket.write('Content-Length: 3\r\n\r\n{}')
  await setTimeout(100)
  socket.destroy()
  const aborted = () => service.logged().includes('request aborted')
  for (let tries = 0; tries < 50 && !aborted(); tries++) await setTimeout(100)
  const [line] = service
    .logged()
    .split('\n')
    .filter((text) => text.includes('request aborted'))
  t.match(JSON.parse(line!), { level: 30, reqId: String, req: { method: 'POST', path: '/verify' } })
})
