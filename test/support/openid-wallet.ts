import type { Json } from '../../src/vc/credential.ts'
import type { Wallet } from './wallet.ts'

const GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

/** The answer of an endpoint, as a wallet sees it. */
export interface WalletAnswer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: whatever it answered
  readonly body: any
}

/** What the wallets of the world do, each in its own way; see the functions below. */
export const OPENID_WALLETS = {
  learncard: collectLikeLearnCard,
  'digital-bazaar': collectLikeDigitalBazaar,
  'digital-bazaar-draft-13': collectLikeDigitalBazaarBefore,
  'walt.id': collectLikeWaltId,
  inji: collectLikeInji,
}

/** What a wallet is given to collect with. */
interface Errand {
  /** `openid-credential-offer://?credential_offer_uri=…` */
  readonly link: string
  readonly wallet: Wallet
  /** What the person types who was given a code. */
  readonly txCode?: string
}

/** What it came home with. */
interface Booty {
  readonly credential: unknown
  readonly token: string
  readonly notificationId?: string
}

/** Reads an offer by reference. @throws when it is not answered, or not as JSON */
export async function readOffer(link: string): Promise<Json & { credential_configuration_ids: string[] }> {
  const { status, body } = await call(new URL(link).searchParams.get('credential_offer_uri')!)
  if (status !== 200) throw new Error(`The offer answered ${status}: ${JSON.stringify(body)}`)
  return body
}

/** The metadata of the issuer of an offer, between host and path or after both. */
async function readMetadata(issuer: string, place: 'insert' | 'append'): Promise<Json> {
  const { origin, pathname } = new URL(issuer)
  const name = '.well-known/openid-credential-issuer'
  const url = place === 'insert' ? `${origin}/${name}${pathname}` : `${issuer}/${name}`
  return must(await call(url))
}

/** The parameters of the token request for an offer. */
export function tokenForm(offer: Json, txCode?: string, more: Record<string, string> = {}): URLSearchParams {
  const grant = (offer.grants as Record<string, Record<string, string>>)[GRANT]!
  return new URLSearchParams({
    grant_type: GRANT,
    'pre-authorized_code': grant['pre-authorized_code']!,
    ...(txCode === undefined ? {} : { tx_code: txCode }),
    ...more,
  })
}

/** Posts a form, JSON, or nothing. */
export async function post(
  url: string,
  body?: URLSearchParams | object,
  authorization?: string,
): Promise<WalletAnswer> {
  const isForm = body instanceof URLSearchParams
  return call(url, {
    method: 'POST',
    headers: {
      ...(body && !isForm ? { 'content-type': 'application/json' } : {}),
      ...(authorization ? { authorization } : {}),
    },
    ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
  })
}

export async function call(url: string, init: RequestInit = {}): Promise<WalletAnswer> {
  const response = await fetch(url, { redirect: 'error', ...init })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  }
}

/**
 * LearnCard (plugin of August 2026): takes every configuration of the offer, uses the token type as it stands as the
 * scheme, gets a nonce at its endpoint and sends a presentation where it may.
 */
async function collectLikeLearnCard({ link, wallet, txCode }: Errand): Promise<Booty> {
  const offer = await readOffer(link)
  const metadata = await readMetadata(String(offer.credential_issuer), 'insert')
  const token = must(await post(String(metadata.token_endpoint), tokenForm(offer, txCode)))
  if (offer.credential_configuration_ids.length !== 1) throw new Error('It would store duplicates')
  const [id] = offer.credential_configuration_ids
  const { c_nonce: nonce } = must(await post(String(metadata.nonce_endpoint)))
  const answer = must(
    await post(
      String(metadata.credential_endpoint),
      {
        credential_configuration_id: id,
        proofs: await proofsFor(metadata, id!, { wallet, nonce: String(nonce) }),
      },
      `${token.token_type} ${token.access_token}`,
    ),
  )
  if ('credential' in answer) throw new Error('It would store the credential twice')
  return bootyOf(answer, token)
}

/** Digital Bazaar's client (5.13) told to speak 1.0: asks by identifier, first without a proof, to be given a nonce. */
async function collectLikeDigitalBazaar(errand: Errand): Promise<Booty> {
  return likeDigitalBazaar(errand, 'final')
}

/** The same client as it is by default. */
async function collectLikeDigitalBazaarBefore(errand: Errand): Promise<Booty> {
  return likeDigitalBazaar(errand, 'draft-13')
}

