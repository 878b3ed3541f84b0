import { connect } from 'node:net'
import t from 'tap'
import { post, readOffer, tokenForm } from '../../support/openid-wallet.ts'
import { startStand } from './stand.ts'

const stand = await startStand(t)
const { service, tenant, issuer } = stand

/** Bodies that were never meant for anybody. */
const HOSTILE: [type: string | undefined, body: string | Buffer | undefined][] = [
  [undefined, undefined],
  [undefined, 'x'],
  ['application/json', undefined],
  ['application/json', '{'],
  ['application/json', 'null'],
  ['application/json', '5'],
  ['application/json', '"x"'],
  ['application/json', '[]'],
  ['application/json', '{"a":1,"a":2}'],
  ['application/json', '{"__proto__":{"x":1}}'],
  ['application/json', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ['application/json', `{"proof":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`],
  ['application/json', Buffer.from([0xff, 0xfe, 0x7b])],
  ['application/json', '{"credential_configuration_id":"\\u0000"}'],
  ['application/json', '{"notification_id":"\\ud800","event":"credential_accepted"}'],
  ['application/json', `{"x":"${'x'.repeat(2_000_000)}"}`],
  ['application/json; charset=utf-16', '{}'],
  ['application/xml', '<x/>'],
  ['text/plain', '{}'],
  ['multipart/form-data', 'x'],
  ['garbage', 'x'],
  ['application/x-www-form-urlencoded', ''],
  ['application/x-www-form-urlencoded', '%'],
  ['application/x-www-form-urlencoded', '%ff=%fe'],
  ['application/x-www-form-urlencoded', 'grant_type=%00'],
  ['application/x-www-form-urlencoded', `${'a=1&'.repeat(300)}`],
  ['application/x-www-form-urlencoded', 'grant_type=a&grant_type=a'],
  ['application/x-www-form-urlencoded', `pre-authorized_code=${'x'.repeat(2_000_000)}`],
]

t.test('whatever is posted, the answer is an error in JSON, and never one of ours', async (t) => {
  const form = tokenForm(await readOffer((await stand.offer('ldp_vc')).link))
  const { access_token } = (await post(`${issuer}/token`, form)).body
  const { origin } = new URL(issuer)
  for (const slug of [tenant.slug, 'nobody', 'N0T-A_SLUG', '%00', 'x'.repeat(2000)]) {
    const bodies = slug === tenant.slug ? HOSTILE : HOSTILE.slice(0, 4)
    for (const name of ['token', 'credential', 'deferred', 'notification', 'nonce']) {
      for (const [type, body] of bodies) {
        const response = await fetch(`${origin}/oid4vci/${slug}/${name}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${access_token}`, ...(type ? { 'content-type': type } : {}) },
          ...(body === undefined ? {} : { body }),
        })
        const text = await response.text()
        const what = `${name} of ${slug.slice(0, 20)}: ${type} ${String(body).slice(0, 40)}`
        const isFine = name === 'nonce' && slug === tenant.slug && response.status === 200
        t.ok(isFine || (response.status >= 400 && response.status < 500), `${response.status} ${what}`)
        t.match(response.headers.get('content-type'), /^application\/json/, what)
        t.equal(response.headers.get('cache-control'), 'no-store', what)
        const { error, error_description: words } = JSON.parse(text)
        if (!isFine) t.match(error, /^[a-z_]+$/, what)
        if (words) t.match(words, /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/, 'in the characters of RFC 6749')
      }
    }
  }
  t.notMatch(service.logged(), /"level":50/, 'and no failure was logged')
})

t.test('too many requests are told so in JSON', async (t) => {
  const strict = await startStand(
    t,
    {},
    { rateLimits: { publicWrites: 10, drafts: 10, wallets: 2, verifications: 2, failedKeys: 10 } },
  )
  const answers = []
  for (let i = 0; i < 3; i++) answers.push(await post(`${strict.issuer}/nonce`))
  t.match(answers[2], { status: 429, body: { error: 'temporarily_unavailable' } })
  t.ok(answers[2]!.headers.get('retry-after'))
})

t.test('a request that breaks off leaves the service alone', async (t) => {
  const { hostname, port } = new URL(issuer)
  const socket = connect(Number(port), hostname)
  socket.write(`POST /oid4vci/${tenant.slug}/token HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nx`)
  await new Promise((resolve) => setTimeout(resolve, 50))
  socket.destroy()
  t.equal((await post(`${issuer}/nonce`)).status, 200)
})
