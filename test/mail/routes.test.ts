import { randomUUID } from 'node:crypto'
import t from 'tap'
import { purgeMails } from '../../src/mail/purge-mails.ts'
import { eraseMailsAbout } from '../../src/mail/queries.ts'
import { sendMail } from '../../src/mail/send-mail.ts'
import { sweepMails } from '../../src/mail/sweep-mails.ts'
import { openMailer } from '../../src/mail/transport.ts'
import { createTenant } from '../support/factories.ts'
import { newMail, queueIn, untilState } from '../support/mails.ts'
import { startService } from '../support/service.ts'
import { startSmtp } from '../support/smtp.ts'

const DAY = 24 * 3600 * 1000
const smtp = await startSmtp(t)
const service = await startService(t, { smtpUrl: smtp.url, mailFrom: 'badges@example.org' })
const { ctx } = service
t.beforeEach(() => smtp.behave({}))

t.test('the outbox is a list, newest first, by state and by what it is about', async (t) => {
  const tenant = await createTenant(service.app)
  const about = randomUUID()
  const list = async (query: string) =>
    (await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails?${query}`)).body
  const ids: string[] = []
  for (const one of [{ about }, {}, { about }]) ids.unshift(await queueIn(ctx, newMail(tenant, one)))
  for (const id of ids) await untilState(tenant, id, 'sent')
  smtp.behave({ refuse: { code: 550, words: 'No' } })
  const failed = await queueIn(ctx, newMail(tenant))
  await untilState(tenant, failed, 'failed')
  const idsOf = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id)
  t.strictSame(idsOf(await list('')), [failed, ...ids])
  t.strictSame(idsOf(await list('state=sent')), ids)
  t.strictSame(idsOf(await list('state=failed')), [failed])
  t.strictSame(idsOf(await list(`about=${about}`)), [ids[0], ids[2]])
  t.strictSame(idsOf(await list('state=queued')), [])
  const first = await list('limit=3')
  t.strictSame(idsOf(first), [failed, ids[0], ids[1]])
  t.strictSame(idsOf(await list(`limit=3&cursor=${first.nextCursor}`)), [ids[2]])
  t.equal((await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails?state=lost`)).status, 400)

  const single = await tenant.call('GET', `/v1/mails/${ids[0]}`)
  t.equal(single.body.about, about)
  t.equal(single.headers.etag, `"${single.body.revision}"`)
  const stranger = await createTenant(service.app)
  t.equal((await stranger.call('GET', `/v1/mails/${ids[0]}`)).status, 404)
  t.equal((await stranger.call('GET', `/v1/issuers/${tenant.slug}/mails`)).status, 404)
  t.equal((await stranger.call('POST', `/v1/mails/${ids[0]}/resend`)).status, 404)
})

t.test('what was sent or has failed is sent again on request; what is queued is not', async (t) => {
  const tenant = await createTenant(service.app)
  const mail = newMail(tenant)
  smtp.behave({ refuse: { code: 550, words: 'No' } })
  const id = await queueIn(ctx, mail)
  await untilState(tenant, id, 'failed')
  smtp.behave({})
  for (const times of [1, 2]) {
    const resent = await tenant.call('POST', `/v1/mails/${id}/resend`)
    t.equal(resent.status, 200)
    t.match(resent.body, { id, state: 'queued', attempts: 0 })
    t.notOk(resent.body.lastError ?? resent.body.sentAt)
    t.match(await untilState(tenant, id, 'sent'), { attempts: 1 })
    t.equal(smtp.to(mail.to).length, times)
  }
  smtp.behave({ refuse: { code: 451, words: 'Later' } })
  const waiting = await queueIn(ctx, newMail(tenant))
  const refused = await tenant.call('POST', `/v1/mails/${waiting}/resend`)
  t.equal(refused.status, 409)
  t.match(refused.body, { type: /\/problems\/mail-state$/, state: 'queued' })
})

