import QRCode from 'qrcode'
import sharp from 'sharp'
import t from 'tap'
import { award, createBadge, createTenant } from '../../support/factories.ts'
import { form, inEnglish, page } from '../../support/request-links.ts'
import { caller, PUBLIC_URL, startService } from '../../support/service.ts'
import { startSmtp } from '../../support/smtp.ts'
import { createWallet } from '../../support/wallet.ts'

const smtp = await startSmtp(t)
const service = await startService(t, { smtpUrl: smtp.url, mailFrom: 'badges@example.org' })
const { app } = service
const stranger = caller(app)
const tenant = await createTenant(app, { name: 'INAÉ', email: 'badges+1@siae.example' })
const badge = await createBadge(tenant)
const json = { accept: 'application/json' }

/** A badge that a person can collect; `path` is that of its page. */
async function offer(body: object = {}, { by = tenant, badgeId = badge.id, to = {} } = {}) {
  const awarded = await award(by, badgeId, to)
  const { status, body: claim } = await by.call('POST', `/v1/assertions/${awarded.id}/claims`, body)
  if (status !== 201) throw new Error(JSON.stringify(claim))
  return { ...claim, awarded, path: `/interactions/${claim.id}` }
}

const see = (path: string, headers: object = {}) =>
  stranger('GET', `${path}?iuv=1`, undefined, { ...page, ...headers })

const exchange = (id: string, body: object) => stranger('POST', `/workflows/claim/exchanges/${id}`, body)

const ACCEPTS: Record<string, 'page' | 'json'> = {
  // Browsers, and whoever does not say
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7':
    'page',
  'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8': 'page',
  '*/*': 'page',
  '': 'page',
  'application/*': 'page',
  'text/html, application/json;q=0.9': 'page',
  'application/json;q=0, */*': 'page',
  // Wallets: Learner Credential Wallet, axios, the http client of the DCC
  'application/json': 'json',
  'application/json, text/plain, */*': 'json',
  'application/ld+json, application/json': 'json',
  'APPLICATION/JSON; charset=utf-8': 'json',
  'text/html, application/json': 'json',
  'text/html;q=0.5, application/json ; q=0.6': 'json',
  'application/json;q=0.1, */*': 'json',
  // Nonsense
  ',;,=;;q=,': 'page',
  'application/json;q=NaN': 'page',
  'application/json;q=1e999, text/html': 'json',
  [`application/json${';a="'.repeat(3000)}`]: 'json',
  ['application/jsonx, '.repeat(700)]: 'page',
}

t.test('a person gets a page, and a wallet that names JSON gets all links', async (t) => {
  const { path } = await offer()
  for (const [accept, kind] of Object.entries(ACCEPTS)) {
    const { status, headers } = await stranger('GET', path, undefined, { accept })
    t.equal(status, 200, accept)
    const type = kind === 'page' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8'
    t.equal(headers['content-type'], type, accept.slice(0, 80))
    t.match(headers, { vary: /Accept/, 'cache-control': /no-store/, 'x-robots-tag': 'noindex' })
    t.equal(headers['access-control-allow-origin'], '*')
  }
  const { headers } = await app.inject({ url: path })
  t.match(headers['content-type'], /^text\/html/, 'no Accept at all')
})

t.test('the links of a claim are those that its issuer was given', async (t) => {
  const { path, awarded, ...claim } = await offer()
  for (const query of ['?iuv=1', '', '?iuv=2&utm=x', '?iuv=1&iuv=1']) {
    const { body } = await stranger('GET', `${path}${query}`, undefined, json)
    const { protocols, ...links } = body
    const offered = claim.openid.ldp_vc
    t.strictSame(protocols, {
      vcapi: `${PUBLIC_URL}/workflows/claim/exchanges/${claim.id}`,
      OID4VCI: offered,
      'oid4vci-1.0': offered,
      openid4vci: offered,
      website: `${PUBLIC_URL}${path}`,
    })
    const names = ['lcw', 'learncard', 'asu', 'msp', 'hosted', 'json', 'png', 'svg', 'linkedin']
    for (const name of ['interactionUrl', 'openid', 'expiresAt', 'verifierplus', 'qr', ...names]) {
      t.ok(links[name], name)
      t.strictSame(links[name], claim[name], name)
    }
  }
})

