import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { checkedBatch, people, untilStatus } from '../support/batches.ts'
import { createBadge, createTenant } from '../support/factories.ts'
import { everyoneOnce } from '../support/issued-once.ts'
import { createDatabase, startService } from '../support/service.ts'

const ROWS = 1500

const skip = !process.env.TEST_DATABASE_URL && 'nothing stands between the embedded database and its service'

/** Stands before PostgreSQL, and breaks connections at COMMIT. */
async function startProxy(t: Test, url: string) {
  const target = new URL(url)
  const proxy = { url: '', isFaulty: false, heard: 0, unheard: 0 }
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    upstream.pipe(client)
    client.on('data', async (bytes) => {
      if (!proxy.isFaulty || !/commit\0/i.test(bytes.toString('latin1'))) return upstream.write(bytes)
      const isHeard = proxy.heard <= proxy.unheard
      proxy[isHeard ? 'heard' : 'unheard']++
      upstream.unpipe(client)
      upstream.resume()
      if (isHeard) {
        upstream.write(bytes)
        await sleep(100)
      }
      client.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(async () => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  const here = new URL(url)
  here.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.assign(proxy, { url: here.href })
}

t.test(
  'a commit whose answer never comes, or that never arrives, issues nothing twice',
  { skip },
  async (t) => {
    const database = (await createDatabase())!
    const proxy = await startProxy(t, database.url)
    const { app, close, logged } = await startService(
      { teardown: () => undefined },
      { databaseUrl: proxy.url },
    )
    t.teardown(async () => {
      await close()
      await database.drop()
    })
    const tenant = await createTenant(app)
    const { id: badge } = await createBadge(tenant)
    const addresses = people(ROWS)
    const { id } = await checkedBatch(tenant, badge, addresses)
    await tenant.call('POST', `/v1/batches/${id}/commit`)
    proxy.isFaulty = true
    for (let i = 0; i < 400 && proxy.heard + proxy.unheard < 6; i++) await sleep(25)
    proxy.isFaulty = false
    await untilStatus(tenant, id, 'done')
    t.ok(proxy.heard > 1 && proxy.unheard > 1, `${proxy.heard} took effect, ${proxy.unheard} did not`)
    t.notOk(logged().includes('a batch is paused'))
    await everyoneOnce(t, tenant, { badge, batches: [id], addresses, verifyEvery: 20 })
  },
)
