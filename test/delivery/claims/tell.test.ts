import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { issueAssertion } from '../../../src/assertions/issue.ts'
import type { NewAssertion } from '../../../src/assertions/schema.ts'
import type { Context } from '../../../src/context.ts'
import { tellAwarded } from '../../../src/delivery/claims/tell-awarded.ts'
import { checkedBatch, people, postList, untilDone, untilStatus } from '../../support/batches.ts'
import { createBadge, createTenant } from '../../support/factories.ts'
import { createForm, submitDraft } from '../../support/requests.ts'
import { caller, PUBLIC_URL, startService } from '../../support/service.ts'
import { type Received, startSmtp } from '../../support/smtp.ts'

const smtp = await startSmtp(t)
const mailed = { smtpUrl: smtp.url, mailFrom: 'Badges <badges@example.org>' }
const { app, ctx } = await startService(t, mailed)
const anyone = caller(app)
const operator = { kind: 'operator' } as const
const LINK = new RegExp(`${PUBLIC_URL}/interactions/([0-9a-f-]{36})\\?iuv=1`)

/** What the service would do without its jobs, so that a test can do their work itself. */
const nothing = async () => undefined
const withoutJobs: Context = { ...ctx, queue: { ...ctx.queue, send: nothing, sendMany: nothing } }

/** Awards whose people nobody told yet, and for which no job was sent. */
async function awardUntold(badge: string, addresses: readonly string[], more: Partial<NewAssertion> = {}) {
  const inputs = addresses.map((email) => ({ recipient: { email }, notify: true, ...more }))
  return Promise.all(inputs.map((input) => issueAssertion(withoutJobs, operator, badge, input)))
}

/** Waits until each of these addresses has a mail, and a little longer for what must not come. */
async function mailsTo(addresses: readonly string[]): Promise<Received[]> {
  for (let i = 0; i < 1200 && !addresses.every((address) => smtp.to(address).length > 0); i++) await sleep(25)
  await sleep(300)
  return addresses.flatMap((address) => smtp.to(address))
}

function claimIn(mail: Received): string {
  const id = LINK.exec(mail.text)?.[1]
  if (!id) throw new Error(`no link in: ${mail.text}`)
  return id
}

/** Whoever is mailed finds a page and, with a wallet, a way to collect. */
async function linkWorks(t: Test, mail: Received): Promise<void> {
  t.match(mail.html, `/interactions/${claimIn(mail)}?iuv=1`)
  const path = `/interactions/${claimIn(mail)}?iuv=1`
  const forWallet = await anyone('GET', path, undefined, { accept: 'application/json' })
  t.match(forWallet, {
    status: 200,
    body: { protocols: { vcapi: `${PUBLIC_URL}/workflows/claim/exchanges/${claimIn(mail)}` } },
  })
  const forPerson = await anyone('GET', path, undefined, { accept: 'text/html' })
  t.equal(forPerson.status, 200)
}

/** Everybody is written to once, each with a link of their own. */
async function eachHasOne(t: Test, addresses: readonly string[]): Promise<Received[]> {
  const mails = await mailsTo(addresses)
  t.equal(mails.length, addresses.length, 'a mail for each person, and no more')
  t.equal(new Set(mails.map(claimIn)).size, addresses.length, 'each with a claim of its own')
  return mails
}

