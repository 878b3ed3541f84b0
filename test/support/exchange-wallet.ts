import { decode } from 'html-entities'
import type { Json } from '../../src/vc/credential.ts'
import type { Wallet } from './wallet.ts'

/** How a wallet sends JSON to an address. */
export type Post = (url: string, body: Json) => Promise<{ status: number; text: string }>

/** What a wallet got, and the text that it came in. */
export interface CollectedBy {
  readonly credential: Json
  readonly text: string
}

/** As LearnCard and other wallets of VC-API do: begins, answers what it is asked for, takes what it is given. */
export async function collectByExchange(wallet: Wallet, url: string, post: Post): Promise<CollectedBy> {
  const begun = messageOf(await post(url, {}), url)
  const request = begun.verifiablePresentationRequest as Json | undefined
  const query = (request?.query as Json[] | undefined)?.[0]
  if (request && query?.type !== 'DIDAuthentication') throw new Error(`asked for ${JSON.stringify(query)}`)
  const { challenge, domain } = (request ?? {}) as Record<'challenge' | 'domain', string>
  const answer = request
    ? await post(url, { verifiablePresentation: await wallet.present({ challenge, domain }) })
    : undefined
  const message = answer ? messageOf(answer, url) : begun
  const credential = credentialIn(message.verifiablePresentation as Json)
  return { credential, text: answer?.text ?? JSON.stringify(begun) }
}

/** As Learner Credential Wallet does with its link, oddities included. */
export async function collectByLcwLink(wallet: Wallet, link: string, post: Post): Promise<CollectedBy> {
  // It cuts at every question mark, and reads what stands after the first.
  const query = new URLSearchParams(link.split('?')[1])
  const [issuer, url, type] = ['issuer', 'vc_request_url', 'auth_type'].map((name) => query.get(name))
  if (!issuer || !url || type !== 'bearer') throw new Error(`no link of this wallet: ${link}`)
  const challenge = query.get('challenge')
  const answer = await post(url, await wallet.present({ challenge: String(challenge) }))
  if (answer.status >= 300) throw new Error(`${url} answered ${answer.status}: ${answer.text}`)
  // It decodes HTML entities before it parses.
  const parsed = JSON.parse(decode(answer.text)) as Json
  const isPresentation = [parsed.type].flat().includes('VerifiablePresentation')
  return { credential: isPresentation ? credentialIn(parsed) : parsed, text: answer.text }
}

function messageOf({ status, text }: { status: number; text: string }, url: string): Json {
  if (status !== 200) throw new Error(`${url} answered ${status}: ${text}`)
  return JSON.parse(text) as Json
}

function credentialIn(presentation: Json): Json {
  const [credential, ...others] = presentation.verifiableCredential as Json[]
  if (!credential || others.length > 0) throw new Error('not one credential')
  return credential
}
