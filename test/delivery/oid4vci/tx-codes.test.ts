import { sql } from 'drizzle-orm'
import t from 'tap'
import { call, post, readOffer, tokenForm } from '../../support/openid-wallet.ts'
import { startStand } from './stand.ts'

const stand = await startStand(t)
const { issuer, tenant } = stand

/** An offer with a code, and ways to try at it. */
async function guarded() {
  const { link, claim, assertionId } = await stand.offer('ldp_vc', { pin: 'returned' })
  const wrongCodes = Array.from({ length: 30 }, (_, i) =>
    String((Number(claim.pin) + i + 1) % 1e6).padStart(6, '0'),
  )
  const offer = await readOffer(link)
  const attempt = (code?: string, name = 'tx_code') =>
    post(`${issuer}/token`, tokenForm(offer, undefined, code === undefined ? {} : { [name]: code }))
  const shown = async () => (await tenant.call('GET', `/v1/assertions/${assertionId}/claims`)).body.items[0]
  return { link, claim, wrongCodes, attempt, shown }
}

const wrong = { status: 400, body: { error: 'invalid_grant' } }

t.test('five wrong codes end the claim, and then the right one is refused too', async (t) => {
  const { link, claim, wrongCodes, attempt, shown } = await guarded()
  for (const code of wrongCodes.slice(0, 5)) {
    t.equal((await shown()).state, 'offered')
    t.match(await attempt(code), wrong)
  }
  t.match(await attempt(claim.pin), wrong, 'the right one')
  t.match(await shown(), { state: 'withdrawn', withdrawal: 'wrong-codes' })
  t.equal((await call(new URL(link).searchParams.get('credential_offer_uri')!)).status, 410)
})

t.test('wrong codes count for the life of the claim, right ones do not', async (t) => {
  const { link, claim, wrongCodes, attempt, shown } = await guarded()
  const again = async (code: string) => post(`${issuer}/token`, tokenForm(await readOffer(link), code))
  for (const code of wrongCodes.slice(0, 4)) t.match(await attempt(code), wrong)
  t.equal((await attempt(claim.pin)).status, 200)
  for (let i = 0; i < 3; i++) t.equal((await again(claim.pin)).status, 200)
  t.match(await again(wrongCodes[5]!), wrong)
  t.match(await shown(), { state: 'withdrawn', withdrawal: 'wrong-codes' })
})

t.test('a code that is not sent is asked for, and counts for nothing', async (t) => {
  const { claim, attempt } = await guarded()
  for (let i = 0; i < 6; i++) t.match(await attempt(), { status: 400, body: { error: 'invalid_request' } })
  t.match(await attempt(''), { status: 400, body: { error: 'invalid_request' } })
  for (const odd of ['1', 'x'.repeat(5000), `${claim.pin}0`, 'é']) t.match(await attempt(odd), wrong)
  t.equal((await attempt(claim.pin, 'user_pin')).status, 200, 'under the name that draft 11 had for it')
})

t.test('of twenty wrong codes at once no more than five are looked at', async (t) => {
  const { claim, wrongCodes, attempt, shown } = await guarded()
  const tried = [...wrongCodes.slice(0, 10), ...wrongCodes.slice(10, 20)]
  const answers = await Promise.all(tried.map((code) => attempt(code)))
  for (const answer of answers) t.match(answer, wrong)
  const counted = answers.filter(({ body }) => /tries left: [1-4]/.test(body.error_description))
  t.ok(counted.length <= 4, 'the last try leaves none')
  t.match(await shown(), { state: 'withdrawn', withdrawal: 'wrong-codes' })
  t.match(await attempt(claim.pin), wrong)
})

t.test('among twenty codes at once the right one comes in time, or not at all', async (t) => {
  const { claim, wrongCodes, attempt } = await guarded()
  const tried = [...wrongCodes.slice(0, 10), claim.pin, ...wrongCodes.slice(10, 19)]
  const answers = await Promise.all(tried.map((code) => attempt(code)))
  const taken = answers.filter(({ status }) => status === 200)
  t.ok(taken.length <= 1)
  for (const answer of answers.filter(({ status }) => status !== 200)) t.match(answer, wrong)
})

t.test('where five tries are counted no other is looked at, even before the claim is ended', async (t) => {
  const { claim, attempt } = await guarded()
  await stand.service.ctx.db.execute(sql`update claims set pin_attempts = 5 where id = ${claim.id}`)
  t.match(await attempt(claim.pin), wrong)
})