t.test(
  'an award: one mail with a link that works, in the language of the award or of the badge',
  async (t) => {
    const tenant = await createTenant(app)
    const french = await createBadge(tenant)
    const english = await createBadge(tenant, { language: 'en-GB' })
    const cases = [
      { badge: french.id, language: 'fr' },
      { badge: french.id, asked: 'en', language: 'en' },
      { badge: english.id, language: 'en' },
      { badge: english.id, asked: 'fr', language: 'fr' },
    ]
    for (const { badge, asked, language } of cases) {
      const [email] = people(1)
      const award = {
        recipient: { email, name: 'Aïcha' },
        notify: true,
        ...(asked ? { language: asked } : {}),
      }
      const awarded = await tenant.call('POST', `/v1/badge-classes/${badge}/assertions`, award)
      t.match(awarded, { status: 201, body: { notified: true } })
      const [mail] = await eachHasOne(t, [email!])
      t.equal(mail!.header('content-language'), language)
      t.match(mail!.text, awarded.body.credentialUrl)
      await linkWorks(t, mail!)
      const { body } = await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails?about=${awarded.body.id}`)
      t.match(body.items, [{ template: 'badge-awarded', to: email, language, state: 'sent' }])
    }
  },
)

t.test('a batch: everybody with an address has one mail, and nobody of a batch without mails', async (t) => {
  const tenant = await createTenant(app)
  const { id: badge } = await createBadge(tenant)
  const addresses = people(250)
  const rows = [{ did: 'did:web:wallet.example' }, ...addresses.map((email) => ({ email, name: 'Zoé' }))]
  const posted = await postList(tenant, badge, { rows })
  t.match(posted.body, { status: 'checked', notify: true })
  t.equal(smtp.to(addresses[0]!).length, 0, 'a dry run writes to nobody')
  const done = await untilDone(tenant, posted.body.id)
  t.match(done, { counts: { issued: 251 }, notify: true })
  const mails = await eachHasOne(t, addresses)
  for (const mail of [mails[0]!, mails[249]!]) await linkWorks(t, mail)
  t.ok(mails.every((mail) => mail.header('content-language') === 'fr'))

  const [silentJson, silentCsv, told] = [people(3), people(3), people(1)]
  const json = await checkedBatch(tenant, badge, silentJson, { notify: false })
  const csv = await postList(tenant, badge, `courriel\n${silentCsv.join('\n')}\n`, { query: '?notify=false' })
  t.match(csv.body, { notify: false })
  for (const { id } of [json, csv.body]) t.match(await untilDone(tenant, id), { counts: { issued: 3 } })
  await untilDone(tenant, (await checkedBatch(tenant, badge, told)).id)
  await eachHasOne(t, told)
  t.equal((await mailsTo([])).concat(...[...silentJson, ...silentCsv].map(smtp.to)).length, 0)
})

t.test('a batch that ends before its list does: whoever has a badge is told', async (t) => {
  const tenant = await createTenant(app)
  const { id: badge } = await createBadge(tenant)
  const first = people(2)
  const { id } = await checkedBatch(tenant, badge, first)
  await untilDone(tenant, id)
  const addresses = people(400)
  const { id: long } = await checkedBatch(tenant, badge, addresses)
  await tenant.call('POST', `/v1/batches/${long}/commit`)
  await tenant.call('POST', `/v1/batches/${long}/cancel`)
  const { counts } = await untilStatus(tenant, long, 'cancelled', 'done')
  await eachHasOne(t, first)
  for (let i = 0; i < 400 && addresses.flatMap(smtp.to).length < counts.issued; i++) await sleep(25)
  t.equal(addresses.flatMap(smtp.to).length, counts.issued)
})

t.test('an accepted request: one mail, in the person’s own language', async (t) => {
  const tenant = await createTenant(app)
  const badge = await createForm(tenant)
  for (const language of ['fr', 'en']) {
    const applicant = await submitDraft(app, badge, { language })
    const accepted = await tenant.call('POST', `/v1/requests/${applicant.id}/accept`)
    t.equal(accepted.status, 200)
    const about = `/v1/issuers/${tenant.slug}/mails?about=${accepted.body.assertionId}`
    const awarded = () => smtp.to(applicant.email).filter(({ text }) => LINK.test(text))
    for (let i = 0; i < 400 && awarded().length === 0; i++) await sleep(25)
    await sleep(300)
    t.equal(awarded().length, 1)
    t.equal(awarded()[0]!.header('content-language'), language)
    t.match((await tenant.call('GET', about)).body.items, [{ template: 'badge-awarded', language }])
    await linkWorks(t, awarded()[0]!)
  }
})

t.test('what breaks in the middle loses nobody and writes to nobody twice', async (t) => {
  const tenant = await createTenant(app)
  const { id: badge } = await createBadge(tenant)
  const addresses = people(130)
  await awardUntold(badge, addresses)
  let sealed = 0
  const sealer = {
    ...ctx.sealer,
    async seal(secret: string) {
      if (++sealed === 120) throw new Error('the power went')
      return ctx.sealer.seal(secret)
    },
  }
  await t.rejects(tellAwarded({ ...ctx, sealer }), /the power went/)
  const queued = async () =>
    (await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails?limit=200`)).body.items.length
  t.equal(await queued(), 100, 'all of one transaction, and nothing of the other')
  const queue = { ...ctx.queue, sendMany: async () => Promise.reject(new Error('the database went')) }
  await t.rejects(tellAwarded({ ...ctx, queue }), /the database went/)
  t.equal(await queued(), 100)
  const stopped = AbortSignal.abort()
  await tellAwarded(ctx, stopped)
  t.equal(await queued(), 100, 'a process that stops begins nothing')
  await tellAwarded(ctx)
  await tellAwarded(ctx)
  await eachHasOne(t, addresses)
})

