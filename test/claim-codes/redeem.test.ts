import t from 'tap'
import { redeemClaimCode } from '../../src/claim-codes/redeem.ts'
import { inTransaction } from '../../src/db/db.ts'
import { inside } from '../../src/db/inside.ts'
import { Invalid } from '../../src/errors.ts'
import { createBadge, createTenant } from '../support/factories.ts'
import { startService } from '../support/service.ts'

const service = await startService(t)
const { ctx } = service
const tenant = await createTenant(service.app)

/** The codes of a new set, and how to redeem one. */
async function prepare(body: object) {
  const { id: badgeClassId } = await createBadge(tenant)
  const made = await tenant.call('POST', `/v1/badge-classes/${badgeClassId}/claim-codes`, body)
  const url = `/v1/claim-codes/${made.body.id}`
  const lines = async () =>
    (await tenant.call('GET', `${url}/codes.csv`)).text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(';'))
  return {
    url,
    badgeClassId,
    codes: (await lines()).map(([, code]) => code!),
    uses: async () => (await lines()).map((line) => Number(line[3])),
    used: async () => (await tenant.call('GET', url)).body.used,
    redeem: (code: string) =>
      inTransaction(ctx.db, (tx) => redeemClaimCode(inside(ctx, tx), { badgeClassId, code })),
  }
}

/** `redeemed`, or the code of the fault. */
async function outcomeOf(work: Promise<void>): Promise<string> {
  try {
    await work
    return 'redeemed'
  } catch (error) {
    if (!(error instanceof Invalid) || error.faults[0]?.path !== '/code') throw error
    return error.faults[0].code
  }
}
const count = (outcomes: string[], outcome: string) => outcomes.filter((other) => other === outcome).length

t.test('of 50 that redeem one code at once, one does', async (t) => {
  const { codes, redeem, uses, used } = await prepare({ count: 1 })
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcomeOf(redeem(codes[0]!))))
  t.equal(count(outcomes, 'redeemed'), 1)
  t.equal(count(outcomes, 'claim-code-used-up'), 49)
  t.strictSame([await uses(), await used()], [[1], 1])
})

t.test('all codes together give no more than maxUses, however many come at once', async (t) => {
  const { codes, redeem, uses, used } = await prepare({ count: 10, usesPerCode: 3, maxUses: 7 })
  const tries = Array.from({ length: 40 }, (_, i) => outcomeOf(redeem(codes[i % 10]!)))
  t.equal(count(await Promise.all(tries), 'redeemed'), 7)
  t.equal(await used(), 7)
  const each = await uses()
  t.equal(
    each.reduce((sum, n) => sum + n, 0),
    7,
  )
  t.ok(Math.max(...each) <= 3)
})

t.test('a code is read however it is typed', async (t) => {
  const { codes, redeem, uses } = await prepare({ count: 1, usesPerCode: 10 })
  const plain = codes[0]!.replaceAll('-', '')
  const ways = [
    plain,
    plain.toLowerCase(),
    ` ${codes[0]} `,
    [...plain].join(' '),
    codes[0]!.replaceAll('-', '–'),
  ]
  for (const way of ways) t.equal(await outcomeOf(redeem(way)), 'redeemed', way)
  t.strictSame(await uses(), [ways.length])
})

t.test('what fails afterwards gives the use back', async (t) => {
  const { codes, badgeClassId, redeem, used } = await prepare({ count: 1 })
  const failing = inTransaction(ctx.db, async (tx) => {
    await redeemClaimCode(inside(ctx, tx), { badgeClassId, code: codes[0]! })
    throw new Error('the award failed')
  })
  await t.rejects(failing, /the award failed/)
  t.equal(await used(), 0)
  t.equal(await outcomeOf(redeem(codes[0]!)), 'redeemed')
})

t.test('each refusal says why', async (t) => {
  service.setTime('2026-06-01T08:00:00Z')
  const times = { validFrom: '2026-06-02T00:00:00Z', validUntil: '2026-06-03T00:00:00Z' }
  const { codes, redeem, url } = await prepare({ count: 2, usesPerCode: 5, ...times })
  const [code, other] = codes as [string, string]
  const outcomes = []
  for (const time of ['2026-06-01T23:59:59Z', times.validFrom, '2026-06-02T23:59:59Z', times.validUntil]) {
    service.setTime(time)
    outcomes.push(await outcomeOf(redeem(code)))
  }
  t.strictSame(outcomes, ['claim-code-too-early', 'redeemed', 'redeemed', 'claim-code-expired'])
  service.setTime('2026-06-02T12:00:00Z')
  const etag = (await tenant.call('GET', url)).headers.etag
  t.equal(await outcomeOf(redeem(other)), 'redeemed')
  t.not((await tenant.call('GET', url)).headers.etag, etag, 'what is used is another revision')
  await tenant.call('POST', `${url}/revoke`)
  t.equal(await outcomeOf(redeem(other)), 'claim-code-revoked')
  for (const unknown of ['', 'ABCD-EFGH-JKMN', code.slice(1), '\u0000']) {
    t.equal(await outcomeOf(redeem(unknown)), 'claim-code-unknown', JSON.stringify(unknown))
  }
  const elsewhere = await prepare({ count: 1 })
  t.equal(await outcomeOf(redeem(elsewhere.codes[0]!)), 'claim-code-unknown', 'a code of another badge')
  t.equal(await elsewhere.used(), 0)
})
