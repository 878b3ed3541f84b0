import { createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { signPresentation } from '@digitalbazaar/vc'
import { type JWK, SignJWT } from 'jose'
import { CREDENTIALS_V1, CREDENTIALS_V2, ED25519_2020, loadContext } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { didJwkOf, type HolderJwk } from '../../src/vc/holder-key.ts'
import { generateKeyPair, type KeyAlgorithm, toBase58 } from '../../src/vc/keys.ts'
import { dataToSign } from '../../src/vc/verify-proof.ts'

export type PresentationSuite = 'Ed25519Signature2020' | 'eddsa-rdfc-2022' | 'ecdsa-rdfc-2019'

export interface PresentationOptions {
  readonly challenge: string
  readonly domain?: string | undefined
  /** Of the usual ones of its key if not said. */
  readonly suite?: PresentationSuite
  /** Members of the presentation in the place of the usual ones; `undefined` leaves one out. */
  readonly presentation?: Json
  /** Members of the proof in the place of the usual ones, signed as they are. */
  readonly proof?: Json
}

interface ProofJwtOptions {
  readonly aud: string
  readonly nonce?: string
  /** Whether the header names the key by its DID or holds it. */
  readonly by?: 'kid' | 'jwk'
  readonly header?: Json
  readonly claims?: Json
}

/** A wallet that does what it is told, with a key of its own. */
export interface Wallet {
  readonly did: string
  /** The verification method: a DID URL. */
  readonly keyId: string
  readonly algorithm: KeyAlgorithm
  readonly publicJwk: HolderJwk
  readonly privateKey: KeyObject
  /** A presentation that answers a challenge (DIDAuthentication). */
  present(options: PresentationOptions): Promise<Json>
  /** A key proof of OpenID4VCI 1.0 (appendix F.1). */
  proofJwt(options: ProofJwtOptions): Promise<string>
}

/** A wallet with a new key. */
export function createWallet(algorithm: KeyAlgorithm = 'Ed25519', method: 'key' | 'jwk' = 'key'): Wallet {
  const pair = generateKeyPair(algorithm)
  const publicJwk = pair.publicJwk as HolderJwk
  const did = method === 'key' ? `did:key:${pair.publicKeyMultibase}` : didJwkOf(publicJwk)
  const keyId = method === 'key' ? `${did}#${pair.publicKeyMultibase}` : `${did}#0`
  const privateKey = createPrivateKey({ key: pair.privateJwk as Json, format: 'jwk' })
  const key = { did, keyId, algorithm, publicJwk, privateKey }
  return {
    ...key,
    present: (options) => present(key, options),
    proofJwt: (options) => proofJwt(key, options),
  }
}

type Key = Omit<Wallet, 'present' | 'proofJwt'>

async function present(key: Key, options: PresentationOptions): Promise<Json> {
  const { challenge, domain, presentation: overrides = {}, proof: own } = options
  const suite = options.suite ?? (key.algorithm === 'Ed25519' ? 'Ed25519Signature2020' : 'ecdsa-rdfc-2019')
  const presentation = withoutUndefined({
    '@context': suite === 'Ed25519Signature2020' ? [CREDENTIALS_V1, ED25519_2020] : [CREDENTIALS_V2],
    type: ['VerifiablePresentation'],
    holder: key.did,
    ...overrides,
  })
  // The library writes its proofs in one way only, and knows no P-256 here.
  if (own || suite === 'ecdsa-rdfc-2019') {
    const proof = {
      ...(suite === 'Ed25519Signature2020'
        ? { type: suite }
        : { type: 'DataIntegrityProof', cryptosuite: suite }),
      created: '2026-02-28T12:00:00Z',
      verificationMethod: key.keyId,
      proofPurpose: 'authentication',
      challenge,
      domain,
      ...own,
    }
    return signByHand(key, presentation, withoutUndefined(proof))
  }
  return signPresentation({
    presentation: structuredClone(presentation),
    suite: librarySuite(key, suite),
    challenge,
    ...(domain === undefined ? {} : { domain }),
    documentLoader: loadContext,
  })
}

function librarySuite(key: Key, suite: PresentationSuite): object {
  const signer = {
    id: key.keyId,
    algorithm: 'Ed25519',
    sign: async ({ data }: { data: Uint8Array }) => sign(null, data, key.privateKey),
  }
  return suite === 'Ed25519Signature2020'
    ? new Ed25519Signature2020({ signer })
    : new DataIntegrityProof({ signer, cryptosuite })
}

async function signByHand(key: Key, presentation: Json, proof: Json): Promise<Json> {
  const data = await dataToSign(presentation, proof)
  const signature =
    key.algorithm === 'Ed25519'
      ? sign(null, data, key.privateKey)
      : sign('sha256', data, { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
  return { ...presentation, proof: { ...proof, proofValue: toBase58(signature) } }
}

function proofJwt(key: Key, { aud, nonce, by = 'kid', header, claims }: ProofJwtOptions): Promise<string> {
  const named = by === 'kid' ? { kid: key.keyId } : { jwk: key.publicJwk as JWK }
  return new SignJWT({ aud, iat: Math.floor(Date.now() / 1000), ...(nonce ? { nonce } : {}), ...claims })
    .setProtectedHeader({
      alg: key.algorithm === 'Ed25519' ? 'EdDSA' : 'ES256',
      typ: 'openid4vci-proof+jwt',
      ...named,
      ...header,
    })
    .sign(key.privateKey)
}

const withoutUndefined = (value: Json): Json =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))