async function likeDigitalBazaar(
  { link, wallet, txCode }: Errand,
  edition: 'final' | 'draft-13',
): Promise<Booty> {
  const offer = await readOffer(link)
  const metadata = await readMetadata(String(offer.credential_issuer), 'insert')
  if (metadata.issuer !== metadata.credential_issuer) throw new Error('"issuer" is not "credential_issuer"')
  const id = offer.credential_configuration_ids[0]!
  const isFinal = edition === 'final' && metadata.authorization_details_types_supported !== undefined
  const details = JSON.stringify([{ type: 'openid_credential', credential_configuration_id: id }])
  const form = tokenForm(offer, txCode, isFinal ? { authorization_details: details } : {})
  const token = must(await post(String(metadata.token_endpoint), form))
  if (token.token_type !== 'bearer') throw new Error('"token_type" must be "bearer"')
  const configuration = configurationOf(metadata, id)
  const asked = isFinal
    ? {
        credential_identifier: (token.authorization_details as Json[])[0]!.credential_identifiers![
          0 as never
        ],
      }
    : { format: configuration.format, credential_definition: configuration.credential_definition }
  const authorization = `Bearer ${token.access_token}`
  const url = String(metadata.credential_endpoint)
  const refused = await post(url, asked, authorization)
  if (refused.status === 200) return bootyOf(refused.body, token)
  const { error, c_nonce: nonce } = refused.body
  if (refused.status !== 400 || error !== 'invalid_proof' || !nonce)
    throw new Error(JSON.stringify(refused.body))
  const proofs = await proofsFor(metadata, id, { wallet, nonce })
  const [type, [proof]] = Object.entries(proofs)[0]! as [string, unknown[]]
  const proven = isFinal ? { proofs } : { proof: { proof_type: type, [type]: proof } }
  return bootyOf(must(await post(url, { ...asked, ...proven }, authorization)), token)
}

/** walt.id (August 2026): metadata between host and path alone; asks for a nonce as JSON without a body. */
async function collectLikeWaltId({ link, wallet, txCode }: Errand): Promise<Booty> {
  const offer = await readOffer(link)
  const metadata = await readMetadata(String(offer.credential_issuer), 'insert')
  const token = must(
    await post(String(metadata.token_endpoint), tokenForm(offer, txCode, { client_id: wallet.did })),
  )
  const asJson = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const { c_nonce: nonce } = must(await call(String(metadata.nonce_endpoint), asJson))
  const aud = String(metadata.credential_issuer)
  const jwt = await wallet.proofJwt({ aud, nonce: String(nonce), claims: { iss: wallet.did } })
  const request = {
    credential_configuration_id: offer.credential_configuration_ids[0],
    proofs: { jwt: [jwt] },
  }
  const url = String(metadata.credential_endpoint)
  return bootyOf(must(await post(url, request, `Bearer ${token.access_token}`)), token)
}

/** Inji (0.22): draft 13; metadata after the path, the nonce of the token answer, the header holds the key. */
async function collectLikeInji({ link, wallet, txCode }: Errand): Promise<Booty> {
  const offer = await readOffer(link)
  const metadata = await readMetadata(String(offer.credential_issuer), 'append')
  const token = must(await post(String(metadata.token_endpoint), tokenForm(offer, txCode)))
  const configuration = configurationOf(metadata, offer.credential_configuration_ids[0]!)
  const aud = String(metadata.credential_issuer)
  const jwt = await wallet.proofJwt({ aud, nonce: String(token.c_nonce), by: 'jwk', claims: { iss: 'inji' } })
  const { format, credential_definition } = configuration
  const request = { format, credential_definition, proof: { proof_type: 'jwt', jwt } }
  const url = String(metadata.credential_endpoint)
  const answer = must(await post(url, request, `Bearer ${token.access_token}`))
  if ('credentials' in answer) throw new Error('An answer of another edition')
  return bootyOf(answer, token)
}

interface ProofFor {
  readonly wallet: Wallet
  readonly nonce: string
}

/** A presentation where the configuration takes one, else a JWT. */
async function proofsFor(
  metadata: Json,
  id: string,
  { wallet, nonce }: ProofFor,
): Promise<Record<string, unknown[]>> {
  const aud = String(metadata.credential_issuer)
  const types = configurationOf(metadata, id).proof_types_supported as Json
  if (!types.di_vp) return { jwt: [await wallet.proofJwt({ aud, nonce })] }
  const suite = wallet.algorithm === 'Ed25519' ? 'eddsa-rdfc-2022' : 'ecdsa-rdfc-2019'
  return { di_vp: [await wallet.present({ challenge: nonce, domain: aud, suite })] }
}

function configurationOf(metadata: Json, id: string): Json {
  return (metadata.credential_configurations_supported as Record<string, Json>)[id]!
}

function bootyOf(answer: Json, token: Json): Booty {
  const listed = answer.credentials as { credential: unknown }[] | undefined
  return {
    credential: listed ? listed[0]!.credential : answer.credential,
    token: String(token.access_token),
    ...(answer.notification_id ? { notificationId: String(answer.notification_id) } : {}),
  }
}

function must({ status, body, headers }: WalletAnswer): Json {
  if (status !== 200 || !/^application\/json/.test(headers.get('content-type') ?? '')) {
    throw new Error(`${status} ${JSON.stringify(body)}`)
  }
  return body
}
