import t from 'tap'
import {
  assertionsOf,
  checkedBatch,
  countsOf,
  EVENT,
  people,
  untilDone,
  untilStatus,
} from '../support/batches.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const OTHER = { name: 'Forum', date: '2025-03-01' }

t.test('the same people for the same event, however it is spelled, hold the badge already', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const addresses = people(2)
  const first = await checkedBatch(tenant, badge, addresses, { event: EVENT })
  await untilDone(tenant, first.id)
  const spellings = [
    EVENT,
    { name: ' journée  pepites ', date: EVENT.date, place: 'BORDEAUX' },
    { ...EVENT, name: EVENT.name.normalize('NFD') },
    { ...EVENT, date: undefined, startDate: EVENT.date, endDate: '2025-10-16' },
  ]
  for (const event of spellings) {
    const again = await checkedBatch(
      tenant,
      badge,
      addresses.map((one) => one.toUpperCase()),
      { event },
    )
    t.match(again, { counts: { ready: 0, 'already-awarded': 2 } }, JSON.stringify(event))
  }
  const others = [
    OTHER,
    { ...EVENT, date: '2025-10-16' },
    { ...EVENT, place: 'Pau' },
    { ...EVENT, name: 'X' },
  ]
  for (const event of others) {
    const more = await checkedBatch(tenant, badge, addresses, { event })
    t.match(more, { counts: { ready: 2, 'already-awarded': 0 } }, JSON.stringify(event))
  }
  const none = await checkedBatch(tenant, badge, addresses)
  t.match(none, { counts: { ready: 0 } }, 'without an event any award counts')
  const otherBadge = await checkedBatch(tenant, (await createBadge(tenant)).id, addresses, { event: EVENT })
  t.match(otherBadge, { counts: { ready: 2 } })
})

t.test('a single award knows the awards of batches', async (t) => {
  const { id: badge } = await createBadge(tenant)
  const [email] = people(1)
  const { id } = await checkedBatch(tenant, badge, [email!], { event: EVENT })
  await untilDone(tenant, id)
  const recipient = { email }
  const url = `/v1/badge-classes/${badge}/assertions`
  t.equal((await tenant.call('POST', url, { recipient })).status, 409)
  t.ok(await award(tenant, badge, { recipient, allowDuplicate: true }))
})

t.test(
  'two lists with the same people, committed at once: one credential per person and event',
  async (t) => {
    for (const [one, two, each] of [
      [EVENT, EVENT, 1],
      [undefined, undefined, 1],
      [EVENT, OTHER, 2],
    ] as const) {
      const { id: badge } = await createBadge(tenant)
      const addresses = people(1200)
      const first = await checkedBatch(tenant, badge, addresses, { event: one })
      const second = await checkedBatch(tenant, badge, addresses.toReversed(), { event: two })
      t.match([first, second], [{ counts: { ready: 1200 } }, { counts: { ready: 1200 } }])
      const commits = [first, second].map(({ id }) => tenant.call('POST', `/v1/batches/${id}/commit`))
      t.strictSame(
        (await Promise.all(commits)).map(({ status }) => status),
        [202, 202],
      )
      const [a, b] = [
        await untilStatus(tenant, first.id, 'done'),
        await untilStatus(tenant, second.id, 'done'),
      ]
      t.equal(a.counts.issued + b.counts.issued, 1200 * each)
      t.equal(a.counts['already-awarded'] + b.counts['already-awarded'], 2400 - 1200 * each)
      t.equal(countsOf(a).failed ?? countsOf(b).failed, undefined)
      const held = await assertionsOf(tenant, badge)
      t.equal(held.length, 1200 * each)
      t.equal(new Set(held.map(({ recipient }) => recipient.email)).size, 1200)
    }
    t.notMatch(service.logged(), /deadlock|40P01|batch is paused/)
  },
)
