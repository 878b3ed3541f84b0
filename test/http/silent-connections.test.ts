import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import { startService } from '../support/service.ts'

t.test('a connection on which nothing was said does not hold up the end', { timeout: 20_000 }, async (t) => {
  const { app } = await startService(t)
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  const accepted = once(app.server, 'connection')
  const silent = connect(Number(new URL(origin).port), '127.0.0.1')
  const ended = once(silent, 'close')
  await accepted
  // One that spoke is answered before it ends.
  const spoke = await fetch(`${origin}/healthz`)
  t.equal(spoke.status, 200)
  await app.close()
  silent.resume()
  await ended
})
