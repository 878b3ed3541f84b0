import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type SQL, sql } from 'drizzle-orm'
import t from 'tap'
import type { Mailer } from '../../src/context.ts'
import { inTransaction } from '../../src/db/db.ts'
import { inside } from '../../src/db/inside.ts'
import { queueMail } from '../../src/mail/queue-mail.ts'
import { sendMail } from '../../src/mail/send-mail.ts'
import { sweepMails } from '../../src/mail/sweep-mails.ts'
import { openMailer } from '../../src/mail/transport.ts'
import { createTenant } from '../support/factories.ts'
import { newMail, queueIn, until, untilState } from '../support/mails.ts'
import { startService } from '../support/service.ts'
import { startSmtp } from '../support/smtp.ts'

const MINUTE = 60_000
const smtp = await startSmtp(t)
const service = await startService(t, { smtpUrl: smtp.url, mailFrom: 'Badges <badges@example.org>' })
const { ctx } = service
t.beforeEach(() => smtp.behave({}))

const rowsOf = async (statement: SQL) =>
  ((await ctx.db.execute(statement)) as unknown as { rows: Record<string, unknown>[] }).rows

/** What the outbox would do without its jobs, so that a test can call for each attempt itself. */
const nothing = async () => undefined
const withoutJobs = { ...ctx, queue: { ...ctx.queue, send: nothing, sendMany: nothing } }