t.test('several workers at once write to everybody once', async (t) => {
  const tenant = await createTenant(app)
  const badges = [await createBadge(tenant), await createBadge(tenant, { language: 'en' })]
  const addresses = people(120)
  await awardUntold(badges[0]!.id, addresses)
  await awardUntold(badges[1]!.id, addresses)
  await Promise.all(Array.from({ length: 4 }, () => tellAwarded(ctx)))
  for (let i = 0; i < 800 && addresses.flatMap(smtp.to).length < 240; i++) await sleep(25)
  await sleep(300)
  const mails = addresses.flatMap(smtp.to)
  t.equal(mails.length, 240)
  t.equal(new Set(mails.map(claimIn)).size, 240)
  for (const language of ['fr', 'en'])
    t.equal(mails.filter((mail) => mail.header('content-language') === language).length, 120)
})

t.test('whose award was revoked before is not written to, however many there are', async (t) => {
  const tenant = await createTenant(app)
  const { id: badge } = await createBadge(tenant)
  const gone = people(110)
  const awards = await awardUntold(badge, gone)
  for (const { id } of awards) {
    const revoked = await tenant.call('POST', `/v1/assertions/${id}/revoke`, { reason: 'Erreur' })
    t.equal(revoked.status, 200)
  }
  const kept = people(1)
  await awardUntold(badge, kept)
  await tellAwarded(ctx)
  await eachHasOne(t, kept)
  t.equal(gone.flatMap(smtp.to).length, 0)
})

t.test('how a claim binds is what the badge class says', async (t) => {
  const tenant = await createTenant(app)
  for (const [claimBinding, binding] of [
    [undefined, 'did'],
    ['none', 'none'],
    ['did', 'did'],
  ]) {
    const { id: badge } = await createBadge(tenant, claimBinding ? { claimBinding } : {})
    const [assertion] = await awardUntold(badge, people(1))
    const now = Date.now()
    await tellAwarded(ctx)
    const { body } = await tenant.call('GET', `/v1/assertions/${assertion!.id}`)
    t.match(body.claims, [{ state: 'offered', binding, maxCollections: 1 }])
    const days = (Date.parse(body.claims[0].expiresAt) - now) / (24 * 3600_000)
    t.ok(Math.abs(days - 7) < 0.01, '7 days')
  }
})

t.test('without a mail server the mails wait in the outbox, and the batch says so', async (t) => {
  const quiet = await startService(t)
  const tenant = await createTenant(quiet.app)
  const { id: badge } = await createBadge(tenant)
  const addresses = [...people(2), `${randomUUID()}@example.org`]
  const { id } = await checkedBatch(tenant, badge, addresses)
  t.match(await untilDone(tenant, id), { notify: true, note: 'no mail server is configured' })
  const waiting = async () => (await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails`)).body.items
  for (let i = 0; i < 400 && (await waiting()).length < 3; i++) await sleep(25)
  const mail = { template: 'badge-awarded', state: 'queued', note: 'no mail server is configured' }
  t.match(await waiting(), [mail, mail, mail])
  const silent = await checkedBatch(tenant, badge, people(1), { notify: false })
  t.notOk((await tenant.call('GET', `/v1/batches/${silent.id}`)).body.note)
})
