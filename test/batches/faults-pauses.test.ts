import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { sweepBatches } from '../../src/batches/sweep.ts'
import { createSigner, type Signer } from '../../src/signing/signer.ts'
import { generateKeyPair } from '../../src/vc/keys.ts'
import { checkedBatch, countsOf, people, untilStatus } from '../support/batches.ts'
import { createBadge, createTenant } from '../support/factories.ts'
import { everyoneOnce } from '../support/issued-once.ts'
import { startService } from '../support/service.ts'

const ROWS = 1200

/** How far the clock was put forward. */
let ahead = 0
const clock = () => new Date(Date.now() + ahead)

/** Signs in real threads; with the fault, its proofs name another key than the one that signed. */
const signer = createSigner(1, 100)
t.teardown(() => signer.close())
let isBroken = false
const { publicKeyMultibase: otherKey } = generateKeyPair('Ed25519')
const breakable: Signer = {
  ...signer,
  signApart(job) {
    const { key } = job.options
    const wrong = { ...key, id: `${key.controller}#${otherKey}` }
    return signer.signApart(isBroken ? { ...job, options: { ...job.options, key: wrong } } : job)
  },
}

const { app, ctx, logged } = await startService(t, {}, { clock, signer: breakable })

/** A tenant with a batch that is ready to be committed. */
async function setUp() {
  const tenant = await createTenant(app)
  const { id: badge } = await createBadge(tenant)
  const addresses = people(ROWS)
  const { id } = await checkedBatch(tenant, badge, addresses)
  const from = logged().length
  return {
    tenant,
    id,
    expected: { badge, batches: [id], addresses, verifyEvery: 20 },
    commit: () => tenant.call('POST', `/v1/batches/${id}/commit`),
    read: async () => (await tenant.call('GET', `/v1/batches/${id}`)).body,
    pausesLogged: () =>
      logged()
        .slice(from)
        .split('\n')
        .filter((line) => line.includes('a batch is paused')),
  }
}

/** The service looks every 5 s by itself, and takes up a pause after half a minute. */
async function sweepAfter(ms: number) {
  ahead += ms
  await sweepBatches(ctx)
}

/**
 * The disk is full as soon as there are so many assertions: the database's own error, the way that it comes. As on a
 * disk, those who write at the same time share the room: they count one after the other.
 */
async function fillDisk(assertions: number) {
  await ctx.db.execute(
    sql.raw(`create or replace function disk_is_full() returns trigger language plpgsql as $$ begin
      perform pg_advisory_xact_lock(8264);
      if (select count(*) from assertions) > ${assertions} then
        raise exception 'could not extend file "base/5/16384": No space left on device' using errcode = '53100';
      end if;
      return null;
    end $$`),
  )
  await ctx.db.execute(
    sql`create trigger disk_is_full after insert on assertions execute function disk_is_full()`,
  )
}

const freeDisk = () => ctx.db.execute(sql`drop trigger disk_is_full on assertions`)

t.test('the disk is full: the batch pauses, says so, and goes on by itself', async (t) => {
  const { tenant, id, expected, commit, read, pausesLogged } = await setUp()
  await fillDisk(700)
  await commit()
  const paused = await untilStatus(tenant, id, 'paused')
  t.match(paused.pauseReason, { code: 'storage', message: /no room/ })
  const { issued } = paused.counts
  t.ok(issued > 0 && issued <= 700, `after ${issued} rows`)
  t.equal(paused.counts.ready, ROWS - issued)
  t.match(pausesLogged()[0], '"level":50')

  await freeDisk()
  await sweepAfter(20_000)
  t.equal((await read()).status, 'paused', 'not at once')
  await sweepAfter(11_000)
  t.notOk('pauseReason' in (await untilStatus(tenant, id, 'done')))
  await everyoneOnce(t, tenant, expected)
})

t.test('a full disk that has room again: commit takes the batch up at once', async (t) => {
  const { tenant, id, expected, commit } = await setUp()
  await fillDisk(0)
  await commit()
  await untilStatus(tenant, id, 'paused')
  await freeDisk()
  t.equal((await commit()).status, 202)
  await untilStatus(tenant, id, 'done')
  await everyoneOnce(t, tenant, expected)
})

const changeKey = (issuerId: string, change: string) =>
  ctx.db.execute(
    sql`update signing_keys set ${sql.raw(change)} where issuer_id = ${issuerId} and algorithm = 'Ed25519'`,
  )

t.test('the signing key is missing: the batch pauses, says so, and goes on by itself', async (t) => {
  const { tenant, id, expected, commit } = await setUp()
  await changeKey(tenant.id, `status = 'retired', retired_at = now()`)
  await commit()
  const paused = await untilStatus(tenant, id, 'paused')
  t.match(paused.pauseReason, { code: 'signing-key', message: /signing key/ })
  t.strictSame(countsOf(paused), { total: ROWS, ready: ROWS })
  await changeKey(tenant.id, `status = 'active', retired_at = null`)
  await sweepAfter(31_000)
  await untilStatus(tenant, id, 'done')
  await everyoneOnce(t, tenant, expected)
})

t.test('the signing key cannot be opened: the same, and commit takes the batch up at once', async (t) => {
  const { tenant, id, expected, commit } = await setUp()
  await changeKey(tenant.id, 'sealed_private_jwk = reverse(sealed_private_jwk)')
  ctx.unsealedKeys.clear()
  await commit()
  const paused = await untilStatus(tenant, id, 'paused')
  t.equal(paused.pauseReason.code, 'signing-key')
  t.strictSame(countsOf(paused), { total: ROWS, ready: ROWS })
  await changeKey(tenant.id, 'sealed_private_jwk = reverse(sealed_private_jwk)')
  t.equal((await commit()).status, 202)
  await untilStatus(tenant, id, 'done')
  await everyoneOnce(t, tenant, expected)
})

t.test('a signature that does not verify stops the batch loudly, and nothing of it is stored', async (t) => {
  const { tenant, id, expected, commit, read, pausesLogged } = await setUp()
  isBroken = true
  await commit()
  const paused = await untilStatus(tenant, id, 'paused')
  t.match(paused.pauseReason, { code: 'self-check', message: /did not verify/ })
  t.strictSame(countsOf(paused), { total: ROWS, ready: ROWS })
  t.match(pausesLogged()[0], /"level":50.*does not verify.*"reason":"self-check"/)
  t.strictSame((await tenant.call('GET', `/v1/issuers/${tenant.slug}/assertions`)).body.items, [])

  isBroken = false
  await sweepAfter(31_000)
  await sweepAfter(3_600_000)
  await sleep(200)
  t.equal((await read()).status, 'paused', 'until somebody has looked at it')
  t.equal((await commit()).status, 202)
  await untilStatus(tenant, id, 'done')
  await everyoneOnce(t, tenant, expected)
})
