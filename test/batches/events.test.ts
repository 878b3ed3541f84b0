import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { SigningJob } from '../../src/signing/signer.ts'
import { checkedBatch, people, untilStatus } from '../support/batches.ts'
import { openEventStream, type ServerSentEvent } from '../support/event-stream.ts'
import { createBadge, createKey, createTenant } from '../support/factories.ts'
import { startService, type TestService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const origin = await service.app.listen({ port: 0, host: '127.0.0.1' })
const eventsOf = (id: string, at = origin) => `${at}/v1/batches/${id}/events`

t.test('progress in its order, then done, and the stream ends', async (t) => {
  // The last ones wait until the first were seen. The embedded database shows nothing while they hold it, so there
  // they wait for a moment, and are seen before the next ones.
  const someSeen = Promise.withResolvers<void>()
  const longest = service.ctx.config.databaseUrl ? 60_000 : 800
  const { signer } = service.ctx
  const signApart = signer.signApart
  let signed = 0
  const value = async (job: SigningJob) => {
    signed += job.rows.length
    if (signed > 1000) await Promise.race([someSeen.promise, sleep(longest, undefined, { ref: false })])
    return signApart(job)
  }
  t.intercept(signer, 'signApart', { value })
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(1200))
  const stream = await openEventStream(eventsOf(id), tenant.key)
  t.equal(stream.response.status, 200)
  t.equal(stream.response.headers.get('content-type'), 'text/event-stream')
  t.equal(stream.response.headers.get('cache-control'), 'no-store')
  await stream.until(1)
  t.match(stream.events[0], { event: 'progress', id: '1', data: { id, status: 'checked', revision: 1 } })
  await tenant.call('POST', `/v1/batches/${id}/commit`)
  const { events } = stream
  while (!events.some(isOnItsWay) && events.at(-1)?.event !== 'done') await sleep(10)
  someSeen.resolve()
  await stream.ended
  const last = events.at(-1)!
  t.match(last, { event: 'done', data: { status: 'done', counts: { issued: 1200, ready: 0 } } })
  t.strictSame(last.data, (await tenant.call('GET', `/v1/batches/${id}`)).body, 'data is the batch')
  t.ok(events.slice(0, -1).every(({ event }) => event === 'progress'))
  t.ok(events.some(isOnItsWay), 'some on its way')
  const revisions = events.map(({ data }) => data.revision)
  t.strictSame(
    revisions,
    [...new Set(revisions)].sort((a, b) => a - b),
  )
  t.strictSame(
    events.map((event) => event.id),
    revisions.map(String),
  )

  const late = await openEventStream(eventsOf(id), tenant.key)
  await late.ended
  t.strictSame(late.events, [last], 'who comes late is told the end')
})

t.test('the end of a batch that was cancelled is told as well, in the reader’s words', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(1))
  const stream = await openEventStream(eventsOf(id), tenant.key)
  await stream.until(1)
  await tenant.call('POST', `/v1/batches/${id}/cancel`)
  await stream.ended
  t.match(stream.events.at(-1), { event: 'done', data: { status: 'cancelled', counts: { cancelled: 1 } } })
})

t.test('only to those who may read the batch', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(1))
  const other = await createTenant(service.app)
  const weak = await createKey(service.app, tenant.slug, ['issuer:read'])
  for (const [key, status] of [
    [other.key, 404],
    [weak, 403],
    ['ecu_none', 401],
  ] as const) {
    const { response } = await openEventStream(eventsOf(id), key)
    t.equal(response.status, status)
    t.match(response.headers.get('content-type'), 'application/problem+json')
  }
  const readers = await createKey(service.app, tenant.slug, ['assertions:read'])
  const stream = await openEventStream(eventsOf(id), readers)
  t.equal(stream.response.status, 200)
  stream.leave()
})

t.test('a reader who leaves is forgotten', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const { id } = await checkedBatch(tenant, badge, people(1))
  const { port } = new URL(origin)
  const before = await openSockets(service)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(
    `GET /v1/batches/${id}/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tenant.key}\r\n\r\n`,
  )
  const [first] = await once(socket, 'data')
  t.match(String(first), /^HTTP\/1.1 200/)
  socket.destroy()
  for (let waited = 0; (await openSockets(service)) > before && waited < 5000; waited += 20) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  t.ok((await openSockets(service)) <= before)
  await tenant.call('POST', `/v1/batches/${id}/commit`)
  await untilStatus(tenant, id, 'done')
  t.notMatch(service.logged(), /"level":[56]0/)
})

t.test('a service that closes ends its streams, and does not wait for the batch', async (t) => {
  const own = await startService(t)
  const there = await createTenant(own.app)
  const address = await own.app.listen({ port: 0, host: '127.0.0.1' })
  const { id: badge } = await createBadge(there)
  const { id } = await checkedBatch(there, badge, people(1))
  const stream = await openEventStream(eventsOf(id, address), there.key)
  await stream.until(1)
  const start = Date.now()
  await own.app.close()
  await stream.ended
  t.ok(Date.now() - start < 5000, `${Date.now() - start} ms`)
})

function isOnItsWay({ data }: ServerSentEvent): boolean {
  return data.status === 'running' && data.counts.issued > 0
}

async function openSockets({ app }: TestService): Promise<number> {
  return new Promise((resolve) => app.server.getConnections((_error, count) => resolve(count)))
}
