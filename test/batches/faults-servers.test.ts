import t from 'tap'
import { checkedBatch, people, untilStatus } from '../support/batches.ts'
import { callerAt, foundIssuer, openFleet, untilIssuing } from '../support/fleet.ts'
import { everyoneOnce } from '../support/issued-once.ts'

const ROWS = 2500

const skip = !process.env.TEST_DATABASE_URL && 'one process alone opens the embedded database'

t.test(
  'two servers on one database share a batch, and one ends what the other began',
  { skip },
  async (t) => {
    const fleet = await openFleet(t)
    const servers = [fleet.start(), fleet.start()] as const
    const [origin] = await Promise.all(servers.map((server) => server.listens()))
    const { tenant, badge } = await foundIssuer(callerAt(() => origin!))
    const batches: string[] = []
    const addresses: string[] = []
    const commit = async () => {
      const more = people(ROWS)
      const { id } = await checkedBatch(tenant, badge, more)
      batches.push(id)
      addresses.push(...more)
      await tenant.call('POST', `/v1/batches/${id}/commit`)
      return id
    }

    await untilStatus(tenant, await commit(), 'done')

    const id = await commit()
    const before = await untilIssuing(tenant, id)
    servers[1].child.kill('SIGKILL')
    const since = performance.now()
    await untilStatus(tenant, id, 'done')
    const took = Math.round(performance.now() - since)
    t.ok(took < 25_000, `one was killed after ${before} rows: done ${took} ms later`)
    await everyoneOnce(t, tenant, { badge, batches, addresses, verifyEvery: 20 })
  },
)

t.test('a server that is stopped in the middle of a batch ends soon, and the next one goes on', async (t) => {
  const fleet = await openFleet(t)
  let server = fleet.start()
  let origin = await server.listens()
  const { tenant, badge } = await foundIssuer(callerAt(() => origin))
  const addresses = people(ROWS)
  const { id } = await checkedBatch(tenant, badge, addresses)
  await tenant.call('POST', `/v1/batches/${id}/commit`)
  const before = await untilIssuing(tenant, id)
  server.child.kill('SIGTERM')
  const since = performance.now()
  const { code, output } = await server.ended()
  const took = Math.round(performance.now() - since)
  t.equal(code, 0)
  t.ok(took < 10_000, `it ended after ${took} ms`)
  t.notOk(/"level":[456]0/.test(output), 'and complained of nothing')

  server = fleet.start()
  origin = await server.listens()
  const { body } = await tenant.call('GET', `/v1/batches/${id}`)
  t.match(body, { status: 'running' }, `${body.counts.issued} rows were issued (${before} at the signal)`)
  const resumed = performance.now()
  await untilStatus(tenant, id, 'done')
  t.ok(performance.now() - resumed < 10_000, 'without a wait')
  await everyoneOnce(t, tenant, { badge, batches: [id], addresses, verifyEvery: 20 })
})