t.test('a mail goes out once with both bodies when its transaction is committed', async (t) => {
  const tenant = await createTenant(service.app, {
    name: 'INAÉ, l’association',
    email: 'contact@inae.example',
  })
  const mail = newMail(tenant)
  const undone = inTransaction(ctx.db, async (tx) => {
    await queueMail(inside(ctx, tx), newMail(tenant, { to: 'undone@example.org' }))
    throw new Error('undo')
  })
  await t.rejects(undone, /undo/)
  const id = await queueIn(ctx, mail)
  const sent = await untilState(tenant, id, 'sent')
  t.match(sent, { template: 'request-received', to: mail.to, language: 'fr', attempts: 1, sentAt: String })
  t.notOk(sent.lastError ?? sent.nextAttemptAt ?? sent.note)
  await sleep(700)
  t.equal(smtp.to(mail.to).length, 1)
  t.equal(smtp.to('undone@example.org').length, 0)
  const [received] = smtp.to(mail.to)
  t.equal(received!.from, 'badges@example.org')
  t.match(received!.header('from'), /^"?INAÉ, l’association"? <badges@example.org>$/)
  t.match(received!.header('reply-to'), /<contact@inae.example>$/)
  t.equal(received!.header('subject'), 'Demande bien reçue\u00a0: badge «\u00a0Je m’engage\u00a0»')
  t.equal(received!.header('message-id'), `<${id}@localhost>`)
  t.equal(received!.header('auto-submitted'), 'auto-generated')
  t.equal(received!.header('content-language'), 'fr')
  for (const body of [received!.text, received!.html]) {
    t.match(body, /«\u00a0Je m’engage\u00a0»/)
    t.match(body, /https:\/\/form\.example\/#ecr_secret/)
  }
  t.match(received!.html, /<html lang="fr">/)
})

t.test('what a mail says is sealed, and in no answer and no log', async (t) => {
  const tenant = await createTenant(service.app)
  const id = await queueIn(ctx, newMail(tenant))
  await untilState(tenant, id, 'sent')
  const { text } = await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails`)
  const rows = await rowsOf(sql`select * from mails`)
  t.ok(rows.length > 0)
  t.notMatch(text + JSON.stringify(rows) + service.logged(), /ecr_secret|Je m’engage/)
})

t.test('what is refused for now goes out after its pause', async (t) => {
  const tenant = await createTenant(service.app)
  service.setTime('2030-01-01T10:00:00Z')
  smtp.behave({ refuse: { code: 451, words: '4.7.1 Greylisted,\r\ncome back later' } })
  const mail = newMail(tenant)
  const id = await queueIn(ctx, mail)
  const waiting = await until(tenant, id, ({ attempts, lastError }) => attempts === 1 && lastError)
  t.match(waiting, { state: 'queued', nextAttemptAt: '2030-01-01T10:01:00.000Z' })
  t.match(waiting.lastError, /^451 4\.7\.1 Greylisted/)
  smtp.behave({})
  service.setTime('2030-01-01T10:00:40Z')
  await sendMail(ctx, id)
  t.equal(smtp.to(mail.to).length, 0, 'not before')
  service.setTime('2030-01-01T10:01:00Z')
  await sendMail(ctx, id)
  t.match((await tenant.call('GET', `/v1/mails/${id}`)).body, { state: 'sent', attempts: 2 })
  t.equal(smtp.to(mail.to).length, 1)
})

t.test('the pauses grow, and then it has failed', async (t) => {
  const tenant = await createTenant(service.app)
  let now = Date.parse('2030-02-01T00:00:00Z')
  service.setTime(new Date(now))
  smtp.behave({ refuse: { code: 450, words: '4.2.1 Mailbox busy' } })
  const id = await queueIn(withoutJobs, newMail(tenant))
  const pauses = []
  for (;;) {
    await sendMail(withoutJobs, id)
    const { body } = await tenant.call('GET', `/v1/mails/${id}`)
    if (body.state !== 'queued') break
    pauses.push((Date.parse(body.nextAttemptAt) - now) / MINUTE)
    now = Date.parse(body.nextAttemptAt)
    service.setTime(new Date(now))
  }
  t.strictSame(pauses, [1, 5, 30, 120, 360, 720, 1440])
  const failed = (await tenant.call('GET', `/v1/mails/${id}`)).body
  t.match(failed, { state: 'failed', attempts: 8, lastError: '450 4.2.1 Mailbox busy' })
  t.notOk(failed.nextAttemptAt)
})

t.test('a job comes for the next attempt, at its time', async (t) => {
  const tenant = await createTenant(service.app)
  service.setTime(new Date())
  smtp.behave({ refuse: { code: 451, words: 'Later' } })
  const id = await queueIn(ctx, newMail(tenant))
  const { nextAttemptAt } = await until(tenant, id, ({ lastError }) => lastError)
  const rows = await rowsOf(
    sql`select start_after from pgboss.job where data->>'mailId' = ${id} and state = 'created'`,
  )
  t.equal(rows.length, 1)
  t.equal(new Date(rows[0]!.start_after as string).toISOString(), nextAttemptAt)
})

t.test('what is refused for good has failed at once, with the server’s words on one line', async (t) => {
  const tenant = await createTenant(service.app)
  for (const at of [undefined, 'text'] as const) {
    const words = `5.1.1 No\u0007 such\u202e user ${'x'.repeat(1000)}`
    smtp.behave({ refuse: { code: 550, words, ...(at ? { at } : {}) } })
    const id = await queueIn(ctx, newMail(tenant))
    const failed = await untilState(tenant, id, 'failed')
    t.match(failed, { attempts: 1, lastError: /^550 5\.1\.1 No such user x+…$/ })
    t.equal(failed.lastError?.length, 300)
  }
})

t.test('a server that is down or wants another password is no fault of the mail', async (t) => {
  const tenant = await createTenant(service.app)
  const { port } = new URL(smtp.url)
  const silent = createServer((socket) => socket.resume()).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  t.teardown(() => silent.close())
  const servers = {
    [`smtp://127.0.0.1:${(silent.address() as AddressInfo).port}?greetingTimeout=300`]: /\(ETIMEDOUT\)$/,
    'smtp://127.0.0.1:1': /^the mail server cannot be reached \(ECONNREFUSED\)$/,
    'smtp://nobody.invalid': /^the mail server cannot be reached \(E[A-Z]+\)$/,
    [`smtp://badges:wrong@127.0.0.1:${port}`]: /^535 /,
  }
  for (const [url, words] of Object.entries(servers)) {
    const mailer = openMailer(url, 'badges@example.org')
    t.teardown(() => mailer.close())
    const here = { ...withoutJobs, mailer }
    const id = await queueIn(here, newMail(tenant))
    await sendMail(here, id)
    const { body } = await tenant.call('GET', `/v1/mails/${id}`)
    t.match(body, { state: 'queued', attempts: 1, lastError: words }, url)
    t.notMatch(body.lastError, /127\.0|invalid|wrong/)
  }
  const mailer = openMailer(`smtp://badges:right@127.0.0.1:${port}`, 'badges@example.org')
  t.teardown(() => mailer.close())
  const here = { ...withoutJobs, mailer }
  const id = await queueIn(here, newMail(tenant))
  await sendMail(here, id)
  t.match((await tenant.call('GET', `/v1/mails/${id}`)).body, { state: 'sent' })
})

