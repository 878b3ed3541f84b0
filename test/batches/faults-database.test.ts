import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import t from 'tap'
import { checkedBatch, people, untilStatus } from '../support/batches.ts'
import { callerAt, foundIssuer, openFleet, untilIssuing } from '../support/fleet.ts'
import { everyoneOnce } from '../support/issued-once.ts'
import { findPostgres, startPostgres } from '../support/postgres-server.ts'

const ROWS = 1000

const programs = findPostgres()
const skip = process.env.TEST_DATABASE_URL
  ? !programs && 'the programs of PostgreSQL are not installed'
  : 'the embedded database does not end without its process'

t.test('a PostgreSQL that goes away in the middle of a batch does not stop it', { skip }, async (t) => {
  const postgres = await startPostgres(t, programs!)
  const fleet = await openFleet(t, postgres.url)
  const server = fleet.start()
  const origin = await server.listens()
  const call = callerAt(() => origin)
  const { tenant, badge } = await foundIssuer(call)
  const batches: string[] = []
  const addresses: string[] = []

  const interrupt = async (what: string, fault: () => unknown) => {
    const more = people(ROWS)
    const { id } = await checkedBatch(tenant, badge, more)
    batches.push(id)
    addresses.push(...more)
    await call('POST', `/v1/batches/${id}/commit`)
    const before = await untilIssuing(tenant, id)
    await fault()
    const since = performance.now()
    await untilStatus(tenant, id, 'done')
    const took = Math.round(performance.now() - since)
    t.ok(took < 20_000, `${what} after ${before} rows: done ${took} ms later`)
  }
  await interrupt('restarted', () => postgres.restart('fast'))
  await interrupt('crashed', () => postgres.restart('immediate'))
  await interrupt('away for a while', async () => {
    postgres.stop('fast')
    await sleep(3000)
    postgres.start()
  })
  await interrupt('all connections ended, again and again', async () => {
    for (let i = 0; i < 8; i++) {
      await endConnections(postgres.url)
      await sleep(60)
    }
  })
  t.notOk(server.output().includes('a batch is paused'), 'that is no fault of a batch')
  await everyoneOnce(t, tenant, { badge, batches, addresses, verifyEvery: 20 })
})

async function endConnections(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`)
  await client.end()
}