t.test('a resend that is asked for twice with one Idempotency-Key sends one mail', async (t) => {
  const tenant = await createTenant(service.app)
  const mail = newMail(tenant)
  const id = await queueIn(ctx, mail)
  await untilState(tenant, id, 'sent')
  const resend = () =>
    tenant.call('POST', `/v1/mails/${id}/resend`, undefined, { 'idempotency-key': 'again' })
  t.equal((await resend()).status, 200)
  await untilState(tenant, id, 'sent')
  t.match((await resend()).body, { state: 'queued' })
  t.match((await tenant.call('GET', `/v1/mails/${id}`)).body, { state: 'sent' })
  t.equal(smtp.to(mail.to).length, 2)
})

t.test('without a mail server the mail stays queued, says so, and goes out when there is one', async (t) => {
  const quiet = await startService(t)
  const tenant = await createTenant(quiet.app)
  const start = Date.parse('2030-01-01T00:00:00Z')
  quiet.setTime(new Date(start))
  const mail = newMail(tenant)
  const id = await queueIn(quiet.ctx, mail)
  await sendMail(quiet.ctx, id)
  quiet.setTime(new Date(start + DAY))
  await sweepMails(quiet.ctx)
  const inEnglish = (await tenant.call('GET', `/v1/mails/${id}`)).body
  t.match(inEnglish, { state: 'queued', attempts: 0, note: 'no mail server is configured' })
  t.notOk(inEnglish.nextAttemptAt)
  const { body } = await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails`, undefined, {
    'accept-language': 'fr',
  })
  t.equal(body.items[0].note, 'aucun serveur de messagerie n’est configuré')

  const mailer = openMailer(smtp.url, 'badges@example.org')
  t.teardown(() => mailer.close())
  const sent: string[] = []
  const send = async (_db: unknown, _name: string, data: Record<string, string>) =>
    void sent.push(data.mailId!)
  const configured = { ...quiet.ctx, mailer, queue: { ...quiet.ctx.queue, send } }
  await sweepMails(configured)
  await sweepMails(configured)
  t.strictSame(sent, [id], 'taken up once')
  await sendMail(configured, id)
  t.match((await tenant.call('GET', `/v1/mails/${id}`)).body, { state: 'sent' })
  t.equal(smtp.to(mail.to).length, 1)
})

t.test(
  '30 days after it was sent or given up a mail is gone, and at once when its object is erased',
  async (t) => {
    const tenant = await createTenant(service.app)
    const start = Date.parse('2031-01-01T00:00:00Z')
    const at = (days: number) => service.setTime(new Date(start + days * DAY))
    const there = async () =>
      (await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails`)).body.items.map(
        ({ id }: { id: string }) => id,
      )
    at(0)
    const about = randomUUID()
    const erased = await queueIn(ctx, newMail(tenant, { about }))
    const sent = await queueIn(ctx, newMail(tenant, { about: randomUUID() }))
    for (const id of [erased, sent]) await untilState(tenant, id, 'sent')
    smtp.behave({ refuse: { code: 550, words: 'No' } })
    const failed = await queueIn(ctx, newMail(tenant))
    await untilState(tenant, failed, 'failed')
    const { mailer: _, ...quiet } = ctx
    const never = await queueIn(quiet, newMail(tenant))
    await eraseMailsAbout(ctx.db, about)
    t.strictSame((await there()).sort(), [sent, failed, never].sort())

    smtp.behave({})
    at(20)
    await tenant.call('POST', `/v1/mails/${sent}/resend`)
    await untilState(tenant, sent, 'sent')
    at(29)
    await purgeMails(ctx)
    t.strictSame((await there()).sort(), [sent, failed, never].sort())
    at(31)
    await purgeMails(ctx)
    t.strictSame(await there(), [sent], 'counted from the last sending')
    at(51)
    await purgeMails(ctx)
    t.strictSame(await there(), [])
  },
)