t.test('a claim with a code has no way around it, and its page says where the code is', async (t) => {
  for (const [pin, where] of [
    ['mailed', 'Ce code est dans un autre message'],
    ['returned', 'Ce code vous est donné par INAÉ'],
  ]) {
    const { path, awarded, code } = await offer({ pin })
    const { body, text: listed } = await stranger('GET', path, undefined, json)
    t.strictSame(Object.keys(body.protocols), ['OID4VCI', 'oid4vci-1.0', 'openid4vci', 'website'])
    t.strictSame(Object.keys(body).sort(), ['expiresAt', 'interactionUrl', 'openid', 'protocols', 'qr'])
    const { text } = await see(path)
    t.match(text, 'Votre portefeuille vous demandera un code')
    t.match(text, where)
    for (const said of [text, listed]) {
      t.notMatch(said, awarded.credentialId)
      t.notMatch(said, '/workflows/')
      if (code) t.notMatch(said, code)
    }
    t.equal((await stranger('GET', `${path}/qr.svg?of=lcw`)).status, 404)
  }
})

t.test('the page names the badge, its issuer, each wallet, and what to do without one', async (t) => {
  const claim = await offer()
  const { text, headers } = await see(claim.path)
  t.match(headers['content-language'], 'fr')
  for (const shown of [
    '<html lang="fr">',
    'Votre badge «\u00a0Je m’engage\u00a0»',
    'INAÉ vous remet ce badge',
    'Ajouter à mon portefeuille',
    'Pas de portefeuille\u00a0? Ce n’est pas grave',
    'Ce lien est valable jusqu’au',
    `<img src="${claim.path}/qr.svg"`,
  ]) {
    t.ok(text.includes(shown), shown)
  }
  t.match(text, /<img class="large badge" src="\/images\/[0-9a-f]{64}\.svg"/)
  const { lcw, learncard, asu, msp, openid, png, verifierplus, linkedin } = claim
  for (const link of [lcw, learncard, asu, msp, png, verifierplus, linkedin, ...Object.values(openid)]) {
    t.ok(text.includes(`href="${String(link).replaceAll('&', '&#38;')}"`), String(link))
  }
  const english = await see(claim.path, inEnglish)
  t.match(english.text, /<html lang="en">[\s\S]*Your badge “Je m’engage”[\s\S]*Add to my digital wallet/)
  t.equal((await stranger('GET', claim.png.replace(PUBLIC_URL, ''))).status, 200, 'the image is there')
})

