import { sql } from 'drizzle-orm'
import t from 'tap'
import { purgeNonces } from '../../../src/delivery/oid4vci/purge-nonces.ts'
import { call, OPENID_WALLETS, post, readOffer, tokenForm } from '../../support/openid-wallet.ts'
import { createWallet } from '../../support/wallet.ts'
import { startStand } from './stand.ts'

const stand = await startStand(t)
const { service, issuer } = stand
const wallet = createWallet()
const refused = (error: string) => ({ status: 400, body: { error, error_description: String } })

t.test('a nonce is given to whoever posts, whatever they post', async (t) => {
  const bodies: RequestInit[] = [
    {},
    { headers: { 'content-type': 'application/json' } },
    { headers: { 'content-type': 'application/json' }, body: '{}' },
    { headers: { 'content-type': 'application/json' }, body: '{' },
    { headers: { 'content-type': 'text/plain' }, body: 'x' },
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1&a=2' },
    { headers: { 'content-type': 'image/png' }, body: 'x' },
    { body: new Uint8Array(3) },
  ]
  const seen = new Set<string>()
  for (const init of bodies) {
    const answer = await call(`${issuer}/nonce`, { method: 'POST', ...init })
    t.match(answer, { status: 200, body: { c_nonce: /^[\w-]{60,}$/ } }, JSON.stringify(init))
    t.equal(answer.headers.get('cache-control'), 'no-store')
    seen.add(answer.body.c_nonce)
  }
  t.equal(seen.size, bodies.length, 'another one each time')
  t.match(await call(`${new URL(issuer).origin}/oid4vci/nobody/nonce`, { method: 'POST' }), {
    status: 404,
    body: { error: 'invalid_request' },
  })
})

t.test('nothing is ever deferred', async (t) => {
  const form = tokenForm(await readOffer((await stand.offer('ldp_vc')).link))
  const { access_token } = (await post(`${issuer}/token`, form)).body
  const ask = (body: object) => post(`${issuer}/deferred`, body, `Bearer ${access_token}`)
  t.match(await ask({ transaction_id: 'x' }), refused('invalid_transaction_id'))
  t.match(await ask({}), refused('invalid_credential_request'))
})

t.test('a wallet tells what became of its credential, as often as it likes', async (t) => {
  const { link } = await stand.offer('ldp_vc')
  const { token, notificationId: id } = await OPENID_WALLETS.learncard({ link, wallet })
  const other = await OPENID_WALLETS.learncard({ link: (await stand.offer('ldp_vc')).link, wallet })
  const tell = (body: object) => post(`${issuer}/notification`, body, `Bearer ${token}`)
  const told = async () => {
    const query = sql`select event, description, at from oid4vci_notifications where id = ${id}`
    const { rows } = (await service.ctx.db.execute(query)) as unknown as { rows: Record<string, unknown>[] }
    return rows[0]!
  }
  t.match(await told(), { event: null, description: null, at: null })
  const accepted = { notification_id: id, event: 'credential_accepted', event_description: 'Bien reçu' }
  const first = await tell(accepted)
  t.match(first, { status: 204, body: undefined })
  t.equal(first.headers.get('cache-control'), 'no-store')
  const noted = await told()
  t.match(noted, { event: 'credential_accepted', description: 'Bien reçu' })
  service.setTime(new Date(Date.now() + 5000))
  t.equal((await tell(accepted)).status, 204, 'the same again')
  t.strictSame(await told(), noted, 'changes nothing')
  t.equal((await tell({ notification_id: id, event: 'credential_deleted' })).status, 204)
  t.match(await told(), { event: 'credential_deleted', description: null })
  service.setTime(new Date())
  const event = 'credential_accepted'
  for (const unknown of ['x', '', '3f0c7c52-6d0c-4b8c-9a54-0f7d6c1f2b11', other.notificationId, `${id}\n`]) {
    t.match(
      await tell({ notification_id: unknown, event }),
      refused('invalid_notification_id'),
      String(unknown),
    )
  }
  for (const wrong of [
    {},
    { notification_id: id },
    { event },
    { notification_id: 5, event },
    { notification_id: id, event: 'credential_eaten' },
    { notification_id: id, event, event_description: 5 },
    { notification_id: id, event, event_description: 'x'.repeat(3000) },
    { notification_id: id, event, event_description: '\0' },
  ]) {
    t.match(await tell(wrong), refused('invalid_notification_request'), JSON.stringify(wrong).slice(0, 80))
  }
})

t.test('used nonces are forgotten once they would have expired by themselves', async (t) => {
  const count = async () => {
    const query = sql`select count(*)::int as n from oid4vci_used_nonces`
    const { rows } = (await service.ctx.db.execute(query)) as unknown as { rows: { n: number }[] }
    return rows[0]!.n
  }
  service.setTime(new Date())
  await OPENID_WALLETS.learncard({ link: (await stand.offer('ldp_vc')).link, wallet })
  const before = await count()
  t.ok(before > 0)
  await purgeNonces(service.ctx)
  t.ok((await count()) > 0, 'a live one could be replayed')
  service.setTime(new Date(Date.now() + 601_000))
  await purgeNonces(service.ctx)
  t.equal(await count(), 0)
  service.setTime(new Date())
})