t.test('of several workers one sends a mail', async (t) => {
  const tenant = await createTenant(service.app)
  smtp.behave({ wait: sleep(300) })
  const mail = newMail(tenant)
  const id = await queueIn(ctx, mail)
  await Promise.all(Array.from({ length: 5 }, () => sendMail(ctx, id)))
  await untilState(tenant, id, 'sent')
  t.equal(smtp.to(mail.to).length, 1)
})

t.test('a process that died before it noted the sending: once more, under the same Message-ID', async (t) => {
  const tenant = await createTenant(service.app)
  const start = Date.parse('2030-03-01T00:00:00Z')
  service.setTime(new Date(start))
  const mail = newMail(tenant)
  const id = await queueIn(withoutJobs, mail)
  const handedOver = Promise.withResolvers<void>()
  const mailer: Mailer = {
    ...ctx.mailer!,
    async send(outgoing) {
      await ctx.mailer!.send(outgoing)
      handedOver.resolve()
      await new Promise(() => undefined)
    },
  }
  void sendMail({ ...ctx, mailer }, id)
  await handedOver.promise
  t.equal(smtp.to(mail.to).length, 1)
  await sendMail(ctx, id)
  service.setTime(new Date(start + 15 * MINUTE))
  await sweepMails(ctx)
  await sleep(300)
  t.equal(smtp.to(mail.to).length, 1, 'whoever had it may still be at it')
  service.setTime(new Date(start + 21 * MINUTE))
  await sweepMails(ctx)
  t.match(await untilState(tenant, id, 'sent'), { attempts: 2 })
  const ids = smtp.to(mail.to).map((received) => received.header('message-id'))
  t.strictSame(ids, [`<${id}@localhost>`, `<${id}@localhost>`])
})

t.test('a mail whose job got lost goes out, unless it is 30 days old', async (t) => {
  const tenant = await createTenant(service.app)
  const start = Date.parse('2030-05-01T00:00:00Z')
  const day = 24 * 60 * MINUTE
  service.setTime(new Date(start))
  const old = newMail(tenant)
  await queueIn(withoutJobs, old)
  service.setTime(new Date(start + 20 * day))
  const lost = newMail(tenant)
  const id = await queueIn(withoutJobs, lost)
  service.setTime(new Date(start + 31 * day))
  await sweepMails(ctx)
  await untilState(tenant, id, 'sent')
  await sleep(700)
  t.equal(smtp.to(lost.to).length, 1)
  t.equal(smtp.to(old.to).length, 0)
})

t.test('a mail that cannot be written has failed, and the log says why', async (t) => {
  const tenant = await createTenant(service.app)
  const id = await queueIn(ctx, newMail(tenant, { values: { badge: 'B', link: 'javascript:alert(1)' } }))
  const failed = await untilState(tenant, id, 'failed')
  t.match(failed, { lastError: 'the mail could not be written: a fault of the service' })
  t.match(service.logged(), /A link of a mail is not http/)
})