t.test('nothing on the page runs, and what others wrote is text', async (t) => {
  const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'&amp;'
  const other = await createTenant(app, { name: hostile, email: 'a@siae.example' })
  const { id } = await createBadge(other, { name: hostile })
  const claim = await offer({}, { by: other, badgeId: id })
  const { headers, text } = await see(claim.path)
  t.match(headers['content-security-policy'], /^default-src 'none'; style-src 'sha256-[^;]+; img-src 'self';/)
  t.notMatch(headers['content-security-policy'], 'script')
  t.notMatch(text, /<script|<img src=x|<[^>]*\son\w+=/i)
  t.ok(text.includes('&#60;script&#62;alert(1)&#60;/script&#62;'))
  await other.call('POST', `/v1/assertions/${claim.awarded.id}/revoke`, { reason: hostile })
  const ended = await see(claim.path)
  t.equal(ended.status, 410)
  t.notMatch(ended.text, /<script|<img src=x|<[^>]*\son\w+=/i)
})

t.test('the page tells that the badge was collected, and what can still be done', async (t) => {
  const bearer = await offer({ binding: 'none', maxCollections: 2 })
  await exchange(bearer.id, {})
  const once = await see(bearer.path)
  t.match(once.text, 'ce badge est dans un portefeuille depuis le')
  t.match(once.text, 'Vous pouvez encore l’ajouter à un autre portefeuille')
  const bound = await offer()
  const { body } = await exchange(bound.id, {})
  const { challenge, domain } = body.verifiablePresentationRequest
  const verifiablePresentation = await createWallet().present({ challenge, domain })
  t.equal((await exchange(bound.id, { verifiablePresentation })).status, 200)
  const held = await see(bound.path)
  t.match(held.text, 'Le même portefeuille peut le reprendre ici')
  t.match(held.text, 'Le remettre dans mon portefeuille')
  t.match(held.text, 'demandez un nouveau lien à INAÉ')
  const spent = await offer({ binding: 'none' })
  await exchange(spent.id, {})
  const { text } = await see(spent.path)
  t.match(text, 'demandez un nouveau lien à INAÉ')
  t.notMatch(text, /Ajouter à mon portefeuille|Le remettre/)
  t.match(text, 'Télécharger l’image')
})

t.test('an unknown link is told in plain words, in the form that was asked for', async (t) => {
  for (const path of [
    '/interactions/3f0e9d3c-3f33-4a4f-9a0c-3c1d8c2b7a11',
    '/interactions/NO',
    `/interactions/${'x'.repeat(5000)}`,
  ]) {
    const shown = await see(path)
    t.equal(shown.status, 404)
    t.match(shown.headers, { 'content-type': /^text\/html/, 'x-robots-tag': 'noindex', vary: /Accept/ })
    t.match(shown.text, 'demandez-en un nouveau à l’organisme qui vous remet le badge')
    const problem = await stranger('GET', path, undefined, json)
    t.equal(problem.status, 404)
    t.match(problem.headers['content-type'], 'application/problem+json')
    t.equal((await stranger('POST', `${path}/renew`, undefined, json)).status, 404)
    t.equal((await stranger('GET', `${path}/qr.svg`)).status, 404)
  }
})

t.test(
  'an expired link can be renewed by its person, once, and whoever else holds it gets nothing',
  async (t) => {
    const address = 'lea.martin@example.org'
    const claim = await offer({ expiresIn: 60 }, { to: { recipient: { email: address } } })
    t.match(
      (await stranger('POST', `${claim.path}/renew`, {}, json)).body,
      { status: 409 },
      'not before it ends',
    )
    expire(claim)
    const problem = await stranger('GET', claim.path, undefined, json)
    t.match(problem.body, { status: 410, type: `${PUBLIC_URL}/problems/claim-expired` })
    const shown = await see(claim.path)
    t.equal(shown.status, 410)
    t.match(shown.text, 'est toujours à vous')
    t.ok(shown.text.includes(`<form method="post" action="${claim.path}/renew">`))
    t.notMatch(shown.text, address)

    const tries = await Promise.all(
      [form, form, form].map((headers) => stranger('POST', `${claim.path}/renew`, '', headers)),
    )
    t.strictSame(tries.map(({ status }) => status).sort(), [202, 409, 409])
    const sent = tries.find(({ status }) => status === 202)!
    t.match(sent.text, 'Un nouveau lien est en route')
    t.notMatch(sent.text, address)
    const refused = tries.find(({ status }) => status === 409)!
    for (const { text } of [refused, await see(claim.path)]) {
      t.match(text, 'Un nouveau lien vous a déjà été envoyé')
      t.notMatch(text, '<form')
    }

    const mail = await mailTo(address)
    const [, fresh] = /http:\/\/localhost:3999(\/interactions\/[0-9a-f-]{36})\?iuv=1/.exec(mail.text)!
    t.not(fresh, claim.path)
    t.notMatch(sent.text, fresh!)
    t.equal((await see(fresh!)).status, 200)
    t.equal(smtp.to(address).length, 1)
  },
)

t.test('a program is told that a new link is sent, and nothing more', async (t) => {
  const claim = await offer({ expiresIn: 60 })
  expire(claim)
  const { status, text } = await stranger('POST', `${claim.path}/renew`, undefined, json)
  t.equal(status, 202)
  t.equal(text, '{"sent":true}')
  const again = await stranger('POST', `${claim.path}/renew`, {}, json)
  t.match(again.body, { status: 409, type: `${PUBLIC_URL}/problems/claim-not-renewable` })
})

t.test('where nobody can be written to, the page names whom to ask', async (t) => {
  const did = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'
  const to = { recipient: { did } }
  const claim = await offer({ expiresIn: 60 }, { to })
  const silent = await createTenant(app, { name: 'Les Jardins' })
  const other = await offer({ expiresIn: 60 }, { by: silent, badgeId: (await createBadge(silent)).id, to })
  expire(claim)
  const { text } = await see(claim.path)
  t.match(text, 'adressez-vous à INAÉ')
  t.ok(text.includes('href="mailto:badges%2B1@siae.example"'))
  t.notMatch(text, '<form')
  t.match((await see(other.path)).text, /adressez-vous à Les Jardins[\s\S]*href="https:\/\/siae\.example"/)
  t.equal((await stranger('POST', `${claim.path}/renew`, '', form)).status, 409)
})

t.test('a withdrawn link and a revoked badge say so', async (t) => {
  const claim = await offer()
  await tenant.call('POST', `/v1/assertions/${claim.awarded.id}/claims/${claim.id}/withdraw`)
  const withdrawn = await see(claim.path)
  t.equal(withdrawn.status, 410)
  t.match(withdrawn.text, 'Il a été retiré')
  t.match((await stranger('GET', claim.path, undefined, json)).body.type, /claim-withdrawn$/)
  const revoked = await offer()
  await tenant.call('POST', `/v1/assertions/${revoked.awarded.id}/revoke`, { reason: 'Erreur' })
  const shown = await see(revoked.path, inEnglish)
  t.equal(shown.status, 410)
  t.match(shown.text, 'This badge is no longer valid')
  t.notMatch(shown.text, /Download|<form/)
  t.equal((await stranger('GET', `${revoked.path}/qr.png`)).status, 410)
})

t.test('each QR code is the very link', async (t) => {
  const claim = await offer()
  const links = { interaction: claim.interactionUrl, lcw: claim.lcw, ...claim.openid }
  t.strictSame(Object.keys(claim.qr).sort(), Object.keys(links).sort())
  for (const [of, link] of Object.entries<string>(links)) {
    const svg = await stranger('GET', claim.qr[of].replace(PUBLIC_URL, ''))
    t.match(svg.headers, { 'content-type': 'image/svg+xml', 'cache-control': /no-store/ })
    const png = await stranger('GET', `${claim.path}/qr.png?of=${of}`)
    t.match(png.headers, { 'content-type': 'image/png', 'x-robots-tag': 'noindex' })
    for (const { bytes } of [svg, png]) t.equal(await modulesIn(bytes, link), modulesOf(link), of)
  }
  const bare = await stranger('GET', `${claim.path}/qr.svg`)
  t.equal(await modulesIn(bare.bytes, claim.interactionUrl), modulesOf(claim.interactionUrl))
  t.equal((await stranger('GET', `${claim.path}/qr.svg?of=../x`)).status, 400)
})

/** The squares of a QR code of a link, at level M: one link alone has them. */
function modulesOf(link: string): string {
  const { data, size } = QRCode.create(link, { errorCorrectionLevel: 'M' }).modules
  return Array.from({ length: size * size }, (_, i) => (data[i] ? '#' : '.')).join('')
}

/** The squares that a picture shows within its quiet zone of four. */
async function modulesIn(picture: Buffer, link: string): Promise<string> {
  const size = Math.sqrt(modulesOf(link).length)
  const side = (size + 8) * 10
  const image = sharp(picture, { density: 300 }).resize(side, side).greyscale().raw()
  const pixels = await image.toBuffer()
  const at = (x: number, y: number) => pixels[(y + 4) * 10 * side + 5 * side + (x + 4) * 10 + 5]!
  return Array.from({ length: size * size }, (_, i) =>
    at(i % size, Math.floor(i / size)) < 128 ? '#' : '.',
  ).join('')
}

function expire(claim: { expiresAt: string }): void {
  service.setTime(new Date(Date.parse(claim.expiresAt) + 1000))
}

async function mailTo(address: string) {
  for (let i = 0; i < 400; i++) {
    const [mail] = smtp.to(address)
    if (mail) return mail
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('no mail came')
}
