import { decode } from 'html-entities'
import t from 'tap'
import type { Json } from '../../../src/vc/credential.ts'
import { collectByLcwLink, type Post } from '../../support/exchange-wallet.ts'
import { award, createBadge, createTenant } from '../../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../../support/service.ts'
import { stranger } from '../../support/stranger.ts'
import { createWallet } from '../../support/wallet.ts'

// Learner Credential Wallet 2.2, as its source tells: its link, its bare presentations, and how it reads the answer.

const { app } = await startService(t)
const anyone = caller(app)
const verify = stranger(app)

/** Names that do not survive a careless reader of HTML entities, or one that counts braces. */
const NAMES = [
  'Je m’engage',
  'L’&quot;élan&quot; &amp; co',
  'Accolades }}} {',
  'https://siae.example/?a=1&copy=2&reg=3',
  '&lt;b&gt; <b>&#x22;&#34; &notin; \\u0026 \\" &NewLine;',
]

const post: Post = (url, body) => anyone('POST', url.slice(PUBLIC_URL.length), body)

const tenant = await createTenant(app, { url: 'https://siae.example/?a=1&copy=2' })
const badges = new Map<string, { id: string }>()
for (const name of NAMES) {
  badges.set(name, await createBadge(tenant, { name, criteria: { narrative: `- ${name}` } }))
}

async function offer(claim: object, name = NAMES[0]!) {
  const { id, credentialId } = await award(tenant, badges.get(name)!.id)
  const { body } = await tenant.call('POST', `/v1/assertions/${id}/claims`, claim)
  return { credentialId, claimId: body.id as string, link: body.lcw as string }
}

t.test('the link is one that the wallet takes', async (t) => {
  const { link, claimId } = await offer({ binding: 'did' })
  const [address, query, ...rest] = link.split('?')
  t.equal(address, 'https://lcw.app/request.html')
  t.same(rest, [], 'it is cut at every question mark')
  t.match(Object.fromEntries(new URLSearchParams(query)), {
    issuer: new URL(PUBLIC_URL).host,
    auth_type: 'bearer',
    challenge: /^[0-9a-f]{32,}$/,
    vc_request_url: `${PUBLIC_URL}/workflows/claim/exchanges/${claimId}`,
  })
})

for (const binding of ['did', 'none']) {
  t.test(`bound to ${binding}: what the wallet keeps verifies, whatever the badge is called`, async (t) => {
    for (const name of NAMES) {
      const { link, credentialId } = await offer({ binding }, name)
      const wallet = createWallet()
      const { credential, text } = await collectByLcwLink(wallet, link, post)
      const subject = credential.credentialSubject as { id?: string; achievement: Json }
      t.equal(subject.achievement.name, name)
      t.match(subject.achievement.criteria, { narrative: `- ${name}` })
      t.match(credential.issuer, { url: 'https://siae.example/?a=1&copy=2' })
      t.same(await verify(credential), { verified: true, why: '' }, name)
      t.equal(decode(text), text, 'nothing in it looks like an entity')
      t.notMatch(
        text.replace(/"(?:[^"\\]|\\.)*"/g, (s) => (/[{}&<>]/.test(s) ? '!' : '')),
        /!/,
      )
      if (binding === 'did') t.equal(subject.id, wallet.did)
      else t.equal(credential.id, `${PUBLIC_URL}/credentials/${credentialId}`)
    }
  })
}

t.test('the decoder that this is about does break plain JSON', async (t) => {
  const plain = JSON.stringify({ name: 'L’&quot;élan&quot;', url: 'https://siae.example/?a=1&copy=2' })
  t.throws(() => JSON.parse(decode(plain)))
})

t.test('the link is used once; what is wrong is told as JSON', async (t) => {
  const { link, claimId } = await offer({ binding: 'did' })
  const wallet = createWallet()
  const path = `/workflows/claim/exchanges/${claimId}`
  const wrong = [
    await wallet.present({ challenge: 'another' }),
    await wallet.present({
      challenge: new URL(link).searchParams.get('challenge')!,
      domain: 'https://x.example',
    }),
  ]
  for (const presentation of wrong) {
    const answer = await anyone('POST', path, presentation)
    t.equal(answer.status, 400)
    t.equal(answer.headers['content-type'], 'application/problem+json')
    t.match(answer.body, { type: /bad-presentation$/, status: 400 })
  }
  await collectByLcwLink(wallet, link, post)
  await t.rejects(collectByLcwLink(wallet, link, post), /answered 400/)
  await t.rejects(collectByLcwLink(createWallet(), link, post), /answered 400/)
})

t.test('its link in another wallet, which begins with {}, is answered too', async (t) => {
  const { claimId } = await offer({ binding: 'did' })
  const answer = await anyone('POST', `/workflows/claim/exchanges/${claimId}`, {})
  t.match(answer.body, { verifiablePresentationRequest: { query: [{ type: 'DIDAuthentication' }] } })
})
