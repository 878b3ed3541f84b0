import { createRemoteJWKSet, jwtVerify } from 'jose'
import { collectByExchange, collectByLcwLink, type Post } from '../test/support/exchange-wallet.ts'
import { OPENID_WALLETS } from '../test/support/openid-wallet.ts'
import { createWallet, type Wallet } from '../test/support/wallet.ts'
import type { Hold } from './hold.ts'
import { dim, green, isTerminal, line } from './screen.ts'
import type { DemoService } from './service.ts'
import { terminalQr } from './terminal-qr.ts'

interface Links {
  readonly interactionUrl: string
  readonly lcw: string
  readonly openid: Record<'ldp_vc' | 'jwt_vc_json' | 'ldp_vc_v1', string>
}

/** A wallet of each kind, and how it collects: what it keeps is a document, or a compact JWS. */
type Kind = readonly [name: string, collect: (wallet: Wallet, links: Links) => Promise<unknown>]

const KINDS: readonly Kind[] = [
  [
    'Learner Credential Wallet, par son lien',
    async (w, { lcw }) => (await collectByLcwLink(w, lcw, post)).credential,
  ],
  ['VC-API (LearnCard), par le QR code', collectByQrCode],
  ['OpenID4VCI 1.0 (LearnCard)', (wallet, { openid }) => byOpenid('learncard', wallet, openid.ldp_vc)],
  [
    'OpenID4VCI 1.0 (Digital Bazaar)',
    (wallet, { openid }) => byOpenid('digital-bazaar', wallet, openid.ldp_vc),
  ],
  ['OpenID4VCI, draft 13 (Inji)', (wallet, { openid }) => byOpenid('inji', wallet, openid.ldp_vc)],
  [
    'OpenID4VCI, format JWT (walt.id)',
    (wallet, { openid }) => byOpenid('walt.id', wallet, openid.jwt_vc_json),
  ],
  ['OpenID4VCI, VCDM 1.1 (Credo)', (wallet, { openid }) => byOpenid('walt.id', wallet, openid.ldp_vc_v1)],
]

/**
 * Offers an assertion, and lets a scripted wallet of each kind collect it, by the messages that such wallets send.
 * @returns the URLs of the documents that were collected; the JWT is verified here
 */
export async function playWallets(
  service: DemoService,
  { assertionId, hold }: { assertionId: string; hold: Hold },
): Promise<string[]> {
  const offered = await service.call('POST', `/v1/assertions/${assertionId}/claims`, {
    maxCollections: KINDS.length,
  })
  hold('le badge est proposé', offered.status === 201, JSON.stringify(offered.body))
  const links: Links = offered.body
  line('à ouvrir, ou à scanner avec un téléphone qui a accès à ce service (PUBLIC_URL) :')
  for (const row of terminalQr(links.interactionUrl, isTerminal)) line(row)
  line(dim(links.interactionUrl))

  const urls: string[] = []
  for (const [name, collect] of KINDS) {
    // Inji names its key and no DID: the DID is then made of the key.
    const wallet = createWallet('Ed25519', name.includes('Inji') ? 'jwk' : 'key')
    const found = await readCredential(await collect(wallet, await currentLinks(links)))
    hold(`${name} : l’attestation nomme le portefeuille`, found.subject === wallet.did, found.subject)
    if (found.url) urls.push(found.url)
    line(`${green('✔')} ${name.padEnd(42)} ${dim(`${wallet.did.slice(0, 24)}…`)}`)
  }
  const shown = await service.call('GET', `/v1/assertions/${assertionId}`)
  const [claim] = shown.body.claims.filter(({ id }: { id: string }) => links.interactionUrl.includes(id))
  hold('l’émetteur voit chaque retrait', claim.collections.length === KINDS.length)
  return urls
}

/** As they are now: a challenge is used once. */
async function currentLinks({ interactionUrl }: Links): Promise<Links> {
  const response = await fetch(interactionUrl, { headers: { accept: 'application/json' } })
  return { ...((await response.json()) as Links), interactionUrl }
}

async function collectByQrCode(wallet: Wallet, { interactionUrl }: Links): Promise<unknown> {
  const response = await fetch(interactionUrl, { headers: { accept: 'application/json' } })
  const { protocols } = (await response.json()) as { protocols: { vcapi: string } }
  return (await collectByExchange(wallet, protocols.vcapi, post)).credential
}

async function byOpenid(kind: keyof typeof OPENID_WALLETS, wallet: Wallet, link: string): Promise<unknown> {
  return (await OPENID_WALLETS[kind]({ link, wallet })).credential
}

async function readCredential(credential: unknown): Promise<{ subject: string | undefined; url?: string }> {
  if (typeof credential !== 'string') {
    const { id, credentialSubject } = credential as { id: string; credentialSubject: { id?: string } }
    return { subject: credentialSubject.id, url: id }
  }
  const { iss } = JSON.parse(Buffer.from(credential.split('.')[1]!, 'base64url').toString()) as {
    iss: string
  }
  const [host, ...path] = iss.split(':').slice(2).map(decodeURIComponent)
  const keys = createRemoteJWKSet(new URL(`http://${host}/${path.join('/')}/jwks.json`))
  const { payload } = await jwtVerify(credential, keys, { algorithms: ['ES256'] })
  return { subject: payload.sub }
}

const post: Post = async (url, body) => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, text: await response.text() }
}
